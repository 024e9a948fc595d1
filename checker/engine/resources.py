"""Clients, engines and sessions that the submission opens and never closes.

Every one made below a frame of the submission is kept until the session ends, and looked at then.
"""

from __future__ import annotations

import functools
import sys
from typing import Any

from .watch import Birth, Watch


def install(watch: Watch) -> list[tuple[Any, str, Birth]]:
    """Patch the classes that are loaded; returns the list that will hold (object, what it is, where it was made)."""
    made: list[tuple[Any, str, Birth]] = []
    httpx = sys.modules.get("httpx")
    if httpx is not None:
        for cls in (httpx.AsyncClient, httpx.Client):
            _follow(cls, f"An httpx.{cls.__name__}", watch, made)
    sqlalchemy = sys.modules.get("sqlalchemy.ext.asyncio")
    if sqlalchemy is not None:
        _follow(sqlalchemy.AsyncEngine, "An AsyncEngine", watch, made)
        _follow(sqlalchemy.AsyncSession, "An AsyncSession", watch, made)
    return made


def tell_open(made: list[tuple[Any, str, Birth]], watch: Watch) -> None:
    """Note what is still open now."""
    for thing, what, birth in made:
        if _is_open(thing):
            watch.add("unclosed-resource", birth, what)


def _follow(cls: Any, what: str, watch: Watch, made: list[tuple[Any, str, Birth]]) -> None:
    init = cls.__init__

    @functools.wraps(init)
    def followed(self: Any, *args: Any, **options: Any) -> None:
        init(self, *args, **options)
        birth = watch.birth(sys._getframe(1))
        if birth.place is not None:
            made.append((self, what, birth))

    cls.__init__ = followed


def _is_open(thing: Any) -> bool:
    state = getattr(thing, "_state", None)
    if state is not None:  # httpx
        return bool(state.name == "OPENED")
    if hasattr(thing, "sync_session"):
        return bool(thing.sync_session.in_transaction())
    # An engine whose pool holds connections. Disposing of it puts a new, empty pool in place.
    pool = thing.sync_engine.pool
    idle = getattr(pool, "checkedin", lambda: 0)()
    used = getattr(pool, "checkedout", lambda: 0)()
    static = "connection" in vars(pool)  # StaticPool keeps its one connection under a memoized name
    return bool(idle or used or static)
