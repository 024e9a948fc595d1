"""The whole story of each finding's code: `explanations/CODE.md`, read when asked for. Works offline."""

from __future__ import annotations

import difflib
from pathlib import Path

from .errors import KataError, command
from .findings import Code

FOLDER = Path(__file__).resolve().parent / "explanations"


class UnknownCode(KataError):
    """There is no finding of that code."""

    def __init__(self, code: str) -> None:
        close = difflib.get_close_matches(code, [each.value for each in Code], n=1, cutoff=0.4)
        meant = f" Did you mean {close[0]}?" if close else ""
        super().__init__(f"There is no code {code}.{meant} `{command('explain')}` lists them.")


def explanation(code: str) -> str:
    """The story of one code, in Markdown. Raises UnknownCode."""
    if code not in set(Code):
        raise UnknownCode(code)
    return (FOLDER / f"{code}.md").read_text(encoding="utf-8")


def codes() -> tuple[tuple[str, str], ...]:
    """Every code with its title."""
    return tuple((code.value, explanation(code).splitlines()[0].partition(": ")[2]) for code in Code)
