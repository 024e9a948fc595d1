import warnings

import pytest


def old_api() -> int:
    warnings.warn("old_api goes away in 2.0", DeprecationWarning, stacklevel=2)
    return 1


def test_expects_a_deprecation() -> None:
    with pytest.deprecated_call(match="goes away"):
        assert old_api() == 1


def test_expects_a_warning() -> None:
    with pytest.warns(UserWarning, match="nearly empty"):
        warnings.warn("the label printer is nearly empty", stacklevel=1)


@pytest.mark.filterwarnings("ignore:old_api:DeprecationWarning")
def test_lets_one_pass() -> None:
    assert old_api() == 1
