"""A translation office's glossary, kept in a database, and in memory where others test with it."""

from bisect import insort
from dataclasses import dataclass, field, replace

from sqlalchemy import JSON, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


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
        self._sorted: list[tuple[str, Term]] = []

    async def add(self, term: Term) -> None:
        """Keep a new term. Raises DuplicateTerm."""
        if self._find(term.word) is not None:
            raise DuplicateTerm(term.word)
        insort(self._sorted, (term.word.upper(), self._copy(term)), key=lambda pair: pair[0])

    async def get(self, word: str) -> Term:
        """The term for this word. Raises UnknownTerm."""
        return self._copy(self._sorted[self._index(word)][1])

    async def all(self) -> list[Term]:
        """All terms, by the alphabet."""
        return [self._copy(term) for _, term in self._sorted]

    async def remove(self, word: str) -> None:
        """Forget a term. Raises UnknownTerm."""
        del self._sorted[self._index(word)]

    def _find(self, word: str) -> int | None:
        keys = [key for key, _ in self._sorted]
        return keys.index(word.upper()) if word.upper() in keys else None

    def _index(self, word: str) -> int:
        index = self._find(word)
        if index is None:
            raise UnknownTerm(word)
        return index

    @staticmethod
    def _copy(term: Term) -> Term:
        return replace(term, tags=list(term.tags))


class _Base(DeclarativeBase):
    pass


class _Row(_Base):
    __tablename__ = "glossary"
    folded: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]
    meaning: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(JSON)

    def term(self) -> Term:
        return Term(tags=self.tags, meaning=self.meaning, word=self.word)


class SqlGlossary:
    """A glossary in a database. The engine is its caller's, who also disposes of it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    async def create_tables(self) -> None:
        """Make the tables. A new database needs them once, before anything else."""
        async with self.engine.begin() as connection:
            await connection.run_sync(_Base.metadata.create_all)

    async def add(self, term: Term) -> None:
        """Keep a new term. Raises DuplicateTerm."""
        row = _Row(folded=term.word.upper(), word=term.word, meaning=term.meaning, tags=term.tags)
        async with AsyncSession(self.engine) as session:
            session.add(row)
            try:
                await session.commit()
            except IntegrityError:
                raise DuplicateTerm(term.word) from None

    async def get(self, word: str) -> Term:
        """The term for this word. Raises UnknownTerm."""
        async with AsyncSession(self.engine) as session:
            row = await session.get(_Row, word.upper())
            if row:
                return row.term()
        raise UnknownTerm(word)

    async def all(self) -> list[Term]:
        """All terms, by the alphabet."""
        async with AsyncSession(self.engine) as session:
            rows = await session.scalars(select(_Row).order_by(func.lower(_Row.word)))
            return [row.term() for row in rows]

    async def remove(self, word: str) -> None:
        """Forget a term. Raises UnknownTerm."""
        async with AsyncSession(self.engine) as session, session.begin():
            row = await session.get(_Row, word.upper())
            if row is None:
                raise UnknownTerm(word)
            await session.delete(row)
