"""The checks: one topic per file, one function per check."""
