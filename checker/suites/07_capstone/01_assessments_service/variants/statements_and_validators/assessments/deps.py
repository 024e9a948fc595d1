"""What endpoints depend on. Each of these can be overridden, and then counts wherever it is used."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from .auth import user_of
from .dao import AssessmentDao
from .errors import Refused
from .mail import Mailer
from .progress import ProgressBoard
from .service import AssessmentService, Clock


@dataclass(frozen=True, slots=True)
class Keys:
    """What tokens and what the payment provider's events are signed with."""

    token: bytes
    payment: bytes


async def get_sessions(request: Request) -> async_sessionmaker[AsyncSession]:
    """Opens sessions on the database."""
    sessions: async_sessionmaker[AsyncSession] = request.app.state.sessions
    return sessions


async def get_keys(request: Request) -> Keys:
    """The keys of this app."""
    keys: Keys = request.app.state.keys
    return keys


async def get_clock(request: Request) -> Clock:
    """Gives the time in whole seconds since 1970."""
    clock: Clock = request.app.state.clock
    return clock


async def get_mailer(request: Request) -> Mailer:
    """Sends mail, for all requests."""
    mailer: Mailer = request.app.state.mailer
    return mailer


async def get_board(request: Request) -> ProgressBoard:
    """What happened, for all requests."""
    board: ProgressBoard = request.app.state.board
    return board


ClockDep = Annotated[Clock, Depends(get_clock)]
KeysDep = Annotated[Keys, Depends(get_keys)]
BoardDep = Annotated[ProgressBoard, Depends(get_board)]
SessionsDep = Annotated[async_sessionmaker[AsyncSession], Depends(get_sessions)]


async def get_dao(sessions: SessionsDep) -> AsyncIterator[AssessmentDao]:
    """A DAO for one request. What was not committed is undone."""
    async with sessions() as session:
        yield AssessmentDao(session)


DaoDep = Annotated[AssessmentDao, Depends(get_dao)]


async def get_caller(
    keys: KeysDep, clock: ClockDep, authorization: Annotated[str, Header()] = ""
) -> str:
    """The user whose token the request carries."""
    if authorization.startswith("Bearer "):
        user = user_of(keys.token, authorization.removeprefix("Bearer "), clock())
        if user is not None:
            return user
    raise Refused(401, "unauthorized")


CallerDep = Annotated[str, Depends(get_caller)]


async def get_service(
    dao: DaoDep, mailer: Annotated[Mailer, Depends(get_mailer)], board: BoardDep, clock: ClockDep
) -> AssessmentService:
    """The service for one request."""
    return AssessmentService(dao, mailer, board, clock)


ServiceDep = Annotated[AssessmentService, Depends(get_service)]
