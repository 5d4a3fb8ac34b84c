"""The catalogue: what is asked of a client, one control per file, with its law, its question and its remedy."""

from gdpr_assess.catalogue.applies import CONDITIONS, applies, conditions
from gdpr_assess.catalogue.loader import Catalogue, load_catalogue
from gdpr_assess.catalogue.schema import Control

__all__ = ["CONDITIONS", "Catalogue", "Control", "applies", "conditions", "load_catalogue"]
