"""Which pytest plugins a worker sees, and that other readers of the installed distributions can live with it."""

from __future__ import annotations

import importlib.metadata

import pytest

from checker.engine import plugins


@pytest.fixture(autouse=True)
def _distributions_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "distributions", importlib.metadata.distributions)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", {"asyncio"}),
        (b"@pytest.mark.anyio\n", {"asyncio", "anyio"}),
        (b"def test_it(respx_mock): ...\n", {"asyncio", "respx"}),
        (b"from Faker import Faker\n", {"asyncio", "faker"}),
        (b"class FakeRecord: ...\n", {"asyncio"}),
        (b"from hypothesis import given\n", {"asyncio", "hypothesispytest"}),
    ],
)
def test_plugins_are_those_that_the_files_mention(text: bytes, found: set[str]) -> None:
    assert set(plugins.wanted([b"x = 1\n", text])) == found


def test_worker_sees_the_plugins_that_it_was_given_and_no_others() -> None:
    plugins.show_only(("asyncio", "respx"))
    assert {entry.name for entry in importlib.metadata.entry_points(group="pytest11")} == {"asyncio", "respx"}


def test_libraries_that_look_for_plugins_of_their_own_find_none() -> None:
    plugins.show_only(("asyncio",))
    assert list(importlib.metadata.entry_points(group="pydantic")) == []
