"""A translation office's glossary, kept in a database, and in memory where others test with it."""

from copy import deepcopy
from dataclasses import dataclass, field

from sqlalchemy import JSON, Column, MetaData, String, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine


@dataclass
class Term:
    """A word, what it means, and its tags."""

    word: str
    meaning: str
    tags: list[str] = field(default_factory=list)


class DuplicateTerm(Exception):
    """The glossary has this word already."""


class UnknownTerm(LookupError):
    """The glossary does not have this word."""


class MemoryGlossary:
    """A glossary in memory: the fake that the office's other tests rely on."""

    def __init__(self) -> None:
        self._terms: dict[str, Term] = {}

    async def add(self, term: Term) -> None:
        """Keep a new term. Raises DuplicateTerm."""
        key = term.word.lower()
        if key in self._terms:
            raise DuplicateTerm(term.word)
        self._terms[key] = deepcopy(term)

    async def get(self, word: str) -> Term:
        """The term for this word. Raises UnknownTerm."""
        term = self._terms.get(word.lower())
        if term is None:
            raise UnknownTerm(word)
        return deepcopy(term)

    async def all(self) -> list[Term]:
        """All terms, by the alphabet."""
        return [deepcopy(self._terms[key]) for key in sorted(self._terms)]

    async def remove(self, word: str) -> None:
        """Forget a term. Raises UnknownTerm."""
        if self._terms.pop(word.lower(), None) is None:
            raise UnknownTerm(word)


_terms = Table(
    "terms",
    MetaData(),
    Column("key", String, primary_key=True),
    Column("word", String, nullable=False),
    Column("meaning", String, nullable=False),
    Column("tags", JSON, nullable=False),
)
_columns = select(_terms.c.word, _terms.c.meaning, _terms.c.tags)


class SqlGlossary:
    """A glossary in a database. The engine is its caller's, who also disposes of it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def create_tables(self) -> None:
        """Make the tables. A new database needs them once, before anything else."""
        async with self._engine.begin() as connection:
            await connection.run_sync(_terms.create)

    async def add(self, term: Term) -> None:
        """Keep a new term. Raises DuplicateTerm."""
        row = {"key": term.word.lower(), "word": term.word}
        row |= {"meaning": term.meaning, "tags": term.tags}
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(_terms), row)
        except IntegrityError as error:
            raise DuplicateTerm(term.word) from error

    async def get(self, word: str) -> Term:
        """The term for this word. Raises UnknownTerm."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(_columns.where(_terms.c.key == word.lower()))
            row = rows.one_or_none()
        if row is None:
            raise UnknownTerm(word)
        return Term(*row)

    async def all(self) -> list[Term]:
        """All terms, by the alphabet."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(_columns.order_by(_terms.c.key))
            return [Term(*row) for row in rows]

    async def remove(self, word: str) -> None:
        """Forget a term. Raises UnknownTerm."""
        async with self._engine.begin() as connection:
            done = await connection.execute(delete(_terms).where(_terms.c.key == word.lower()))
        if done.rowcount == 0:
            raise UnknownTerm(word)
