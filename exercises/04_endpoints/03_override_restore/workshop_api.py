"""The API of an open workshop: who is signed in, what is booked today, who has a session.

`app` is one object for the whole process, and so are its dependency overrides.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account."""

    name: str
    is_admin: bool = False


SESSIONS: dict[str, User] = {
    "token-of-a-member": User("member"),
    "token-of-an-admin": User("admin", is_admin=True),
}
"""The open sessions: a token, and whose it is."""

BOOKINGS: dict[date, list[str]] = {
    date(2024, 2, 29): ["lathe", "kiln"],
    date(2024, 3, 1): ["loom"],
}

checked_tokens: list[str] = []
"""Every token that was looked up, oldest first."""


async def today() -> date:
    """The day that the workshop's calendar is open at."""
    return date.today()


async def bearer_token(authorization: Annotated[str | None, Header()] = None) -> str:
    """The token of the request; 401 without one."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise HTTPException(401, "sign in first", headers={"WWW-Authenticate": "Bearer"})
    return token


async def current_user(token: Annotated[str, Depends(bearer_token)]) -> User:
    """Whose session the token opens; 401 if nobody's."""
    checked_tokens.append(token)
    user = SESSIONS.get(token)
    if user is None:
        raise HTTPException(401, "this session is over", headers={"WWW-Authenticate": "Bearer"})
    return user


async def admin(user: Annotated[User, Depends(current_user)]) -> User:
    """The signed-in user, if it is an admin; 403 otherwise."""
    if not user.is_admin:
        raise HTTPException(403, "for admins only")
    return user


app = FastAPI(title="Open workshop")


@app.get("/me")
async def read_me(user: Annotated[User, Depends(current_user)]) -> dict[str, str]:
    """Who is signed in."""
    return {"name": user.name}


@app.get("/bookings/today")
async def read_bookings(
    user: Annotated[User, Depends(current_user)], day: Annotated[date, Depends(today)]
) -> dict[str, object]:
    """What is booked today."""
    return {"asked_by": user.name, "day": day.isoformat(), "machines": BOOKINGS.get(day, [])}


@app.get("/admin/sessions")
async def count_sessions(user: Annotated[User, Depends(admin)]) -> dict[str, object]:
    """How many sessions are open."""
    return {"asked_by": user.name, "open": len(SESSIONS)}
