"""What the shop may ask of the warehouse. The client behind it belongs to the warehouse's team."""

from typing import Protocol


class OutOfStock(Exception):
    """There is not enough of an article left."""


class WarehouseGateway(Protocol):
    """The warehouse, as the shop sees it."""

    def stocks(self, sku: str) -> bool:
        """Whether the warehouse has this article at all. The catalogue is in memory: no waiting."""

    async def reserve(self, sku: str, quantity: int, *, order_id: str) -> str:
        """Put so many aside; returns the reservation's number. Raises `OutOfStock`."""

    async def release(self, reservation: str, *, reason: str) -> None:
        """Give a reservation up, and note why."""

    async def dispatch(self, order_id: str, reservations: list[str], *, express: bool) -> None:
        """Pack these reservations into one parcel and send it."""
