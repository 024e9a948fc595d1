from unittest.mock import AsyncMock

import pytest

from staff_directory import NotSignedIn, Person, RightsUnavailable, StaffDirectory

pytestmark = pytest.mark.asyncio

HEADERS = {"authorization": "Bearer caller", "cookie": "session=1"}
PEOPLE = [Person(1, "Zoe Adler", "C3"), Person(2, "Ana Reis", "A1")]


@pytest.fixture
def roster() -> AsyncMock:
    roster = AsyncMock()
    roster.on_ward.return_value = PEOPLE
    return roster


@pytest.fixture
def rights() -> AsyncMock:
    rights = AsyncMock()
    rights.rights_of.return_value = {"prescribe"}
    return rights


async def test_roster_is_asked(roster: AsyncMock, rights: AsyncMock) -> None:
    await StaffDirectory(roster=roster, rights=rights).entries("C3", HEADERS)

    roster.on_ward.assert_awaited_once_with("C3")


async def test_rights_are_asked(roster: AsyncMock, rights: AsyncMock) -> None:
    entries = await StaffDirectory(roster=roster, rights=rights).entries("C3", HEADERS)

    assert rights.rights_of.await_count == 2
    assert len(entries) == 2


async def test_rights_unavailable(roster: AsyncMock, rights: AsyncMock) -> None:
    rights.rights_of.side_effect = RightsUnavailable

    entries = await StaffDirectory(roster=roster, rights=rights).entries("C3", HEADERS)

    assert len(entries) == 2


async def test_not_signed_in(roster: AsyncMock, rights: AsyncMock) -> None:
    with pytest.raises(NotSignedIn):
        await StaffDirectory(roster=roster, rights=rights).entries("C3", {})

    roster.on_ward.assert_not_awaited()
