import pytest

from library_fakes import FakeRecord

ROWS = [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize("rows", [ROWS, tuple(ROWS), ROWS[:1], [], ()], ids=repr)
def test_result_is_a_list_of_the_rows(rows) -> None:
    assert FakeRecord(rows).result() == list(rows)


def test_without_rows_it_is_an_empty_list() -> None:
    assert FakeRecord().result() == []
    assert FakeRecord(rowcount=2).result() == []


def test_a_number_changes_no_rows() -> None:
    assert FakeRecord(ROWS, 7).result() == ROWS
