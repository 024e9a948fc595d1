import warnings

import pytest


def old_api() -> int:
    warnings.warn("old_api goes away in 2.0", DeprecationWarning, stacklevel=2)
    return 1


def test_uses_the_old_api() -> None:
    assert old_api() == 1


def test_causes_a_plain_warning() -> None:
    warnings.warn("the label printer is nearly empty", stacklevel=1)


def test_expects_the_warning() -> None:
    with pytest.deprecated_call(match="goes away"):
        assert old_api() == 1


def test_without_a_warning() -> None:
    assert 1 + 1 == 2
