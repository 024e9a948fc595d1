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

ORDER_COLUMNS = "number, bicycle, status"
FROM_SHOP = "FROM repair_orders WHERE shop = $1"
OF_STATUS = "AND status = ANY($2)"
LIST = f"SELECT {ORDER_COLUMNS} {FROM_SHOP} ORDER BY number DESC LIMIT $2 OFFSET $3"
LIST_OF_STATUS = f"SELECT {ORDER_COLUMNS} {FROM_SHOP} {OF_STATUS} ORDER BY number DESC LIMIT $3 OFFSET $4"
COUNT = f"SELECT count(*) {FROM_SHOP}"
COUNT_OF_STATUS = f"{COUNT} {OF_STATUS}"


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
        self.connection = connection

    async def page(self, shop: int, which: str = "all", number: int = 1) -> Page:
        """A page of the shop's orders, the latest order first."""
        match which:
            case "all":
                return await self._page(LIST, COUNT, [shop], number)
            case "open":
                wanted = FILTERS["open"].copy()
            case "ready":
                wanted = FILTERS["ready"].copy()
            case "closed":
                wanted = FILTERS["closed"].copy()
            case _:
                raise ValueError("unknown filter: " + which)
        return await self._page(LIST_OF_STATUS, COUNT_OF_STATUS, [shop, wanted], number)

    async def _page(self, listed: str, counted: str, values: list[Any], number: int) -> Page:
        offset = number * PAGE_SIZE - PAGE_SIZE
        orders = []
        for row in await self.connection.fetch(listed, *values, PAGE_SIZE, offset):
            orders.append(RepairOrder(**{**row, "status": Status(row["status"])}))
        return Page(total=await self.connection.fetchval(counted, *values), orders=orders)
