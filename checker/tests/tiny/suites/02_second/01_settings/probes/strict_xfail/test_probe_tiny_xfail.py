import pytest


@pytest.mark.xfail(reason="not written yet")
def test_passes_after_all() -> None:
    assert True


def test_right() -> None:
    assert 1 + 2 == 3
