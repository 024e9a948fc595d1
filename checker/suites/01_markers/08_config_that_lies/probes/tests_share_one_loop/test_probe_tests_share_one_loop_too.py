import asyncio

import pytest


@pytest.mark.asyncio
async def test_another_module_on_the_loop(pytestconfig: pytest.Config) -> None:
    here = asyncio.get_running_loop()
    assert vars(pytestconfig).setdefault("probe_loop", here) is here
