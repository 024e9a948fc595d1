"""Orders and their lines. A handler closes its session first and renders the order afterwards.

So the functions hand out orders that are complete: reading one must never ask the database.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    """The tables of the shop."""


class Order(Base):
    """What a customer ordered. `updated_at` is in UTC, without a time zone."""

    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    total_cents: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]
    lines: Mapped[list["OrderLine"]] = relationship(order_by="OrderLine.id")


class OrderLine(Base):
    """So many pieces of a product, at a price in cents for each."""

    __tablename__ = "order_lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    product: Mapped[str]
    quantity: Mapped[int]
    price_cents: Mapped[int]


class NoSuchOrder(LookupError):
    """There is no order with this id."""


async def get_order(session: AsyncSession, order_id: int) -> Order:
    """The order with its lines. Raises `NoSuchOrder`."""
    statement = select(Order).where(Order.id == order_id).options(selectinload(Order.lines))
    order = await session.scalar(statement)
    if order is None:
        raise NoSuchOrder(order_id)
    return order


async def place_order(
    session: AsyncSession, customer: str, lines: Sequence[tuple[str, int, int]], now: datetime
) -> Order:
    """Store a new order with its (product, quantity, price in cents), and return it."""
    order = Order(customer=customer, lines=[_line(*line) for line in lines])
    session.add(order)
    return await _save(session, order, now)


async def add_line(
    session: AsyncSession, order_id: int, line: tuple[str, int, int], now: datetime
) -> Order:
    """Store one more line of an order, and return the order. Raises `NoSuchOrder`."""
    order = await get_order(session, order_id)
    order.lines.append(_line(*line))
    return await _save(session, order, now)


def _line(product: str, quantity: int, price_cents: int) -> OrderLine:
    return OrderLine(product=product, quantity=quantity, price_cents=price_cents)


async def _save(session: AsyncSession, order: Order, now: datetime) -> Order:
    order.total_cents = sum(line.quantity * line.price_cents for line in order.lines)
    order.updated_at = now
    await session.flush()
    order_id = order.id  # the commit expires it
    await session.commit()
    return await get_order(session, order_id)
