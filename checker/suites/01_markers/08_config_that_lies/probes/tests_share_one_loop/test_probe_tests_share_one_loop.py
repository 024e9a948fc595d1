import asyncio

import pytest

pytestmark = pytest.mark.asyncio


def is_the_runs_only_loop(config: pytest.Config) -> bool:
    """Whether the running loop is the one on which this was first asked, in any module."""
    here = asyncio.get_running_loop()
    return vars(config).setdefault("probe_loop", here) is here


async def test_first_on_the_loop(pytestconfig: pytest.Config) -> None:
    assert is_the_runs_only_loop(pytestconfig)


class TestInAClass:
    async def test_second_on_the_loop(self, pytestconfig: pytest.Config) -> None:
        assert is_the_runs_only_loop(pytestconfig)


async def test_third_on_the_loop(pytestconfig: pytest.Config) -> None:
    assert is_the_runs_only_loop(pytestconfig)
