import pytest


@pytest.mark.parametrize("name", ["slwo", "Slow", "contracts", "nightly", "integration", "asyncoi"])
def test_a_mark_that_nobody_registered(name: str) -> None:
    with pytest.raises((pytest.fail.Exception, pytest.PytestUnknownMarkWarning), match=name):
        getattr(pytest.mark, name)


def test_a_mark_of_pytest() -> None:
    assert pytest.mark.parametrize


def test_misspelt_mark() -> None:
    assert pytest.mark.slwo
