"""How property tests search: the same examples on every machine and every time, however slow it is.

``pytest --hypothesis-profile=search`` draws new ones, 1,000 where a test does not say how many.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "search", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
