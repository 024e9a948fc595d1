"""The festival's handlers in a unit of work, which commits when it is left without an error."""

from contextlib import asynccontextmanager

from fastapi import Body, Depends, FastAPI, HTTPException, status
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

import festival_dao as dao

production = async_sessionmaker(create_async_engine("sqlite+aiosqlite:////srv/festival.sqlite"))


async def get_session():
    async with production() as session:
        yield session


class Unit:
    def __init__(self, session: AsyncSession = Depends(get_session)) -> None:
        self.session = session

    @asynccontextmanager
    async def on(self, film: str):
        found = select(dao.Film.is_open).where(dao.Film.code == film)
        try:
            is_open = await self.session.scalar(found)
            if is_open is None:
                raise HTTPException(status.HTTP_404_NOT_FOUND, "No such film")
            if is_open is False:
                raise HTTPException(status.HTTP_409_CONFLICT, "Voting is closed")
            yield self.session
        except BaseException:
            await self.session.rollback()
            raise
        else:
            await self.session.commit()


def checked(stars: int) -> int:
    if stars in range(1, 6):
        return stars
    raise HTTPException(422, "1 to 5 stars")


app = FastAPI()


@app.put("/films/{film}/ratings/{visitor}")
async def rate(film: str, visitor: str, stars: int = Body(embed=True), unit: Unit = Depends()):
    async with unit.on(film) as session:
        new = await dao.put_rating(session, film, visitor, checked(stars))
    return JSONResponse({"film": film, "visitor": visitor, "stars": stars}, 201 if new else 200)


@app.delete("/films/{film}/ratings/{visitor}", status_code=204)
async def withdraw(film: str, visitor: str, unit: Unit = Depends()) -> None:
    async with unit.on(film) as session:
        if not await dao.remove_rating(session, film, visitor):
            raise HTTPException(404, "No such rating")


@app.post("/films/{film}/ballots")
async def count(film: str, ballots: list[dict] = Body(), unit: Unit = Depends()):
    async with unit.on(film) as session:
        pairs = [(ballot["visitor"], checked(ballot["stars"])) for ballot in ballots]
        refused = await dao.add_ballots(session, film, pairs)
        return {"stored": len(pairs) - len(refused), "refused": refused}
