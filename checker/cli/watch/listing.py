"""The list of exercises, with a cursor and a filter."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...catalog import Exercise

_STEPS = {"up": -1, "k": -1, "down": 1, "j": 1, "page up": -10, "page down": 10, "home": -1_000, "end": 1_000}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    exercise: Exercise
    state: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The list. `at`: where the cursor is among the rows shown."""

    rows: tuple[Row, ...]
    at: int = 0
    text: str = ""
    is_typing: bool = False
    is_todo: bool = False

    @property
    def shown(self) -> tuple[Row, ...]:
        """What fits the filter."""
        words = self.text.lower().split()
        return tuple(
            row
            for row in self.rows
            if all(word in f"{row.exercise.id} {row.exercise.title}".lower() for word in words)
            and not (self.is_todo and row.state == "done")
        )

    @property
    def chosen(self) -> Exercise | None:
        """The exercise under the cursor."""
        return self.shown[self.at].exercise if self.shown else None


def pressed(listing: Listing, key: str) -> Listing | None:
    """The list after a key; None when the key leaves it. Enter is left to whoever can open an exercise."""
    if listing.is_typing:
        if key in ("enter", "escape"):
            return replace(listing, is_typing=False, text=listing.text if key == "enter" else "", at=0)
        if key == "backspace":
            return replace(listing, text=listing.text[:-1], at=0)
        if len(key) == 1:
            return replace(listing, text=listing.text + key, at=0)
    elif key in ("escape", "l", "q"):
        return None
    elif key == "/":
        return replace(listing, is_typing=True)
    elif key == "t":
        return replace(listing, is_todo=not listing.is_todo, at=0)
    last = max(0, len(listing.shown) - 1)
    return replace(listing, at=max(0, min(listing.at + _STEPS.get(key, 0), last)))


def list_page(console: Console, listing: Listing) -> None:
    """As many of the exercises as fit around the cursor."""
    shown = listing.shown
    told = f"filter: {listing.text}{'▏' if listing.is_typing else ''}" if listing.text or listing.is_typing else ""
    kind = "to do" if listing.is_todo else "all"
    console.print(Text.assemble(("Exercises", "bold"), f"  {len(shown)} of {len(listing.rows)} ({kind})  ", told))
    room = max(3, console.height - 6)
    first = max(0, min(listing.at - room // 2, len(shown) - room))
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True, overflow="ellipsis")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for number, row in enumerate(shown[first : first + room], first):
        is_here = number == listing.at
        table.add_row(
            Text(("▸ " if is_here else "  ") + row.exercise.id, style="bold" if is_here else ""),
            Text(row.state),
            Text(f"{row.exercise.minutes} min", style="dim"),
            Text(row.exercise.title),
        )
    console.print(table)
    if len(shown) > first + room:
        console.print(Text(f"↓ {len(shown) - first - room} more", style="dim"))
    if not shown:
        console.print("No exercise fits.")
