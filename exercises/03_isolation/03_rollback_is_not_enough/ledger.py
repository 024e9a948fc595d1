"""A shop's ledger. What is posted is final: each posting is committed as soon as it is made."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import Account, Entry


class Overdrawn(Exception):
    """The account does not hold that much."""


async def post(session: AsyncSession, source: str, target: str, cents: int) -> None:
    """Move `cents` from one account to another, and commit."""
    giver = await session.get_one(Account, source)
    taker = await session.get_one(Account, target)
    if giver.balance < cents:
        raise Overdrawn(source)
    giver.balance -= cents
    taker.balance += cents
    session.add(Entry(source=source, target=target, cents=cents))
    await session.commit()


async def pay_all(session: AsyncSession, bills: Iterable[tuple[str, int]]) -> int:
    """Pay bills (account, cents) from the cash, in order; return how many were paid.

    Each of them is a posting of its own. `Overdrawn` ends it; what was paid before stays paid.
    """
    paid = 0
    for account, cents in bills:
        await post(session, "cash", account, cents)
        paid += 1
    return paid


async def close_day(session: AsyncSession, takings: int, rent: int) -> int:
    """Post the day's takings, then pay the rent; return the cash. All of it, or the takings only."""
    (await session.get_one(Account, "sales")).balance = takings
    await post(session, "sales", "cash", takings)
    try:
        await pay_all(session, [("rent", rent)])
    except Overdrawn:
        await session.rollback()
    return await balance(session, "cash")


async def balance(session: AsyncSession, account: str) -> int:
    """What an account holds, in cents."""
    statement = select(Account.balance).where(Account.name == account)
    return (await session.scalars(statement)).one()


async def entries(session: AsyncSession) -> int:
    """How many postings there are."""
    return await session.scalar(select(func.count()).select_from(Entry)) or 0
