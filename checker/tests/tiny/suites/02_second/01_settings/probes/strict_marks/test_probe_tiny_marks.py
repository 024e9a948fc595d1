import pytest


def test_misspelt() -> None:
    assert pytest.mark.asincio


def test_spelt_well() -> None:
    assert pytest.mark.asyncio
