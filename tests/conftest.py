"""Settings for all tests: quick, repeatable property tests and no network."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "gate", max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("gate")
