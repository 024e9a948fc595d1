"""The typer application, and what the commands share: the console, the context, errors."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, TypeAlias

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from .context import Context

# With NO_COLOR, no styles and no links either: whoever sets it wants text.
_STYLES: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
console = Console(highlight=False, color_system=_STYLES)
OFFICIAL = "Official page: "
errors = Console(stderr=True, highlight=False, color_system=_STYLES)


class _Context(typer.Context):
    obj: Context


Ctx: TypeAlias = _Context
app = typer.Typer(
    help="Async Test Kata: tests that would notice a bug.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def note(text: str) -> None:
    """A line beside the result, for people only."""
    errors.print(Text(text, style="dim"), soft_wrap=True)


def print_markdown(text: str) -> None:
    """Markdown, laid out for the terminal."""
    from rich.markdown import Markdown

    body, marker, page = text.rpartition(OFFICIAL)
    console.print(Markdown(body if marker else text, hyperlinks=False))
    if marker:  # an address is one word, however long
        console.print()
        console.print(Text(marker + page.strip()), soft_wrap=True)
