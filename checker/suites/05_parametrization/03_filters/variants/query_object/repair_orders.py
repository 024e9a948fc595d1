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


FILTERS: dict[str, list[Status]] = {
    "all": [],
    "open": [Status.RECEIVED, Status.WAITING],
    "ready": [Status.READY],
    "closed": [Status.COLLECTED, Status.CANCELLED],
}


class _Query:
    """Conditions with their values, and the placeholders that go with them."""

    def __init__(self) -> None:
        self.text = ""
        self.values: list[Any] = []

    def add(self, words: str, value: Any) -> "_Query":
        self.values.append(value)
        self.text += f" {words.replace('?', f'${len(self.values)}')}"
        return self


class RepairOrdersDAO:
    """Reads repair orders over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def _query(self, shop: int, which: str) -> _Query:
        query = _Query().add("WHERE shop = ?", shop)
        if statuses := [*map(str, FILTERS[which])]:
            query.add("AND status = ANY(?)", statuses)
        return query

    async def page(self, shop: int, which: str = "all", number: int = 1) -> Page:
        """A page of the shop's orders, the latest order first."""
        try:
            counting, listing = self._query(shop, which), self._query(shop, which)
        except KeyError:
            raise ValueError(f"unknown filter: {which}") from None
        total = await self._db.fetchval("SELECT count(*) FROM repair_orders" + counting.text, *counting.values)
        listing.add("ORDER BY number DESC LIMIT ?", 20).add("OFFSET ?", 20 * number - 20)
        rows = await self._db.fetch(
            "SELECT number, bicycle, status FROM repair_orders" + listing.text, *listing.values
        )
        return Page([*map(self._order, rows)], total)

    @staticmethod
    def _order(row: Mapping[str, Any]) -> RepairOrder:
        return RepairOrder(bicycle=row["bicycle"], status=Status(row["status"]), number=row["number"])
