from unittest.mock import AsyncMock, call, create_autospec

import pytest

from staff_directory import (
    Entry,
    NotSignedIn,
    Person,
    Rights,
    RightsUnavailable,
    Roster,
    StaffDirectory,
)

TOKEN = "Bearer 4711"
KAI = Person(70, "Kai", "B2")
EVA = Person(80, "Eva", "B2")
VISITOR = Person(60, "abu Noor", "D9")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestEntries:
    @pytest.fixture(autouse=True)
    def doubles(self) -> None:
        self.roster = create_autospec(Roster, instance=True)
        self.rights = create_autospec(Rights, instance=True)
        self.roster.on_ward.return_value = [KAI, VISITOR, EVA]
        self.rights.rights_of.return_value = set()

    async def entries(self, **headers: str) -> list[Entry]:
        service = StaffDirectory(roster=self.roster, rights=self.rights)
        return await service.entries("B2", headers)

    def answers(self, answers: dict[int, object]) -> None:
        def answer(person_id: int, **_: str) -> object:
            if isinstance(answers[person_id], Exception):
                raise answers[person_id]
            return answers[person_id]

        self.rights.rights_of.side_effect = answer

    async def test_asks_roster_once(self) -> None:
        await self.entries(authorization=TOKEN)
        self.roster.on_ward.assert_awaited_once_with("B2")

    async def test_asks_rights_once_each(self) -> None:
        await self.entries(authorization=TOKEN, cookie="c", accept="*/*")
        self.rights.rights_of.assert_has_awaits(
            [call(p.id, scope="ward:B2", authorization=TOKEN) for p in (KAI, VISITOR, EVA)],
            any_order=True,
        )
        assert self.rights.rights_of.await_count == 3

    async def test_answers(self) -> None:
        self.answers({70: {"admit", "prescribe"}, 60: {"admit"}, 80: RightsUnavailable("busy")})
        assert await self.entries(authorization=TOKEN) == [
            Entry(80, "Eva", None),
            Entry(70, "Kai", True),
            Entry(60, "abu Noor", False),
        ]
        assert self.rights.rights_of.await_count == 3

    async def test_inactive(self) -> None:
        self.roster.on_ward.return_value = [Person(1, "Gone", "B2", active=False)]
        assert await self.entries(authorization=TOKEN) == []
        assert self.rights.rights_of.mock_calls == []

    @pytest.mark.parametrize("which", ["roster", "rights"])
    async def test_other_errors(self, which: str) -> None:
        method: AsyncMock = {"roster": self.roster.on_ward, "rights": self.rights.rights_of}[which]
        method.side_effect = ZeroDivisionError
        with pytest.raises(ZeroDivisionError):
            await self.entries(authorization=TOKEN)

    async def test_not_signed_in(self) -> None:
        with pytest.raises(NotSignedIn):
            await self.entries(cookie="c")
        assert not self.roster.mock_calls and not self.rights.mock_calls
