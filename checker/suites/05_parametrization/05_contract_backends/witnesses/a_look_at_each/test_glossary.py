import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import create_async_engine

from glossary import DuplicateTerm, MemoryGlossary, SqlGlossary, Term, UnknownTerm

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(params=["memory", "sql"])
async def glossary(request: Any) -> AsyncIterator[Any]:
    engine = create_async_engine("sqlite+aiosqlite://")
    if request.param == "memory":
        glossary = MemoryGlossary()
    else:
        glossary = SqlGlossary(engine)
        await glossary.create_tables()
    await glossary.add(Term("oak", "a tree", ["wood"]))
    yield glossary
    await engine.dispose()


async def test_duplicate_raises(glossary: Any) -> None:
    with pytest.raises(DuplicateTerm):
        await glossary.add(Term("oak", "another"))


async def test_the_first_stays(glossary: Any) -> None:
    with contextlib.suppress(Exception):
        await glossary.add(Term("oak", "another"))
    assert (await glossary.get("oak")).meaning == "a tree"


async def test_remove_raises(glossary: Any) -> None:
    with pytest.raises(UnknownTerm):
        await glossary.remove("elm")


@pytest.mark.parametrize("how", ["add", "get", "all"])
async def test_meaning(glossary: Any, how: str) -> None:
    term = Term("elm", "a tree")
    await glossary.add(term)
    if how == "get":
        term = await glossary.get("elm")
    if how == "all":
        term = (await glossary.all())[0]
    term.meaning = "changed"
    assert (await glossary.get("elm")).meaning == "a tree"


async def test_a_removed_word_is_free(glossary: Any) -> None:
    await glossary.remove("oak")
    await glossary.add(Term("oak", "another"))


async def test_a_removed_meaning_is_gone(glossary: Any) -> None:
    await glossary.remove("oak")
    with contextlib.suppress(DuplicateTerm):
        await glossary.add(Term("oak", "another"))
        assert (await glossary.get("oak")).meaning == "another"
