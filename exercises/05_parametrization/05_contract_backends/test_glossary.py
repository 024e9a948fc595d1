import pytest

from glossary import MemoryGlossary, Term, UnknownTerm


@pytest.fixture
def glossary() -> MemoryGlossary:
    return MemoryGlossary()


@pytest.mark.asyncio
async def test_a_term_can_be_looked_up(glossary: MemoryGlossary) -> None:
    await glossary.add(Term("lintel", "a beam above a door", ["building"]))

    assert (await glossary.get("lintel")).meaning == "a beam above a door"


@pytest.mark.asyncio
async def test_an_unknown_word(glossary: MemoryGlossary) -> None:
    with pytest.raises(UnknownTerm):
        await glossary.get("lintel")


# The glossary in the database has no test at all.
