"""`%load_ext checker.notebook`: cells that run as tests, that are judged, and that are drawn."""

from __future__ import annotations

from typing import Any


def load_ipython_extension(ipython: Any) -> None:
    """Called by IPython."""
    from .magics import KataMagics

    ipython.register_magics(KataMagics)
