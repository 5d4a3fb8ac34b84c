"""Writes the sample clients: `python -m data_samples.generator` from the repository's top."""
