"""The repair orders of a chain of bicycle shops, listed by what has become of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

PAGE_SIZE = 20


class Status(StrEnum):
    """What has become of an order."""

    RECEIVED = "received"
    WAITING = "waiting"
    READY = "ready"
    COLLECTED = "collected"
    CANCELLED = "cancelled"


FILTERS: dict[str, list[Status]] = {
    "all": [],
    "open": [Status.RECEIVED, Status.WAITING],
    "ready": [Status.READY],
    "closed": [Status.COLLECTED, Status.CANCELLED],
}


class Connection(Protocol):
    """A connection of the driver. `parameters` fill the statement's $1, $2 and so on."""

    async def fetch(self, statement: str, *parameters: Any) -> Sequence[Mapping[str, Any]]:
        """All rows, by column name."""

    async def fetchval(self, statement: str, *parameters: Any) -> Any:
        """The first column of the first row."""


@dataclass(frozen=True, slots=True)
class RepairOrder:
    """One line of the list."""

    number: int
    bicycle: str
    status: Status


@dataclass(frozen=True, slots=True)
class Page:
    """A page of orders, and how many there are on all pages together."""

    orders: list[RepairOrder]
    total: int


class RepairOrdersDAO:
    """Reads repair orders over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._fetch = connection.fetch
        self._fetchval = connection.fetchval

    async def page(self, shop: int, which: str = "all", number: int = 1) -> Page:
        """A page of the shop's orders, the latest order first. `which` is one of FILTERS."""
        statuses = FILTERS.get(which)
        if statuses is None:
            raise ValueError(f"unknown filter: {which}")
        values: tuple[Any, ...] = (shop, list(statuses)) if statuses else (shop,)
        where = " AND ".join(["shop = $1", "status = ANY($2)"][: len(values)])
        total = await self._fetchval(f"SELECT count(*) FROM repair_orders WHERE {where}", *values)
        words = ["SELECT number, bicycle, status FROM repair_orders WHERE", where, "ORDER BY number DESC"]
        for word in ("LIMIT", "OFFSET"):
            values += (PAGE_SIZE if word == "LIMIT" else (number - 1) * PAGE_SIZE,)
            words += [word, f"${len(values)}"]
        rows = await self._fetch(" ".join(words), *values)
        return Page([RepairOrder(r["number"], r["bicycle"], Status(r["status"])) for r in rows], total)
