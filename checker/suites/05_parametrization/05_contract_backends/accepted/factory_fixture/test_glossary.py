from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import create_async_engine

from glossary import DuplicateTerm, MemoryGlossary, SqlGlossary, Term, UnknownTerm

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.parametrize("new_glossary", ["memory", "sql"], indirect=True),
]


@pytest_asyncio.fixture
async def new_glossary(request):
    """A function that gives a new glossary each time."""
    async with AsyncExitStack() as stack:

        async def new():
            if request.param == "memory":
                return MemoryGlossary()
            engine = create_async_engine("sqlite+aiosqlite://")
            stack.push_async_callback(engine.dispose)
            glossary = SqlGlossary(engine)
            await glossary.create_tables()
            return glossary

        yield new


async def test_whole_story(new_glossary):
    glossary, other = await new_glossary(), await new_glossary()
    ode, hymn = Term("Ode", "a poem", ["b", "a", "c"]), Term("hymn", "a song", ["d"])
    await glossary.add(ode)
    await glossary.add(hymn)
    assert [await glossary.get(word) for word in ("ode", "ODE", "Hymn")] == [ode, ode, hymn]
    assert await glossary.all() == [hymn, ode]
    assert await other.all() == []
    await other.add(Term("ode", ""))
    with pytest.raises(DuplicateTerm) as taken:
        await glossary.add(Term("oDe", "again"))
    assert str(taken.value) == "oDe"
    assert await glossary.all() == [hymn, ode]
    assert await other.get("Ode") == Term("ode", "")
    await glossary.remove("ode")
    assert await glossary.all() == [hymn]
    with pytest.raises(UnknownTerm) as gone:
        await glossary.get("Ode")
    assert str(gone.value) == "Ode"
    with pytest.raises(UnknownTerm) as gone:
        await glossary.remove("oDE")
    assert str(gone.value) == "oDE"
    await glossary.add(Term("ODE", "back"))
    assert await glossary.get("ode") == Term("ODE", "back")


@pytest.mark.parametrize("when", ["added", "got", "listed"])
async def test_copies(new_glossary, when):
    glossary = await new_glossary()
    term = Term("ode", "a poem", ["a"])
    await glossary.add(term)
    if when == "got":
        term = await glossary.get("ode")
    if when == "listed":
        term = (await glossary.all())[0]
    term.meaning = "?"
    term.tags[:] = ["?"]
    assert await glossary.get("ode") == Term("ode", "a poem", ["a"])


@pytest.mark.parametrize("words", [["c", "b", "A"], ["A", "c", "B"]])
async def test_alphabet(new_glossary, words):
    glossary = await new_glossary()
    for word in words:
        await glossary.add(Term(word, ""))
    assert [term.word.lower() for term in await glossary.all()] == ["a", "b", "c"]


async def test_same_case_duplicate(new_glossary):
    glossary = await new_glossary()
    await glossary.add(Term("ode", "a poem"))
    with pytest.raises(DuplicateTerm, match="^ode$"):
        await glossary.add(Term("ode", "again"))
    assert (await glossary.get("ode")).meaning == "a poem"
