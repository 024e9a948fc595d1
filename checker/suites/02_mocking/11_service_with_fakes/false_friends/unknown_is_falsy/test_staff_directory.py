"""What the staff directory decides, told with two small fakes."""

from dataclasses import dataclass, field

import pytest

from staff_directory import Entry, NotSignedIn, Person, RightsUnavailable, StaffDirectory

HEADERS = {"host": "directory.example", "authorization": "Bearer caller", "cookie": "session=1"}
ZOE = Person(1, "Zoe Adler", home_ward="C3")
ANA = Person(2, "Ana Reis", home_ward="C3")
GUEST = Person(3, "Lin Moreau", home_ward="A1")
DORA = Person(5, "di Marco", home_ward="C3")
RETIRED = Person(4, "Bo Klein", home_ward="C3", active=False)


@dataclass
class FakeRoster:
    """Knows who is on which ward; a ward's entry may be an error."""

    wards: dict[str, list[Person] | Exception]
    asked: list[str] = field(default_factory=list)

    async def on_ward(self, ward: str) -> list[Person]:
        self.asked.append(ward)
        people = self.wards[ward]
        if isinstance(people, Exception):
            raise people
        return list(people)


@dataclass
class FakeRights:
    """Knows rights by person, not by turn; a person's entry may be an error."""

    rights: dict[int, set[str] | Exception] = field(default_factory=dict)
    asked: list[tuple[int, str, str]] = field(default_factory=list)

    async def rights_of(self, person_id: int, *, scope: str, authorization: str) -> set[str]:
        self.asked.append((person_id, scope, authorization))
        rights = self.rights.get(person_id, set())
        if isinstance(rights, Exception):
            raise rights
        return set(rights)


def directory(people: list[Person] | Exception, rights: FakeRights) -> StaffDirectory:
    return StaffDirectory(roster=FakeRoster({"C3": people}), rights=rights)


@pytest.mark.asyncio
async def test_active_people_are_listed_by_name_with_what_they_may_do() -> None:
    rights = FakeRights({ZOE.id: {"prescribe", "admit"}, ANA.id: {"admit", "discharge"}})

    entries = await directory([ZOE, RETIRED, DORA, ANA, GUEST], rights).entries("C3", HEADERS)

    assert entries == [
        Entry(ANA.id, "Ana Reis", may_prescribe=False),
        Entry(GUEST.id, "Lin Moreau", may_prescribe=False),
        Entry(ZOE.id, "Zoe Adler", may_prescribe=True),
        Entry(DORA.id, "di Marco", may_prescribe=False),
    ]


@pytest.mark.asyncio
async def test_the_roster_is_asked_once_for_the_ward() -> None:
    roster = FakeRoster({"C3": [ANA], "A1": [GUEST]})

    await StaffDirectory(roster=roster, rights=FakeRights()).entries("C3", HEADERS)

    assert roster.asked == ["C3"]


@pytest.mark.asyncio
async def test_rights_are_asked_once_a_person_for_this_ward_and_as_the_caller() -> None:
    rights = FakeRights()

    await directory([ZOE, RETIRED, GUEST], rights).entries("C3", HEADERS)

    assert sorted(rights.asked) == [
        (ZOE.id, "ward:C3", "Bearer caller"),
        (GUEST.id, "ward:C3", "Bearer caller"),
    ]


@pytest.mark.asyncio
async def test_a_person_whose_rights_are_unknown_is_listed_all_the_same() -> None:
    rights = FakeRights({ANA.id: RightsUnavailable(), ZOE.id: {"prescribe"}})

    entries = await directory([ZOE, ANA], rights).entries("C3", HEADERS)

    assert [entry.name for entry in entries] == ["Ana Reis", "Zoe Adler"]
    assert not entries[0].may_prescribe
    assert entries[1].may_prescribe
    assert len(rights.asked) == 2


@pytest.mark.asyncio
async def test_another_error_of_the_rights_service_reaches_the_caller() -> None:
    refused = PermissionError("token expired")
    rights = FakeRights({ANA.id: refused})

    with pytest.raises(PermissionError) as caught:
        await directory([ANA], rights).entries("C3", HEADERS)

    assert caught.value is refused


@pytest.mark.asyncio
async def test_an_error_of_the_roster_reaches_the_caller() -> None:
    lost = ConnectionError("database is away")

    with pytest.raises(ConnectionError) as caught:
        await directory(lost, FakeRights()).entries("C3", HEADERS)

    assert caught.value is lost


@pytest.mark.asyncio
async def test_nobody_is_asked_for_a_caller_who_is_not_signed_in() -> None:
    roster = FakeRoster({"C3": [ANA]})
    rights = FakeRights()

    with pytest.raises(NotSignedIn):
        await StaffDirectory(roster=roster, rights=rights).entries("C3", {"cookie": "session=1"})

    assert roster.asked == []
    assert rights.asked == []
