"""Our own tests run in a random order too: a failure that comes and goes with the order is a fault of ours."""

from __future__ import annotations

import os
import secrets
from random import Random

import pytest

from checker.engine.orders import shuffled

collect_ignore = ["tiny", "attacks", "golden"]
SEED = int(os.environ.get("KATA_TEST_SEED") or secrets.randbelow(1_000_000))


def pytest_report_header() -> str:
    return f"order: shuffled, KATA_TEST_SEED={SEED} repeats it"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuffle modules, then classes, then functions, then their cases: wider fixtures live as long as ever."""
    paths = [
        (str(item.path), item.parent.nodeid if item.parent else "", _function(item), item.nodeid) for item in items
    ]
    items[:] = [items[index] for index in shuffled(paths, Random(SEED))]


def _function(item: pytest.Item) -> str:
    return str(getattr(item, "originalname", None) or item.name)
