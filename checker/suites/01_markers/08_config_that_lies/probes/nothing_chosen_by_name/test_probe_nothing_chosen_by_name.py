import pytest


@pytest.mark.parametrize("option", ["keyword", "deselect", "ignore", "ignore_glob"])
def test_option_is_not_set(pytestconfig: pytest.Config, option: str) -> None:
    assert not pytestconfig.getoption(option)
