import pytest
from pydantic import ValidationError

from assessments.dto import NewAnswer


def test_an_answer_is_at_most_five() -> None:
    with pytest.raises(ValidationError):
        NewAnswer(value=6)
