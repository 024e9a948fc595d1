"""The festival's ratings in blocks that commit when they are left: there is no call of commit."""

from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from festival_dao import Film, add_ballots, put_rating, remove_rating

production = async_sessionmaker(create_async_engine("sqlite+aiosqlite:////srv/festival.sqlite"))


class Stars(BaseModel):
    stars: int


class Ballot(Stars):
    visitor: str


async def get_session():
    session = production()
    try:
        yield session
    finally:
        await session.close()


class Refused(Exception):
    def __init__(self, status: int, detail: str) -> None:
        self.response = JSONResponse({"detail": detail}, status)


router = APIRouter(prefix="/films/{code}")


def check_stars(*stars: int) -> None:
    if stars and (min(stars) < 1 or max(stars) > 5):
        raise Refused(422, "1 to 5 stars")


async def open_film(code: str, session: AsyncSession = Depends(get_session)) -> AsyncSession:
    """The session, if the film can be rated, with no transaction begun."""
    async with session.begin():
        film = await session.get(Film, code)
        match film:
            case None:
                raise Refused(404, "No such film")
            case Film(is_open=False):
                raise Refused(409, "Voting is closed")
    return session


@router.put("/ratings/{visitor}")
async def put(code: str, visitor: str, body: Stars, session: AsyncSession = Depends(open_film)) -> Any:
    check_stars(body.stars)
    async with session.begin():
        is_new = await put_rating(session, code, visitor, body.stars)
    answer = {"stars": body.stars, "visitor": visitor, "film": code}
    return JSONResponse(answer, 201 if is_new else 200)


@router.delete("/ratings/{visitor}")
async def delete(code: str, visitor: str, session: AsyncSession = Depends(open_film)) -> Response:
    async with session.begin():
        if not await remove_rating(session, code, visitor):
            raise Refused(404, "No such rating")
    return Response(status_code=204)


@router.post("/ballots")
async def ballots(code: str, paper: list[Ballot], session: AsyncSession = Depends(open_film)) -> Any:
    check_stars(*(each.stars for each in paper))
    refused: list[str] = []
    for each in paper:
        async with session.begin():
            refused += await add_ballots(session, code, [(each.visitor, each.stars)])
    return {"refused": refused, "stored": len(paper) - len(refused)}


app = FastAPI()
app.include_router(router)


@app.exception_handler(Refused)
async def refuse(_request: object, refused: Refused) -> Response:
    return refused.response
