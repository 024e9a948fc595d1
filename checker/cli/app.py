"""The typer application, and what the commands share: the console, the context, errors."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer
from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from ..errors import KataError

if TYPE_CHECKING:
    from rich.markdown import Markdown

    from .context import Context

# With NO_COLOR, no styles and no links either: whoever sets it wants text.
_STYLES: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
# Code in a text is bold, not a dark box: that reads on light and on dark grounds.
_THEME = Theme({"markdown.code": "bold"})
console = Console(highlight=False, color_system=_STYLES, theme=_THEME)
OFFICIAL = "Official page: "
errors = Console(stderr=True, highlight=False, color_system=_STYLES)


class _Context(typer.Context):
    obj: Context


Ctx: TypeAlias = _Context


def _names(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a shell that completes what is typed."""
    from .context import Context

    with contextlib.suppress(KataError):
        known = list(Context(None, Path.cwd()).exercises)
        return [name for each in known for name in (each, each.partition("/")[2]) if name.startswith(incomplete)]
    return []


Name = Annotated[
    str | None,
    typer.Argument(
        metavar="[EX]", help="An exercise, or any part of its name that fits one alone.", autocompletion=_names
    ),
]
app = typer.Typer(
    help="Async Test Kata: tests that would notice a bug.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def note(text: str) -> None:
    """A line beside the result, for people only."""
    errors.print(Text(text, style="dim"), soft_wrap=True)


def markdown(text: str) -> Markdown:
    """Markdown with colours of the terminal's own."""
    from rich.markdown import Markdown

    return Markdown(text, hyperlinks=False, code_theme="ansi_light")


def print_markdown(text: str) -> None:
    """Markdown, laid out for the terminal."""
    body, marker, page = text.rpartition(OFFICIAL)
    console.print(markdown(body if marker else text))
    if marker:  # an address is one word, however long
        console.print()
        console.print(Text(marker + page.strip()), soft_wrap=True)
