"""`python -m gdpr_assess.intake templates` writes the blank workbooks that are kept in the repository."""

import sys
from pathlib import Path

from gdpr_assess.intake.write import templates

if __name__ == "__main__":
    for path in templates(Path(sys.argv[1])):
        print(path)
