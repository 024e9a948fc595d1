"""What libraries make on first use, made before any fork: a tiny session of pytest, a request, a round trip of SQL.

Everything here is thrown away; what stays are compiled patterns, looked-up modules and caches that any worker would
fill in the same way.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib.metadata
import inspect
import linecache
import os
import sys
import tempfile
import threading
import unittest.mock
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from . import library, plugins

_INI = "[pytest]\nasyncio_default_fixture_loop_scope = function\nasyncio_default_test_loop_scope = function\n"
# One test is green and one is red: telling why a test failed is most of what is loaded late.
_TESTS = """
import pytest
from unittest.mock import AsyncMock

@pytest.fixture
def double():
    return AsyncMock()

@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1])
async def test_warm(double, number):
    await double.send(number)
    double.send.assert_awaited_once_with(number)
    with pytest.raises(ValueError, match="x"):
        raise ValueError("x")

@pytest.mark.asyncio
async def test_red(double):
    assert [1, {"a": 2}] == [1, {"a": 3}]
"""
_THREAD_LIMIT_S = 5.0
_done: set[Callable[[], None]] = set()


def warm(modules: Collection[str]) -> None:
    """Use what a job that imports these modules will use."""
    gc.freeze()  # pytest collects garbage at its end: a walk through everything there is
    for module, use in _USES.items():
        if module in modules and use not in _done:
            _done.add(use)
            with contextlib.suppress(Exception):  # a job that needs it will say what is wrong
                use()
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(_THREAD_LIMIT_S)
    # A failure's source is looked for among all modules, whose files are resolved once each.
    inspect.getmodule(compile("", "nowhere", "exec"))
    gc.collect()
    gc.freeze()


def _session() -> None:
    import pytest

    here, distributions = Path.cwd(), importlib.metadata.distributions
    entries, hooks, environment = list(sys.path), list(sys.meta_path), dict(os.environ)
    plugins.show_only(plugins.ALWAYS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve()
        (path / "test_warm_zygote.py").write_text(_TESTS)
        (path / "pytest.ini").write_text(_INI)
        os.chdir(path)
        pytest.main(["-c", "pytest.ini", "--rootdir", ".", "-p", "no:cacheprovider", "--capture=no", "-vv"])
        os.chdir(here)
    sys.path[:], sys.meta_path[:] = entries, hooks
    os.environ.clear()
    os.environ.update(environment)
    importlib.metadata.distributions = distributions
    sys.modules.pop("test_warm_zygote", None)
    pytest.mark._markers.clear()  # the names that this session knew: another configuration may not


def _request() -> None:
    import httpx
    from fastapi import Depends, FastAPI, HTTPException
    from pydantic import BaseModel

    class Body(BaseModel):
        number: int

    async def dependency() -> Any:
        yield 1

    app = FastAPI()

    @app.post("/warm/{part}", status_code=201)
    async def endpoint(part: int, body: Body, one: int = Depends(dependency)) -> Body:
        if part > one:
            raise HTTPException(404)
        return body

    # The annotations of a function within a function are no names that FastAPI could look up.
    endpoint.__annotations__.update(part=int, body=Body, one=int)

    async def ask() -> None:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://warm") as client:
            for path, body in (("/warm/1", {"number": 1}), ("/warm/2", {"number": 1}), ("/warm/x", {})):
                await client.post(path, json=body)

    asyncio.run(ask())


def _round_trip() -> None:
    from sqlalchemy import ForeignKey, Integer, String, event, func, select
    from sqlalchemy.exc import IntegrityError
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
    from sqlalchemy.orm import DeclarativeBase, mapped_column, relationship, selectinload

    class Base(DeclarativeBase):
        pass

    class Parent(Base):
        __tablename__ = "parent"
        id = mapped_column(Integer, primary_key=True)
        name = mapped_column(String, unique=True)
        children = relationship("Child", uselist=True)

    class Child(Base):
        __tablename__ = "child"
        id = mapped_column(Integer, primary_key=True)
        parent_id = mapped_column(ForeignKey("parent.id"))

    async def use() -> None:
        engine = create_async_engine("sqlite+aiosqlite://")
        event.listen(engine.sync_engine, "connect", lambda *_: None)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        make = async_sessionmaker(engine, expire_on_commit=False)
        async with make() as session:
            session.add(Parent(name="a", children=[Child()]))
            await session.commit()
            (await session.scalars(select(Parent).options(selectinload(Parent.children)))).all()
            await session.scalar(select(func.count()).select_from(Parent).where(Parent.name == "a"))
            session.add(Parent(name="a"))
            try:
                await session.flush()
            except IntegrityError:
                await session.rollback()
        await engine.dispose()

    asyncio.run(use())


def _failed_mock() -> None:
    """The text of a mock's assertion is part of every failure that it causes."""
    library.known_statements("\n".join(line.rstrip() for line in linecache.getlines(unittest.mock.__file__)))


def _names() -> None:
    import faker

    faker.Faker()


_USES: dict[str, Callable[[], None]] = {
    "pytest_asyncio.plugin": _session,
    "unittest": _failed_mock,
    "unittest.mock": _failed_mock,
    "faker": _names,
    "fastapi": _request,
    "sqlalchemy.ext.asyncio": _round_trip,
}
