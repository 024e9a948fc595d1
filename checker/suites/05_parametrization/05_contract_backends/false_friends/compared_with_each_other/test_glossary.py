from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import create_async_engine

from glossary import DuplicateTerm, MemoryGlossary, SqlGlossary, Term, UnknownTerm

pytestmark = pytest.mark.asyncio

Both = tuple[MemoryGlossary, SqlGlossary]


@pytest_asyncio.fixture
async def both() -> AsyncIterator[Both]:
    engine = create_async_engine("sqlite+aiosqlite://")
    sql = SqlGlossary(engine)
    await sql.create_tables()
    yield MemoryGlossary(), sql
    await engine.dispose()


async def test_they_agree(both: Both) -> None:
    seen: list[list[object]] = [[], []]
    for glossary, log in zip(both, seen, strict=True):
        for word in ("chord", "Bass", "alto", "BASS"):
            try:
                await glossary.add(Term(word, f"what {word} is", ["music"]))
            except DuplicateTerm as error:
                log.append(str(error))
        log += await glossary.all()
        for word in ("ALTO", "bass", "tenor"):
            try:
                log.append(await glossary.get(word))
            except UnknownTerm as error:
                log.append(str(error))
        for word in ("Alto", "tenor"):
            try:
                await glossary.remove(word)
            except UnknownTerm as error:
                log.append(str(error))
        log += await glossary.all()

    assert seen[0] == seen[1]


async def test_they_copy(both: Both) -> None:
    for glossary in both:
        term = Term("alto", "a voice", ["music"])
        await glossary.add(term)
        for each in (term, await glossary.get("alto"), (await glossary.all())[0]):
            each.tags.clear()
            each.meaning = ""
            assert (await glossary.get("alto")) == Term("alto", "a voice", ["music"])
