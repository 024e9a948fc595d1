"""What a database saw: each BEGIN, savepoint, row written, commit and rollback, in order, by connection."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

from .loop import load

_WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+[\"']?(\w+)", re.IGNORECASE)


def record_transactions(file: Path) -> dict[str, Any]:
    """Run `main()` (or the only test) of a file with every SQLAlchemy engine watched."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    events: list[dict[str, Any]] = []
    connections: list[Any] = []

    def note(what: str, connection: Any, name: str = "") -> None:
        key = connection.connection.dbapi_connection
        if key not in connections:
            connections.append(key)
        events.append({"what": what, "connection": connections.index(key) + 1, "name": name})

    event.listen(Engine, "begin", lambda c: note("begin", c))
    event.listen(Engine, "commit", lambda c: note("commit", c))
    event.listen(Engine, "rollback", lambda c: note("rollback", c))
    event.listen(Engine, "savepoint", lambda c, name: note("savepoint", c, name))
    event.listen(Engine, "release_savepoint", lambda c, name, _: note("release", c, name))
    event.listen(Engine, "rollback_savepoint", lambda c, name, _: note("rollback to", c, name))

    def statement(connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        found = _WRITES.match(sql)
        if found:
            verb, table = found[1].split()[0].lower(), found[2]
            note("write", connection, f"{verb} {table}")
        elif sql.strip().upper() in ("BEGIN", "COMMIT", "ROLLBACK"):
            note("sent", connection, sql.strip().upper())

    event.listen(Engine, "before_cursor_execute", statement)
    outcome = "passed"
    try:
        asyncio.run(load(file, file.read_text(encoding="utf-8"))())  # type: ignore[arg-type]
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}".splitlines()[0]
    return {"events": events, "outcome": outcome}
