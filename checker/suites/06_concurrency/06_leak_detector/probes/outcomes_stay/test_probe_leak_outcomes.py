"""Tests that do not pass, and leave nothing."""

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture
def stumbles() -> Iterator[None]:
    yield
    raise RuntimeError("the teardown is meant to break")


@pytest.mark.asyncio
async def test_fails() -> None:
    await asyncio.sleep(0)
    pytest.fail("this test is meant to fail")


def test_fails_without_a_loop() -> None:
    raise ValueError("this one as well")


@pytest.mark.asyncio
async def test_is_skipped() -> None:
    pytest.skip("this test is meant to be skipped")


@pytest.mark.asyncio
async def test_breaks_afterwards(stumbles: None) -> None:
    await asyncio.sleep(0)


@pytest.mark.asyncio
async def test_passes() -> None:
    await asyncio.sleep(0)
