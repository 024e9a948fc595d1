"""The typer application, and what the commands share: the console, the context, errors."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich.console import Console
from rich.text import Text

from .context import Context

console = Console(highlight=False, width=None if os.isatty(1) else 100)
errors = Console(stderr=True, highlight=False)


class _Context(typer.Context):
    obj: Context


Ctx: TypeAlias = _Context
app = typer.Typer(
    help="Async Test Kata: tests that would notice a bug.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where your copies are (else KATA_WORKSPACE, else workspace/).")
    ] = None,
) -> None:
    """Say where you are and what comes next, when no command is given."""
    ctx.obj = Context(workspace, Path.cwd())
    if ctx.invoked_subcommand is None:
        from .learn import where

        where(ctx.obj)


def note(text: str) -> None:
    """A line beside the result, for people only."""
    errors.print(Text(text, style="dim"), soft_wrap=True)


def print_markdown(text: str) -> None:
    """Markdown, laid out for the terminal."""
    from rich.markdown import Markdown

    console.print(Markdown(text, hyperlinks=False))
