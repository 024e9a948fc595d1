async def test_wrong() -> None:
    assert 1 + 2 == 4


async def test_right() -> None:
    assert 1 + 2 == 3
