"""The app: everything put together, and errors as responses."""

import asyncio

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from . import payments, router
from .deps import Keys
from .errors import Refused, StorageError
from .mail import Mailer, MailGateway, Sleep
from .progress import ProgressBoard
from .service import Clock


def create_app(
    sessions: async_sessionmaker[AsyncSession],
    gateway: MailGateway,
    keys: Keys,
    clock: Clock,
    *,
    sleep: Sleep = asyncio.sleep,
    mail_timeout_s: float = 5.0,
    board: ProgressBoard | None = None,
) -> FastAPI:
    """The app on a database. `clock` gives the time in whole seconds since 1970."""
    app = FastAPI()
    app.state.sessions = sessions
    app.state.keys = keys
    app.state.clock = clock
    app.state.mailer = Mailer(gateway, sleep, mail_timeout_s)
    app.state.board = board or ProgressBoard()
    app.include_router(router.router)
    app.include_router(payments.router)
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(StorageError, storage_failed)
    return app


async def refused(_request: Request, error: Refused) -> JSONResponse:
    """A refusal as a response."""
    return JSONResponse({"code": error.code}, error.status)


async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
    """Which fields of a body are not as they should be."""
    fields = {str(each["loc"][1]) for each in error.errors() if len(each["loc"]) > 1}
    return JSONResponse({"code": "invalid", "fields": sorted(fields)}, 422)


async def storage_failed(_request: Request, _error: StorageError) -> JSONResponse:
    """That the database failed, and no word about how."""
    return JSONResponse({"code": "storage"}, 503)
