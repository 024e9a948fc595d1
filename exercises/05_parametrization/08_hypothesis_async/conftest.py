"""Few examples, and the same ones in every run, on any machine: pytest.ini fixes the seed.

`pytest --hypothesis-profile=default` draws more, and shrinks what it finds to the smallest example.
"""

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "kitty",
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=False,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kitty")
