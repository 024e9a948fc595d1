import warnings


def test_warns() -> None:
    warnings.warn("old news", DeprecationWarning, stacklevel=1)


def test_is_silent() -> None:
    assert 1 + 2 == 3
