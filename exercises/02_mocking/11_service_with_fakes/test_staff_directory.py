import pytest

from staff_directory import Entry, Person, StaffDirectory


class DummyRoster:
    def __init__(self) -> None:
        self.called = False

    async def on_ward(self, ward: str) -> list[Person]:
        self.called = True
        return [Person(1, "Ana Reis", "C3")]


class DummyRights:
    def __init__(self) -> None:
        self.called = False

    async def rights_of(self, person_id: int, **_: str) -> set[str]:
        self.called = True
        return {"prescribe"}


@pytest.mark.asyncio
async def test_entries_come_from_roster_and_rights() -> None:
    roster = DummyRoster()
    rights = DummyRights()
    directory = StaffDirectory(roster=roster, rights=rights)

    entries = await directory.entries("C3", {"authorization": "Bearer abc"})

    assert roster.called
    assert rights.called
    assert isinstance(entries[0], Entry)
