"""Assess how a customer service complies with the GDPR: wordings, data flows and records, to a dated plan."""

__version__ = "0.1.0"
