"""The clock of the whole program."""

from time import monotonic


def now() -> float:
    """Seconds on a clock that never goes back."""
    return monotonic()
