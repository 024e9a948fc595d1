"""Orders and their lines. Lines are always loaded along with their order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables of the shop."""


class Order(Base):
    """What a customer ordered. `updated_at` is in UTC, without a time zone."""

    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    total_cents: Mapped[int]
    updated_at: Mapped[datetime]
    lines: Mapped[list["OrderLine"]] = relationship(lazy="selectin", order_by="OrderLine.id")

    def put(self, product: str, quantity: int, price_cents: int) -> None:
        line = OrderLine(product=product, quantity=quantity, price_cents=price_cents)
        self.lines.append(line)
        self.total_cents += quantity * price_cents


class OrderLine(Base):
    """So many pieces of a product, at a price in cents for each."""

    __tablename__ = "order_lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    product: Mapped[str]
    quantity: Mapped[int]
    price_cents: Mapped[int]


class NoSuchOrder(LookupError):
    """There is no order with this id."""


async def get_order(session: AsyncSession, order_id: int) -> Order:
    order = await session.get(Order, order_id)
    if order is not None:
        return order
    raise NoSuchOrder(f"no order {order_id}")


async def place_order(
    session: AsyncSession, customer: str, lines: Sequence[tuple[str, int, int]], now: datetime
) -> Order:
    order = Order(customer=customer, total_cents=0, updated_at=now, lines=[])
    for product, quantity, price_cents in lines:
        order.put(product, quantity, price_cents)
    session.add(order)
    await session.commit()
    return await _again(session, order)


async def add_line(
    session: AsyncSession, order_id: int, line: tuple[str, int, int], now: datetime
) -> Order:
    order = await get_order(session, order_id)
    order.put(*line)
    order.updated_at = now
    await session.commit()
    return await _again(session, order)


async def _again(session: AsyncSession, order: Order) -> Order:
    """The order with its columns and its lines loaded after a commit."""
    await session.refresh(order)
    await session.refresh(order, ["lines"])
    for line in order.lines:
        await session.refresh(line)
    return order
