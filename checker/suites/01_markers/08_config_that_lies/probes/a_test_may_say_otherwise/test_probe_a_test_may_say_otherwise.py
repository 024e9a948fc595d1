import asyncio

import pytest

loops: list[asyncio.AbstractEventLoop] = []


@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_runs_loop() -> None:
    loops.append(asyncio.get_running_loop())


@pytest.mark.asyncio(loop_scope="function")
async def test_on_a_loop_of_its_own() -> None:
    assert asyncio.get_running_loop() not in loops
