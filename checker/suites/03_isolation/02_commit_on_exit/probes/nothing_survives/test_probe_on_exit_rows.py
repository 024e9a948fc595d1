"""Tests write and flush; the next one finds no ratings and the catalogue as loaded."""

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import CATALOGUE, Item, Rating
from star_ratings import rate

pytestmark = pytest.mark.asyncio


async def ratings(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(Rating)) or 0


async def test_rates_without_a_flush(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)


async def test_finds_no_rating(session: AsyncSession) -> None:
    assert await ratings(session) == 0


async def test_rates_and_flushes(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)
    await session.flush()
    assert await ratings(session) == 1


async def test_finds_no_rating_again(session: AsyncSession) -> None:
    assert await ratings(session) == 0


async def test_rewrites_the_catalogue(session: AsyncSession) -> None:
    await session.execute(delete(Item).where(Item.code == "rug"))
    await session.execute(update(Item).where(Item.code == "lamp").values(title="Floor lamp"))
    session.add(Item(code="sofa", title="Sofa"))
    await session.flush()


async def test_finds_the_catalogue_as_loaded(session: AsyncSession) -> None:
    rows = await session.execute(select(Item.code, Item.title))
    assert {code: title for code, title in rows} == CATALOGUE
