"""Given: tests that are wrong on purpose. Under an honest configuration each of them is red.

The file's name keeps it out of an ordinary run; name it to run it: `pytest lies_parcel_desk.py`.
"""

import asyncio
import warnings

import pytest

from parcel_desk import ParcelDesk

_loops: list[asyncio.AbstractEventLoop] = []


@pytest.fixture
async def desk() -> ParcelDesk:
    return ParcelDesk()


async def test_expects_the_wrong_label(desk: ParcelDesk) -> None:
    assert await desk.accept("reader") == "P-9999"


async def test_forgets_an_await(desk: ParcelDesk) -> None:
    desk.accept("reader")


def test_asserts_a_coroutine() -> None:
    assert ParcelDesk().accept("reader")


def test_uses_what_will_go_away() -> None:
    warnings.warn("ParcelDesk(prefix=...) will go away", DeprecationWarning, stacklevel=1)


def test_takes_a_mark_that_nobody_registered() -> None:
    assert pytest.mark.slwo


@pytest.mark.xfail(reason="labels start at 0000")
async def test_expects_a_fault_that_was_repaired() -> None:
    assert await ParcelDesk().accept("reader") == "P-0001"


@pytest.mark.slow
async def test_is_slow_and_wrong() -> None:
    with pytest.raises(KeyError):
        await ParcelDesk().accept("reader")


async def test_remembers_its_loop() -> None:
    _loops.append(asyncio.get_running_loop())


async def test_expects_a_loop_of_its_own() -> None:
    assert asyncio.get_running_loop() not in _loops
