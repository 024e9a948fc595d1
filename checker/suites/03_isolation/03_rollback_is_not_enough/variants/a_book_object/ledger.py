"""A shop's ledger: a book over the session; balances are checked by the account that gives."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import Account, Entry


class Overdrawn(Exception):
    """The account does not hold that much."""


class _Book:
    """The accounts, seen through a session, and written in one go."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.accounts: dict[str, Account] = {}

    async def open(self, *names: str) -> "_Book":
        found = await self.session.scalars(select(Account).where(Account.name.in_(names)))
        self.accounts = {account.name: account for account in found}
        return self

    async def write(self, source: str, target: str, cents: int) -> None:
        left = self.accounts[source].balance - cents
        if left < 0:
            raise Overdrawn(source)
        self.accounts[source].balance = left
        self.accounts[target].balance = self.accounts[target].balance + cents
        self.session.add_all([Entry(source=source, target=target, cents=cents)])
        await self.session.flush()
        await self.session.commit()


async def post(session: AsyncSession, source: str, target: str, cents: int) -> None:
    book = await _Book(session).open(source, target)
    await book.write(source, target, cents)


async def pay_all(session: AsyncSession, bills: Iterable[tuple[str, int]]) -> int:
    number = 0
    for number, (account, cents) in enumerate(bills, start=1):
        await post(session, "cash", account, cents)
    return number


async def close_day(session: AsyncSession, takings: int, rent: int) -> int:
    book = await _Book(session).open("sales", "cash")
    book.accounts["sales"].balance = takings
    await book.write("sales", "cash", takings)
    await book.open("cash", "rent")
    try:
        await book.write("cash", "rent", rent)
    except Overdrawn:
        await session.rollback()
    return await balance(session, "cash")


async def balance(session: AsyncSession, account: str) -> int:
    return (await session.get_one(Account, account, populate_existing=True)).balance


async def entries(session: AsyncSession) -> int:
    return await session.scalar(select(func.count(Entry.id))) or 0
