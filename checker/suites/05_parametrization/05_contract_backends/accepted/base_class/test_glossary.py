from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from glossary import DuplicateTerm, MemoryGlossary, SqlGlossary, Term, UnknownTerm


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Contract:
    """What each glossary does. The fixtures `glossary` and `second` come from the subclasses."""

    async def test_empty(self, glossary) -> None:
        assert await glossary.all() == []
        with pytest.raises(UnknownTerm, match=r"^Nobody$"):
            await glossary.get("Nobody")
        with pytest.raises(UnknownTerm, match=r"^Nobody$"):
            await glossary.remove("Nobody")

    async def test_one(self, glossary) -> None:
        term = Term("Atoll", "a ring of coral", ["sea", "geography", "ring"])
        await glossary.add(term)
        for word in "Atoll", "ATOLL", "atoll":
            assert await glossary.get(word) == Term(
                "Atoll", "a ring of coral", ["sea", "geography", "ring"]
            )

    async def test_many(self, glossary) -> None:
        words = ["Delta", "atoll", "cape", "Bay"]
        for word in words:
            await glossary.add(Term(word, word * 2))
        assert [t.word for t in await glossary.all()] == ["atoll", "Bay", "cape", "Delta"]
        assert (await glossary.get("CAPE")).meaning == "capecape"
        assert (await glossary.get("Bay")).meaning == "BayBay"

    async def test_duplicate(self, glossary) -> None:
        await glossary.add(Term("bay", "water", ["sea"]))
        for word in "bay", "Bay", "BAY":
            with pytest.raises(DuplicateTerm) as info:
                await glossary.add(Term(word, "a horse", ["animals"]))
            assert str(info.value) == word
            assert await glossary.all() == [Term("bay", "water", ["sea"])]

    async def test_remove(self, glossary) -> None:
        await glossary.add(Term("bay", "water"))
        await glossary.add(Term("cape", "land"))
        await glossary.get("bay")
        await glossary.remove("BAY")
        assert await glossary.all() == [Term("cape", "land")]
        with pytest.raises(UnknownTerm):
            await glossary.get("bay")
        await glossary.add(Term("Bay", "a horse"))
        assert await glossary.get("bay") == Term("Bay", "a horse")

    async def test_copies(self, glossary) -> None:
        expected = Term("bay", "water", ["sea"])
        mine = Term("bay", "water", ["sea"])
        await glossary.add(mine)
        mine.tags.append("x")
        mine.meaning = "x"
        assert await glossary.get("bay") == expected
        got = await glossary.get("bay")
        got.tags.append("x")
        got.meaning = "x"
        assert await glossary.get("bay") == expected
        (listed,) = await glossary.all()
        listed.tags.append("x")
        listed.meaning = "x"
        assert await glossary.all() == [expected]

    async def test_apart(self, glossary, second) -> None:
        await glossary.add(Term("bay", "water"))
        assert await second.all() == []
        await second.add(Term("bay", "a horse"))
        assert (await second.get("bay")).meaning == "a horse"
        assert (await glossary.get("bay")).meaning == "water"


@pytest.mark.anyio
class TestMemory(Contract):
    @pytest.fixture
    def glossary(self) -> MemoryGlossary:
        return MemoryGlossary()

    @pytest.fixture
    def second(self) -> MemoryGlossary:
        return MemoryGlossary()


@pytest.mark.anyio
class TestSql(Contract):
    @pytest.fixture
    async def glossary(self, anyio_backend: str) -> AsyncIterator[SqlGlossary]:
        engine = create_async_engine("sqlite+aiosqlite:///:memory:")
        glossary = SqlGlossary(engine)
        await glossary.create_tables()
        yield glossary
        await engine.dispose()

    second = glossary
