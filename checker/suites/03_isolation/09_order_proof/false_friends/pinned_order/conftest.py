"""The tests build on one another, so they run in the order in which they are written."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.location[1] or 0)
