"""The workshop's API on a router; dependencies are plain functions, and the token is read off the request."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request


@dataclass(frozen=True)
class User:
    name: str
    is_admin: bool = False


SESSIONS = {"token-of-a-member": User("member"), "token-of-an-admin": User("admin", True)}
BOOKINGS = {date(2024, 2, 29): ["lathe", "kiln"], date(2024, 3, 1): ["loom"]}
checked_tokens: list[str] = []


def _refused(detail: str) -> HTTPException:
    return HTTPException(status_code=401, detail=detail, headers={"WWW-Authenticate": "Bearer"})


def today() -> date:
    return date.today()


def bearer_token(request: Request) -> str:
    words = request.headers.get("authorization", "").split()
    if len(words) != 2 or words[0].lower() != "bearer":
        raise _refused("sign in first")
    return words[1]


def current_user(token: str = Depends(bearer_token)) -> User:
    checked_tokens.append(token)
    try:
        return SESSIONS[token]
    except KeyError:
        raise _refused("this session is over") from None


def admin(user: User = Depends(current_user)) -> User:
    if user.is_admin:
        return user
    raise HTTPException(status_code=403, detail="for admins only")


router = APIRouter()
Signed = Annotated[User, Depends(current_user)]


@router.get("/me")
def read_me(user: Signed) -> Any:
    return {"name": user.name}


@router.get("/bookings/today")
def read_bookings(user: Signed, day: Annotated[date, Depends(today)]) -> Any:
    machines = BOOKINGS[day] if day in BOOKINGS else []
    return {"asked_by": user.name, "day": str(day), "machines": machines}


@router.get("/admin/sessions")
def count_sessions(user: Annotated[User, Depends(admin)]) -> Any:
    return {"asked_by": user.name, "open": len(SESSIONS)}


app = FastAPI()
app.include_router(router)
