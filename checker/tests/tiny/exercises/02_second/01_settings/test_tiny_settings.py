import asyncio


async def test_a_loop_runs() -> None:
    assert asyncio.get_running_loop().is_running()
