"""One page that fills the terminal, drawn anew in place; with plain output, the same text one after the other."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text

_OTHER_SCREEN, _HOME_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[?2004h", "\x1b[?2004l\x1b[?25h\x1b[?1049l"
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_HOME, _TO_LINE_END, _TO_END = "\x1b[H", "\x1b[K", "\x1b[J"


class Screen:
    """Where pages are shown. `is_live`: in place on the terminal's other screen, which the end puts away."""

    def __init__(self, console: Console, *, is_live: bool) -> None:
        self.console = console
        self.is_live = is_live
        self._lines: list[str] = []
        self._footer = ""
        self._top = 0

    def __enter__(self) -> Self:
        self.take()
        return self

    def take(self) -> None:
        """Turn to the other screen; what is pasted comes marked as such from now on."""
        self._write(_OTHER_SCREEN)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write(_HOME_SCREEN)

    def show(self, page: Callable[[Console], None], footer: Text, *, from_top: bool = True) -> None:
        """Show what `page` prints, with the footer below it."""
        if not self.is_live:
            page(self.console)
            self.console.print()
            return
        with self.console.capture() as captured:
            page(self.console)
        self._lines = captured.get().rstrip("\n").split("\n")
        with self.console.capture() as captured:
            self.console.print(footer, end="")
        self._footer = captured.get()
        self._top = 0 if from_top else self._top
        self._draw()

    def note(self, footer: Text) -> None:
        """Change the footer alone; nothing with plain output."""
        if self.is_live:
            with self.console.capture() as captured:
                self.console.print(footer, end="")
            self._footer = captured.get()
            self._draw()

    def scroll(self, key: str) -> bool:
        """Move the page, if this is a key for it and there is more than fits."""
        step = {"up": -1, "down": 1, "page up": -self._room, "page down": self._room, " ": self._room}.get(key)
        if key in ("home", "end"):
            step = -len(self._lines) if key == "home" else len(self._lines)
        if step is None:
            return False
        self._top = max(0, min(self._top + step, len(self._lines) - self._room))
        self._draw()
        return True

    @property
    def top(self) -> int:
        """The first line of the page that is shown."""
        return self._top

    @top.setter
    def top(self, line: int) -> None:
        self._top = line
        if self.is_live:
            self._draw()

    def scroll_to(self, line: str) -> None:
        """Begin the page at the line that says this, if there is one and the page does not fit."""
        plain = [_ESCAPES.sub("", each).strip() for each in self._lines]
        if line in plain:
            self._top = plain.index(line)
            self._draw()

    @contextlib.contextmanager
    def lent(self) -> Iterator[None]:
        """Somebody else uses the terminal meanwhile."""
        self._write(_HOME_SCREEN)
        try:
            yield
        finally:
            self._write(_OTHER_SCREEN)
            if self.is_live:
                self._draw()

    @property
    def _room(self) -> int:
        return max(1, self.console.height - 1 - (self._footer.count("\n") + 1))

    def _draw(self) -> None:
        room = self._room
        self._top = max(0, min(self._top, len(self._lines) - room))
        shown = self._lines[self._top : self._top + room]
        shown += [""] * (room - len(shown))
        left = len(self._lines) - self._top - room
        shown.append(f"↓ {left} more line{'s' if left > 1 else ''}" if left > 0 else "↑ scrolled" if self._top else "")
        lines = [*shown, *self._footer.split("\n")]
        self._write(_HOME + f"{_TO_LINE_END}\n".join(lines) + _TO_LINE_END + _TO_END)

    def _write(self, text: str) -> None:
        if self.is_live:
            sys.stdout.write(text)
            sys.stdout.flush()
