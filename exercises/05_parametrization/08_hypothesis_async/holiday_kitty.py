"""A holiday kitty: what was paid for, page by page, and what each of the travellers owes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the expenses (name, cents), and the cursor of the next page, if there is one."""

    expenses: list[tuple[str, int]]
    cursor: str | None


class Kitty:
    """A kitty in memory. Its sibling in production asks a server, and has the same methods."""

    def __init__(self) -> None:
        self._cents: dict[str, int] = {}

    async def pay(self, name: str, cents: int) -> None:
        """Pay for something. What is paid for the same name adds up."""
        self._cents[name] = self._cents.get(name, 0) + cents

    async def page(self, size: int, cursor: str | None = None) -> Page:
        """The first `size` expenses by name, or those that follow where the cursor says."""
        names = sorted(self._cents)
        if cursor is not None:
            last = _name_in(cursor)
            names = [name for name in names if name > last]
        shown = [(name, self._cents[name]) for name in names[:size]]
        if len(names) <= size:
            return Page(shown, None)
        return Page(shown, _cursor_after(names[size - 1]))

    async def shares(self, people: list[str]) -> dict[str, int]:
        """What each of the people owes, in cents. The first ones pay what cannot be split."""
        each, left_over = divmod(sum(self._cents.values()), len(people))
        return {person: each + (place < left_over) for place, person in enumerate(people)}


def _cursor_after(name: str) -> str:
    return urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _name_in(cursor: str) -> str:
    return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
