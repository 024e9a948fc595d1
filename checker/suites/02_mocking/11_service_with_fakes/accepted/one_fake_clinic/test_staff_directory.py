from collections.abc import Callable

import pytest

from staff_directory import Entry, NotSignedIn, Person, RightsUnavailable, StaffDirectory

pytestmark = pytest.mark.asyncio


class Clinic:
    """Both collaborators in one; strict about ward, scope and token."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.granted: dict[int, set[str]] = {}
        self.broken: dict[int, Exception] = {}
        self.roster_questions = 0
        self.rights_questions: list[int] = []

    def add(self, number: int, name: str, *rights: str, home: str = "North") -> None:
        self.people.append(Person(number, name, home))
        self.granted[number] = set(rights)

    async def on_ward(self, ward: str) -> list[Person]:
        assert ward == "North"
        self.roster_questions += 1
        if 0 in self.broken:
            raise self.broken[0]
        return self.people

    async def rights_of(self, person_id: int, *, scope: str, authorization: str) -> set[str]:
        assert scope == "ward:North"
        assert authorization == "Bearer nurse"
        self.rights_questions.append(person_id)
        if person_id in self.broken:
            raise self.broken[person_id]
        return self.granted[person_id]


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


@pytest.fixture
def listing(clinic: Clinic) -> Callable[..., object]:
    async def call(**more: str) -> list[Entry]:
        headers = {"authorization": "Bearer nurse", "proxy-authorization": "no", **more}
        return await StaffDirectory(roster=clinic, rights=clinic).entries("North", headers)

    return call


async def test_names_in_order(clinic, listing) -> None:
    clinic.add(1, "C")
    clinic.add(2, "A", home="South")
    clinic.add(3, "B")
    clinic.add(4, "a")
    assert [(entry.person_id, entry.name) for entry in await listing()] == [
        (2, "A"),
        (3, "B"),
        (1, "C"),
        (4, "a"),
    ]
    assert clinic.roster_questions == 1
    assert set(clinic.rights_questions) == {1, 2, 3, 4}
    assert len(clinic.rights_questions) == 4


async def test_yes_no_unknown(clinic, listing) -> None:
    clinic.add(1, "yes", "prescribe", "admit")
    clinic.add(2, "no", "admit")
    clinic.add(3, "who knows", "prescribe")
    clinic.broken[3] = RightsUnavailable("timeout")
    answers = {entry.name: entry.may_prescribe for entry in await listing()}
    assert answers == {"yes": True, "no": False, "who knows": None}
    assert sorted(clinic.rights_questions) == [1, 2, 3]


async def test_inactive_are_left_out(clinic, listing) -> None:
    clinic.people.append(Person(9, "former", "North", active=False))
    clinic.granted[9] = {"prescribe"}
    assert await listing() == []
    assert clinic.rights_questions == []


@pytest.mark.parametrize("number", [0, 1])
async def test_errors_pass_through(clinic, listing, number: int) -> None:
    clinic.add(1, "one")
    clinic.broken[number] = RuntimeError("pool is closed")
    with pytest.raises(RuntimeError, match="pool is closed"):
        await listing()


async def test_sign_in_needed(clinic) -> None:
    clinic.add(1, "one")
    with pytest.raises(NotSignedIn):
        await StaffDirectory(roster=clinic, rights=clinic).entries("North", {"accept": "text/html"})
    assert (clinic.roster_questions, clinic.rights_questions) == (0, [])
