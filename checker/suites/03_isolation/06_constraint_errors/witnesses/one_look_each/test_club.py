import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from club import join_all

pytestmark = pytest.mark.asyncio

PEOPLE = [
    ("Kim", "kim@example.org"),
    ("Zoe", "kim@example.org"),
    ("Bo", "kim@example.org"),
]


async def test_counts_the_refused(session: AsyncSession) -> None:
    assert len(await join_all(session, PEOPLE)) == 2


async def test_names_them_in_any_order(session: AsyncSession) -> None:
    assert set(await join_all(session, PEOPLE)) == {"Zoe", "Bo"}
