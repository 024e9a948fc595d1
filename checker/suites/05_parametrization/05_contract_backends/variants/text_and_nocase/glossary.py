"""A translation office's glossary, kept in a database, and in memory where others test with it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from sqlalchemy import text
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
        self._written: dict[str, str] = {}

    def _having(self, word: str) -> Iterator[str]:
        return (own for own in self._written if own.casefold() == word.casefold())

    async def add(self, term: Term) -> None:
        """Keep a new term. Raises DuplicateTerm."""
        if any(self._having(term.word)):
            raise DuplicateTerm(term.word)
        self._written[term.word] = json.dumps(asdict(term))

    async def get(self, word: str) -> Term:
        """The term for this word. Raises UnknownTerm."""
        for own in self._having(word):
            return Term(**json.loads(self._written[own]))
        raise UnknownTerm(word)

    async def all(self) -> list[Term]:
        """All terms, by the alphabet."""
        words = sorted(self._written, key=str.casefold)
        return [Term(**json.loads(self._written[word])) for word in words]

    async def remove(self, word: str) -> None:
        """Forget a term. Raises UnknownTerm."""
        await self.get(word)
        self._written = {
            own: written
            for own, written in self._written.items()
            if own.casefold() != word.casefold()
        }


class SqlGlossary:
    """A glossary in a database. The engine is its caller's, who also disposes of it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def _send(self, statement: str, **values: str) -> list[Term]:
        async with self._engine.begin() as connection:
            result = await connection.execute(text(statement), values)
            if not result.returns_rows:
                return []
            return [Term(row.word, row.meaning, json.loads(row.tags)) for row in result]

    async def create_tables(self) -> None:
        """Make the tables. A new database needs them once, before anything else."""
        await self._send(
            "CREATE TABLE terms (word TEXT NOT NULL COLLATE NOCASE UNIQUE, meaning TEXT, tags TEXT)"
        )

    async def add(self, term: Term) -> None:
        """Keep a new term. Raises DuplicateTerm."""
        added = await self._send(
            "INSERT INTO terms VALUES (:word, :meaning, :tags) ON CONFLICT DO NOTHING RETURNING *",
            word=term.word,
            meaning=term.meaning,
            tags=json.dumps(term.tags),
        )
        if not added:
            raise DuplicateTerm(term.word)

    async def get(self, word: str) -> Term:
        """The term for this word. Raises UnknownTerm."""
        found = await self._send("SELECT * FROM terms WHERE word = :word", word=word)
        return self._first(found, word)

    async def all(self) -> list[Term]:
        """All terms, by the alphabet."""
        return await self._send("SELECT * FROM terms ORDER BY word")

    async def remove(self, word: str) -> None:
        """Forget a term. Raises UnknownTerm."""
        self._first(await self._send("DELETE FROM terms WHERE word = :word RETURNING *", word=word), word)

    @staticmethod
    def _first(terms: list[Term], word: str) -> Term:
        if not terms:
            raise UnknownTerm(word)
        return terms[0]
