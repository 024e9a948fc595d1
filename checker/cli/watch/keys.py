"""Single keys from a terminal, by name, without waiting for Enter."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterator

# What terminals send for keys that are no character.
_SEQUENCES = {
    "\x1b[A": "up",
    "\x1b[B": "down",
    "\x1bOA": "up",
    "\x1bOB": "down",
    "\x1b[5~": "page up",
    "\x1b[6~": "page down",
    "\x1b[H": "home",
    "\x1b[F": "end",
    "\x1b[1~": "home",
    "\x1b[4~": "end",
    "\r": "enter",
    "\n": "enter",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x1b": "escape",
    "\x04": "q",  # Ctrl-D: no more input
}
_WINDOWS = {"H": "up", "P": "down", "I": "page up", "Q": "page down", "G": "home", "O": "end"}


def decoded(text: str) -> Iterator[str]:
    """The keys in a piece of input. Sequences of keys that are not known are passed over."""
    while text:
        if text.startswith(("\x1b[", "\x1bO")):
            end = next((i for i, c in enumerate(text[2:], 3) if c.isalpha() or c == "~"), len(text))
            sequence, text = text[:end], text[end:]
        else:
            sequence, text = text[0], text[1:]
        if sequence in _SEQUENCES:
            yield _SEQUENCES[sequence]
        elif len(sequence) == 1 and sequence.isprintable():
            yield sequence


class Pasted:
    """Leaves out what was pasted, between the marks that terminals put around it: text is no keys."""

    def __init__(self) -> None:
        self._is_open = False

    def without(self, text: str) -> str:
        """The text that was typed."""
        typed = ""
        while text:
            if self._is_open:
                _, end, text = text.partition("\x1b[201~")
                self._is_open = not end
            else:
                before, begin, text = text.partition("\x1b[200~")
                typed += before
                self._is_open = bool(begin)
        return typed


def can_be_read() -> bool:
    """Whether single keys can be read here."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    return os.name == "nt" or _termios_is_there()


def _termios_is_there() -> bool:
    try:
        import termios  # noqa: F401
    except ImportError:
        return False
    return True


@contextlib.contextmanager
def raw() -> Iterator[None]:
    """The terminal gives each key at once and does not show it; Ctrl-C works as ever. Put back at the end."""
    if os.name == "nt":
        yield
        return
    import termios

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    take()
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def take() -> None:
    """Let each key come at once; again after a shell has had the terminal."""
    if os.name != "nt":
        import termios
        import tty

        tty.setcbreak(sys.stdin.fileno(), termios.TCSANOW)


async def pressed() -> AsyncIterator[str]:
    """The keys as they are pressed, inside `raw()`. Ends when the terminal does."""
    if os.name == "nt":
        async for key in _pressed_on_windows():
            yield key
        return
    loop, descriptor = asyncio.get_running_loop(), sys.stdin.fileno()
    read: asyncio.Queue[bytes] = asyncio.Queue()

    def take() -> None:
        try:
            read.put_nowait(os.read(descriptor, 1024))
        except OSError:
            read.put_nowait(b"")

    loop.add_reader(descriptor, take)
    pasted = Pasted()
    try:
        while data := await read.get():
            for key in decoded(pasted.without(data.decode("utf-8", "replace"))):
                yield key
    finally:
        loop.remove_reader(descriptor)


async def _pressed_on_windows() -> AsyncIterator[str]:
    import msvcrt

    while True:
        while not msvcrt.kbhit():  # type: ignore[attr-defined]  # noqa: ASYNC110 - the console tells nothing  # type: ignore[attr-defined]
            await asyncio.sleep(0.02)
        character = msvcrt.getwch()  # type: ignore[attr-defined]
        if character in ("\x00", "\xe0"):
            named = _WINDOWS.get(msvcrt.getwch())  # type: ignore[attr-defined]
            if named:
                yield named
        elif character == "\x03":
            raise KeyboardInterrupt
        else:
            for key in decoded(character):
                yield key
