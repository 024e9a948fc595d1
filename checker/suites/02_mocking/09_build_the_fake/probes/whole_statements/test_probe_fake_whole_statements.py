import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import TAKE_COPY

pytestmark = pytest.mark.asyncio

OTHERS = {
    "another table": TAKE_COPY.replace("copies", "copies_archive"),
    "a clause more": TAKE_COPY + " RETURNING id",
    "a clause less": TAKE_COPY.removesuffix(" AND NOT lent"),
    "its first words": "UPDATE copies",
    "other letters": TAKE_COPY.lower(),
    "a space more": TAKE_COPY + " ",
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
async def test_another_statement_does_not_get_the_reply(other: str) -> None:
    meant = FakeRecord(rowcount=1)
    connection = FakeConnection()
    connection.script(TAKE_COPY, [meant])
    try:
        reply = await connection.execute(other, [5])
    except Exception:
        reply = None
    assert reply is not meant
    assert (await connection.execute(TAKE_COPY, [5])).rowcount == 1


async def test_a_fragment_is_no_statement() -> None:
    fragment, whole = FakeRecord(rowcount=1), FakeRecord(rowcount=2)
    connection = FakeConnection()
    connection.script("UPDATE copies", [fragment])
    connection.script(TAKE_COPY, [whole])
    assert (await connection.execute(TAKE_COPY, [5])).rowcount == 2
    assert (await connection.execute("UPDATE copies", [5])).rowcount == 1
