"""A shop's ledger, written with update and insert statements on accounts."""

from collections.abc import Iterable

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import Account, Entry


class Overdrawn(Exception):
    """The account does not hold that much."""


async def _change(session: AsyncSession, account: str, by: int) -> None:
    statement = update(Account).where(Account.name == account)
    await session.execute(statement.values(balance=Account.balance + by))


async def post(session: AsyncSession, source: str, target: str, cents: int) -> None:
    if await balance(session, source) < cents:
        raise Overdrawn(source)
    await _change(session, source, -cents)
    await _change(session, target, +cents)
    await session.execute(insert(Entry).values(source=source, target=target, cents=cents))
    await session.commit()


async def pay_all(session: AsyncSession, bills: Iterable[tuple[str, int]]) -> int:
    numbers = [await _pay(session, account, cents) for account, cents in bills]
    return len(numbers)


async def _pay(session: AsyncSession, account: str, cents: int) -> int:
    await post(session, "cash", account, cents)
    return cents


async def close_day(session: AsyncSession, takings: int, rent: int) -> int:
    opened = update(Account).where(Account.name == "sales").values(balance=takings)
    await session.execute(opened)
    await post(session, "sales", "cash", takings)
    if await balance(session, "cash") >= rent:
        await post(session, "cash", "rent", rent)
    return await balance(session, "cash")


async def balance(session: AsyncSession, account: str) -> int:
    found = await session.execute(select(Account.balance).where(Account.name == account))
    return found.scalar_one()


async def entries(session: AsyncSession) -> int:
    return len((await session.scalars(select(Entry.id))).all())
