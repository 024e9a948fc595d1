import asyncio

import pytest


@pytest.mark.slow
async def test_slow_and_wrong() -> None:
    await asyncio.sleep(0)
    assert "P-0001" == "P-0002"


@pytest.mark.contract
async def test_contract_and_wrong() -> None:
    await asyncio.sleep(0)
    assert "P-0001" == "P-0003"


@pytest.mark.slow
async def test_slow_and_right() -> None:
    await asyncio.sleep(0)


@pytest.mark.contract
async def test_contract_and_right() -> None:
    await asyncio.sleep(0)
