"""What tests take from the machine: nothing that differs from one to the next.

Files are made under the usual umask. Property tests try the same examples everywhere and every time;
``pytest --hypothesis-profile=search`` draws new ones, 1,000 where a test does not say how many.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "search", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
os.umask(0o022)
