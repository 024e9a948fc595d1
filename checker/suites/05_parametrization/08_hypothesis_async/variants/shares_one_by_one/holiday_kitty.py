"""A holiday kitty: what was paid for, page by page, and what each of the travellers owes."""

from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the expenses (name, cents), and the cursor of the next page, if there is one."""

    expenses: list[tuple[str, int]]
    cursor: str | None


class Kitty:
    """A kitty in memory. Its sibling in production asks a server, and has the same methods."""

    def __init__(self) -> None:
        self._payments: list[tuple[str, int]] = []

    async def pay(self, name: str, cents: int) -> None:
        """Pay for something. What is paid for the same name adds up."""
        self._payments.append((name, cents))

    def _sums(self) -> dict[str, int]:
        sums: dict[str, int] = {}
        for name, cents in sorted(self._payments):
            sums[name] = sums.setdefault(name, 0) + cents
        return sums

    async def page(self, size: int, cursor: str | None = None) -> Page:
        """The first `size` expenses by name, or those that follow where the cursor says."""
        position = int(cursor.removeprefix("at_")) if cursor else 0
        rest = islice(self._sums().items(), position, None)
        shown = list(islice(rest, size))
        if next(rest, None) is None:
            return Page(shown, None)
        return Page(shown, f"at_{position + size}")

    async def shares(self, people: list[str]) -> dict[str, int]:
        """What each of the people owes, in cents. The first ones pay what cannot be split."""
        to_pay = sum(cents for _, cents in self._payments)
        shares = {}
        for waiting in range(len(people), 0, -1):
            share = -(-to_pay // waiting)
            shares[people[len(people) - waiting]] = share
            to_pay -= share
        return shares
