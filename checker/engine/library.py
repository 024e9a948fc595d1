"""Compiled texts: those that all trials of a submission have in common are compiled once, before a worker is forked.

Only files that the learner has anyway are prepared: the submission's own and given ones. A text whose compilation
warns is left to each worker, where the warning is heard.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterable
from pathlib import Path
from types import CodeType

import pytest
from _pytest.assertion import rewrite

from . import reach
from .watch import patch

_codes: dict[tuple[str, bytes], CodeType] = {}
_rewrite_test = rewrite._rewrite_test


def under_test(path: str, first: int) -> CodeType:
    """A module under test with its points, counted from `first`; its text on disk stays as it is."""
    source = Path(path).read_bytes()
    known = _codes.get((path, source))
    return known or compile(reach.instrument(source, path, first), path, "exec", dont_inherit=True)


def prepare(folder: Path, paths: Iterable[str], points: dict[str, int], config: pytest.Config) -> None:
    """Compile these files of a folder as a worker in it will want them. `points`: file under test → first point."""
    for path in paths:
        file = folder / path
        with contextlib.suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("error")
            key = (str(file), file.read_bytes())
            if key in _codes:
                continue
            if str(file) in points:
                _codes[key] = under_test(str(file), points[str(file)])
            elif file.suffix == ".py":
                _codes[key] = _rewrite_test(file, config)[1]


def install() -> None:
    """Let pytest's import hook find what was prepared."""

    def rewritten(file: Path, config: pytest.Config) -> tuple[bytes, CodeType]:
        source = file.read_bytes()
        known = _codes.get((str(file), source))
        return (b"", known) if known is not None else _rewrite_test(file, config)

    patch(rewrite, "_rewrite_test", rewritten)
