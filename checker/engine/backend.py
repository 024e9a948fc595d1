"""Chooses what runs the trials on this system."""

from __future__ import annotations

import os
from collections.abc import Sequence

from .forking import ForkRunner
from .fresh import FreshRunner
from .runner import EngineError, Runner
from .walls import Walls

__all__ = ["EngineError", "ForkRunner", "FreshRunner", "Runner", "Walls", "make_runner"]


def make_runner(
    preload: Sequence[str] = (), *, fresh: bool = False, lanes: int | None = None, walls: Walls | None = None
) -> Runner:
    """The runner that suits this system: forks where there is a fork, unless `fresh` is asked for."""
    if walls is not None:
        return ForkRunner(preload, lanes, walls=walls)
    if fresh or not hasattr(os, "fork"):
        return FreshRunner(preload, lanes)
    return ForkRunner(preload, lanes)
