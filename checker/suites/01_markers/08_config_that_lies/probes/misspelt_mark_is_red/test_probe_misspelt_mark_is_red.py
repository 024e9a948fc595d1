import pytest


def test_misspelt_mark() -> None:
    assert pytest.mark.slwo


def test_mark_of_another_project(request: pytest.FixtureRequest) -> None:
    request.applymarker("nightly")


@pytest.mark.slow
def test_slow_is_known() -> None:
    assert pytest.mark.slow


@pytest.mark.contract
def test_contract_is_known() -> None:
    assert pytest.mark.contract
