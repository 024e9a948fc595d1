"""Orders and their lines, written by statement; the database sums up the total."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables of the shop."""


class OrderLine(Base):
    """So many pieces of a product, at a price in cents for each."""

    __tablename__ = "order_lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    product: Mapped[str]
    quantity: Mapped[int]
    price_cents: Mapped[int]


class Order(Base):
    """What a customer ordered. `updated_at` is in UTC, without a time zone."""

    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    total_cents: Mapped[int] = mapped_column(server_default="0")
    updated_at: Mapped[datetime]
    lines: Mapped[list[OrderLine]] = relationship(order_by=OrderLine.id)


class NoSuchOrder(LookupError):
    """There is no order with this id."""


async def get_order(session: AsyncSession, order_id: int) -> Order:
    statement = select(Order).filter_by(id=order_id).options(joinedload(Order.lines))
    found = (await session.scalars(statement)).unique().all()
    if not found:
        raise NoSuchOrder(order_id)
    return found[0]


async def place_order(
    session: AsyncSession, customer: str, lines: Sequence[tuple[str, int, int]], now: datetime
) -> Order:
    new = insert(Order).values(customer=customer, updated_at=now).returning(Order.id)
    order_id = (await session.execute(new)).scalar_one()
    return await _write(session, order_id, lines, now)


async def add_line(
    session: AsyncSession, order_id: int, line: tuple[str, int, int], now: datetime
) -> Order:
    if await session.scalar(select(Order.id).filter_by(id=order_id)) is None:
        raise NoSuchOrder(order_id)
    return await _write(session, order_id, [line], now)


async def _write(
    session: AsyncSession, order_id: int, lines: Iterable[tuple[str, int, int]], now: datetime
) -> Order:
    for product, quantity, cents in lines:
        values = {"product": product, "quantity": quantity, "price_cents": cents}
        await session.execute(insert(OrderLine).values(order_id=order_id, **values))
    total = (
        select(func.sum(OrderLine.quantity * OrderLine.price_cents))
        .where(OrderLine.order_id == order_id)
        .scalar_subquery()
    )
    this = update(Order).where(Order.id == order_id)
    await session.execute(this.values(total_cents=total, updated_at=now))
    await session.commit()
    session.expunge_all()
    return await get_order(session, order_id)
