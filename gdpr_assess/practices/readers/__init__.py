"""From an export as it came to text columns: encodings, delimiters, JSON, workbooks, vendors' formats."""
