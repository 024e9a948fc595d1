from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import pytest_asyncio

from glossary import DuplicateTerm, MemoryGlossary, SqlGlossary, Term, UnknownTerm

Glossary = MemoryGlossary | SqlGlossary
Backend = Callable[[], AbstractAsyncContextManager[Glossary]]


@asynccontextmanager
async def in_memory() -> AsyncIterator[MemoryGlossary]:
    yield MemoryGlossary()


@pytest.fixture(params=[in_memory])
def backend(request: pytest.FixtureRequest) -> Backend:
    return request.param


@pytest_asyncio.fixture
async def glossary(backend: Backend) -> AsyncIterator[Glossary]:
    async with backend() as glossary:
        yield glossary


def alto() -> Term:
    return Term("alto", "a voice", ["music", "choir"])


def bass() -> Term:
    return Term("Bass", "a lower voice", ["music"])


@pytest.mark.asyncio
async def test_terms_come_back_as_they_were_added(glossary: Glossary) -> None:
    await glossary.add(bass())
    await glossary.add(alto())

    assert await glossary.get("Bass") == bass()
    assert await glossary.get("alto") == alto()


@pytest.mark.asyncio
@pytest.mark.parametrize("word", ["Bass", "bass", "BASS"])
async def test_capitals_do_not_matter(glossary: Glossary, word: str) -> None:
    await glossary.add(bass())

    assert await glossary.get(word) == bass()
    with pytest.raises(DuplicateTerm) as caught:
        await glossary.add(Term(word, "a fish", ["biology"]))
    assert str(caught.value) == word
    assert await glossary.all() == [bass()]
    await glossary.remove(word)
    assert await glossary.all() == []


@pytest.mark.asyncio
async def test_all_terms_come_by_the_alphabet(glossary: Glossary) -> None:
    assert await glossary.all() == []
    chord = Term("chord", "notes")
    for term in (chord, bass(), alto()):
        await glossary.add(term)

    assert await glossary.all() == [alto(), bass(), chord]


@pytest.mark.asyncio
async def test_what_is_not_there_is_unknown(glossary: Glossary) -> None:
    await glossary.add(alto())

    for method in (glossary.get, glossary.remove):
        with pytest.raises(UnknownTerm) as caught:
            await method("Chord")
        assert str(caught.value) == "Chord"


@pytest.mark.asyncio
async def test_a_removed_term_is_gone_and_can_come_back(glossary: Glossary) -> None:
    await glossary.add(alto())
    await glossary.add(bass())
    await glossary.get("alto")

    await glossary.remove("alto")

    with pytest.raises(UnknownTerm):
        await glossary.get("alto")
    assert await glossary.all() == [bass()]
    await glossary.add(Term("alto", "high"))
    assert await glossary.get("alto") == Term("alto", "high")


@pytest.mark.asyncio
async def test_the_glossary_keeps_its_own_copies(glossary: Glossary) -> None:
    given = alto()
    await glossary.add(given)
    for term in (given, await glossary.get("alto"), (await glossary.all())[0]):
        term.meaning = "changed"
        term.tags.append("changed")

        assert await glossary.get("alto") == alto()


@pytest.mark.asyncio
async def test_two_glossaries_share_nothing(glossary: Glossary, backend: Backend) -> None:
    await glossary.add(alto())

    async with backend() as other:
        assert await other.all() == []
        await other.add(Term("alto", "high"))
        assert await other.get("alto") == Term("alto", "high")

    assert await glossary.get("alto") == alto()
