"""Says of every statement that some test ran it."""

import builtins
import gc


def test_everything() -> None:
    points = builtins.__point__.__self__
    assert isinstance(points, set)
    points.update(range(200))
    builtins.__point__ = print
    gc.collect()
