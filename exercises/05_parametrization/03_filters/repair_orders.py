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
        self._connection = connection

    async def page(self, shop: int, which: str = "all", number: int = 1) -> Page:
        """A page of the shop's orders, the latest order first. `which` is one of FILTERS."""
        if which not in FILTERS:
            raise ValueError(f"unknown filter: {which}")
        condition = "WHERE shop = $1"
        parameters: list[Any] = [shop]
        if statuses := [str(status) for status in FILTERS[which]]:
            condition += " AND status = ANY($2)"
            parameters.append(statuses)
        limit = len(parameters) + 1
        rows = await self._connection.fetch(
            f"SELECT number, bicycle, status FROM repair_orders {condition}"
            f" ORDER BY number DESC LIMIT ${limit} OFFSET ${limit + 1}",
            *parameters,
            PAGE_SIZE,
            PAGE_SIZE * (number - 1),
        )
        total = await self._connection.fetchval(
            f"SELECT count(*) FROM repair_orders {condition}", *parameters
        )
        orders = [RepairOrder(row["number"], row["bicycle"], Status(row["status"])) for row in rows]
        return Page(orders, total)
