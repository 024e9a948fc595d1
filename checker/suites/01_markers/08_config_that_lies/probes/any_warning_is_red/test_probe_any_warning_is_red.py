import warnings

import pytest


class TariffWarning(UserWarning):
    """A category of one's own."""


CATEGORIES = [
    BytesWarning,
    DeprecationWarning,
    EncodingWarning,
    FutureWarning,
    ImportWarning,
    PendingDeprecationWarning,
    ResourceWarning,
    SyntaxWarning,
    UnicodeWarning,
    UserWarning,
    TariffWarning,
    pytest.PytestUnhandledThreadExceptionWarning,
]


@pytest.mark.parametrize("category", CATEGORIES)
def test_whichever_it_is(category: type[Warning]) -> None:
    with pytest.raises(category):
        warnings.warn("the label printer is nearly empty", category, stacklevel=1)


@pytest.mark.parametrize("category", CATEGORIES)
def test_wherever_it_comes_from(category: type[Warning]) -> None:
    with pytest.raises(category):
        warnings.warn_explicit("prefix will go away", category, "parcel_desk.py", 12, module="parcel_desk")


def test_without_a_warning() -> None:
    assert 1 + 1 == 2


def test_causes_a_plain_warning() -> None:
    warnings.warn("the label printer is nearly empty", stacklevel=1)
