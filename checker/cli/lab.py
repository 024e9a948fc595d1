"""`kata lab`: JupyterLab on someone's own copies of the notebooks, and slides made of them."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
from typing import Annotated

import typer
from rich.text import Text

from ..errors import KataError, command
from .app import Ctx, app, console, note

_DISTRIBUTION, _EXTRA = "async-test-kata", "notebook"


@app.command(rich_help_panel="Teaching")
def lab(
    ctx: Ctx,
    chapter: Annotated[str | None, typer.Argument(metavar="[CHAPTER]", help="Any part of a notebook's name.")] = None,
    slides: Annotated[bool, typer.Option("--slides", help="Make slides of it, and open nothing.")] = False,
    teacher: Annotated[
        bool, typer.Option("--teacher", help="With the notes for whoever teaches, the answers and the outputs.")
    ] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser, or only serve.")] = True,
) -> None:
    """JupyterLab on your own copies of the notebooks; what it needs is fetched when first used.

    Example: kata lab 02_mocking
    """
    from ..lessons import chosen, copy

    context = ctx.obj
    picked = chosen(context.workspace.places, chapter)
    folder = context.workspace.folder / ("notebooks-teacher" if teacher or slides else "notebooks")
    _fetch_extra()
    copies = [copy(lesson, folder, for_teacher=teacher or slides) for lesson in picked]
    for copied in copies:
        if not copied.is_new:
            note(f"{copied.path.name}: your copy is there already, and stays as it is.")
    first = copies[0].path
    surroundings = os.environ | {"KATA_WORKSPACE": str(context.workspace.folder)}
    if slides:
        for copied in copies:
            call = [sys.executable, "-m", "nbconvert", "--to", "slides", "--log-level=ERROR", str(copied.path)]
            if subprocess.run(call, env=surroundings, check=False).returncode:
                raise KataError(f"No slides could be made of {copied.path}.")
            console.print(Text(str(copied.path.with_suffix(".slides.html"))))
        return
    call = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    call += [] if browser else ["--no-browser"]
    call += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # in a container one often is
    call += [f"--LabApp.default_url=/lab/tree/{first.name}"] if chapter is not None else []
    call += ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    raise typer.Exit(subprocess.run(call, env=surroundings, check=False).returncode)


def _fetch_extra() -> None:
    """Install what only notebooks need, unless it is there."""
    if all(importlib.util.find_spec(name) for name in ("jupyterlab", "ipykernel", "nbconvert")):
        return
    wanted = _requirements()
    if importlib.util.find_spec("pip") is None:
        advice = f"uv pip install {' '.join(repr(each) for each in wanted)}"
        raise KataError(
            f"JupyterLab is not installed, and neither is pip. `{advice}` fetches it; then `{command('lab')}`."
        )
    console.print("Fetching JupyterLab, once …")
    done = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *wanted], check=False)
    if done.returncode:
        raise KataError("JupyterLab could not be fetched. Is there a network? Nothing of yours was changed.")


def _requirements() -> list[str]:
    """What the extra asks for, with its bounds."""
    asked = importlib.metadata.requires(_DISTRIBUTION) or []
    return [each.partition(";")[0].strip() for each in asked if re.search(rf"extra == ['\"]{_EXTRA}['\"]", each)]
