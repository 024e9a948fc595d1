"""The workshop's API with a store of sessions behind a dependency, and the admin check on a router."""

from datetime import date
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException


class User(NamedTuple):
    name: str
    is_admin: bool = False


SESSIONS: dict[str, User] = {
    "token-of-a-member": User(name="member"),
    "token-of-an-admin": User(name="admin", is_admin=True),
}
BOOKINGS: dict[date, list[str]] = {date(2024, 2, 29): ["lathe", "kiln"], date(2024, 3, 1): ["loom"]}
checked_tokens: list[str] = []


class Store:
    """Looks sessions up, and keeps a record of it."""

    async def find(self, token: str) -> User | None:
        checked_tokens.append(token)
        return SESSIONS.get(token)


def store() -> Store:
    return Store()


async def today() -> date:
    return date.today()


async def bearer_token(authorization: str = Header(default="")) -> str:
    if not authorization.lower().startswith("bearer ") or not authorization[7:].strip():
        raise HTTPException(401, "sign in first", {"WWW-Authenticate": "Bearer"})
    return authorization[7:].strip()


async def current_user(
    token: Annotated[str, Depends(bearer_token)], sessions: Annotated[Store, Depends(store)]
) -> User:
    if user := await sessions.find(token):
        return user
    raise HTTPException(401, "this session is over", {"WWW-Authenticate": "Bearer"})


async def admin(user: Annotated[User, Depends(current_user)]) -> User:
    if user.is_admin is not True:
        raise HTTPException(403, "for admins only")
    return user


app = FastAPI(title="Open workshop")
admins = APIRouter(prefix="/admin", dependencies=[Depends(admin)])


@app.get("/me")
async def read_me(user: Annotated[User, Depends(current_user)]) -> dict[str, str]:
    return dict(name=user.name)


@app.get("/bookings/today")
async def read_bookings(
    day: Annotated[date, Depends(today)], user: Annotated[User, Depends(current_user)]
) -> dict[str, object]:
    return dict(asked_by=user.name, day=day.isoformat(), machines=list(BOOKINGS.get(day, ())))


@admins.get("/sessions")
async def count_sessions(user: Annotated[User, Depends(current_user)]) -> dict[str, object]:
    return dict(asked_by=user.name, open=len(SESSIONS))


app.include_router(admins)
