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
    for kind in (Refused, RequestValidationError, StorageError):
        app.add_exception_handler(kind, failed)
    return app


async def failed(_request: Request, error: Exception) -> JSONResponse:
    """Whatever went wrong, as a response."""
    match error:
        case Refused():
            return JSONResponse(status_code=error.status, content={"code": error.code})
        case RequestValidationError():
            fields: list[str] = []
            for each in error.errors():
                _, *names = each["loc"]
                fields = [name for name in fields if name not in names] + [str(names[0])] if names else fields
            return JSONResponse({"fields": fields[::-1], "code": "invalid"}, status_code=422)
        case _:
            return JSONResponse({"code": "storage"}, status_code=503)
