"""A holiday kitty: what was paid for, page by page, and what each of the travellers owes."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the expenses (name, cents), and the cursor of the next page, if there is one."""

    expenses: list[tuple[str, int]]
    cursor: str | None


class Kitty:
    """A kitty in memory. Its sibling in production asks a server, and has the same methods."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._amounts: list[int] = []
        self._total = 0

    async def pay(self, name: str, cents: int) -> None:
        """Pay for something. What is paid for the same name adds up."""
        place = bisect_left(self._names, name)
        if self._names[place : place + 1] != [name]:
            self._names.insert(place, name)
            self._amounts.insert(place, 0)
        self._amounts[place] += cents
        self._total += cents

    async def page(self, size: int, cursor: str | None = None) -> Page:
        """The first `size` expenses by name, or those that follow where the cursor says."""
        start = 0
        if cursor is not None:
            start = bisect_right(self._names, bytes.fromhex(cursor).decode("utf-8"))
        end = start + size
        shown = list(zip(self._names[start:end], self._amounts[start:end], strict=True))
        more = self._names[end:] != []
        return Page(shown, shown[-1][0].encode("utf-8").hex() if more else None)

    async def shares(self, people: list[str]) -> dict[str, int]:
        """What each of the people owes, in cents. The first ones pay what cannot be split."""
        least = self._total // len(people)
        shares = dict.fromkeys(reversed(people), least)
        for person in people[: self._total - least * len(people)]:
            shares[person] += 1
        return shares
