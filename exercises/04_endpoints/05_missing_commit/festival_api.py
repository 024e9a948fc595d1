"""A film festival's ratings over HTTP. Each handler commits what its request has changed."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Response
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from festival_dao import Film, add_ballots, put_rating, remove_rating

production = async_sessionmaker(create_async_engine("sqlite+aiosqlite:////srv/festival.sqlite"))


class Stars(BaseModel):
    """A rating that is made online."""

    stars: int


class Ballot(BaseModel):
    """A rating on paper."""

    visitor: str
    stars: int


async def get_session() -> AsyncIterator[AsyncSession]:
    """A session for one request. What is not committed when the request is over, is undone."""
    async with production() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]
app = FastAPI()


@app.put("/films/{film}/ratings/{visitor}")
async def rate(
    film: str, visitor: str, body: Stars, session: Session, response: Response
) -> dict[str, object]:
    await check(session, film, body.stars)
    if await put_rating(session, film, visitor, body.stars):
        response.status_code = 201
    await session.commit()
    return {"film": film, "visitor": visitor, "stars": body.stars}


@app.delete("/films/{film}/ratings/{visitor}", status_code=204)
async def withdraw(film: str, visitor: str, session: Session) -> None:
    await check(session, film)
    if not await remove_rating(session, film, visitor):
        raise HTTPException(404, "No such rating")
    await session.commit()


@app.post("/films/{film}/ballots")
async def count(film: str, ballots: list[Ballot], session: Session) -> dict[str, object]:
    await check(session, film, *[ballot.stars for ballot in ballots])
    pairs = [(ballot.visitor, ballot.stars) for ballot in ballots]
    refused = await add_ballots(session, film, pairs)
    await session.commit()
    return {"stored": len(ballots) - len(refused), "refused": refused}


async def check(session: AsyncSession, code: str, *stars: int) -> None:
    """404, 409 or 422 unless the film can be rated, with these stars."""
    film = await session.get(Film, code)
    if film is None:
        raise HTTPException(404, "No such film")
    if not film.is_open:
        raise HTTPException(409, "Voting is closed")
    if any(not 1 <= each <= 5 for each in stars):
        raise HTTPException(422, "1 to 5 stars")
