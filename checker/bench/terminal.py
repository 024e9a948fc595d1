"""A pseudo-terminal of a given size with a program in it, read as a person would: page by page."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LIMIT_S = 60.0
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\|\x1b\][^\x07]*\x07")
_HOME, _BACK = "\x1b[H", "\x1b[?25h"


class NeverShown(AssertionError):
    """A text that was waited for did not come."""


@dataclass
class Terminal:
    """What is typed into one end arrives at the program, and what it writes is kept."""

    process: subprocess.Popen[bytes]
    descriptor: int
    written: str = ""
    _rest: bytes = field(default=b"", repr=False)

    def press(self, keys: str) -> None:
        """Type these keys."""
        os.write(self.descriptor, keys.encode())

    @property
    def page(self) -> str:
        """What stands on the screen: the text since the page was last begun."""
        return plain(self.written.rpartition(_HOME)[2])

    @property
    def pages(self) -> list[str]:
        """Every page that was shown in place."""
        return [plain(page.partition(_BACK)[0]) for page in self.written.split(_HOME)[1:]]

    def shows(self, *texts: str) -> str:
        """Wait for a page that has all these texts, whatever the line ends. Raises NeverShown with the last page."""
        deadline = time.monotonic() + LIMIT_S
        while not all(text in joined(self.page) for text in texts):
            if not self.read(deadline):
                raise NeverShown(f"{texts} never came. The last page:\n{self.page}")
        return self.page

    def ends(self) -> int:
        """Wait for the program's end; its exit code."""
        deadline = time.monotonic() + LIMIT_S
        while self.read(deadline):
            pass
        return self.process.wait(5)

    def read(self, deadline: float) -> bool:
        """Read what was written since, waiting for it if need be; False at the deadline and at the end."""
        ready, _, _ = select.select([self.descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            data = self._rest + os.read(self.descriptor, 65_536)
        except OSError:  # Linux's word for the end
            return False
        whole = data.decode("utf-8", "ignore")
        self._rest = data[len(whole.encode()) :]
        self.written += whole
        return bool(data)


def plain(text: str) -> str:
    """The text without colours, links and movements."""
    return _ESCAPES.sub("", text).replace("\r\n", "\n")


def joined(text: str) -> str:
    """The text on one line, for what may be wrapped anywhere."""
    return " ".join(text.split())


@contextlib.contextmanager
def terminal(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    columns: int = 80,
    rows: int = 40,
    has_input: bool = True,
) -> Iterator[Terminal]:
    """A program in a terminal of its own; ended at the end, if it has not ended by itself."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    known = {k: v for k, v in environment.items() if k not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        list(arguments),
        cwd=folder,
        env={"TERM": "xterm-256color", "COLORTERM": "truecolor"} | known,
        stdin=theirs if has_input else subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=_take_terminal,
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        os.close(ours)


def _take_terminal() -> None:
    os.setsid()
    fcntl.ioctl(1, termios.TIOCSCTTY, 0)


def saved(path: Path, text: str | bytes) -> None:
    """Save a file as editors do: whole, under another name first."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode() if isinstance(text, str) else text)
    beside.replace(path)
