import warnings

import pytest


def test_they_are_known() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pytest.mark.slow
        assert pytest.mark.contract
