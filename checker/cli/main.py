"""The entry point of `kata`: runs a command, and turns our errors into one clear message."""

from __future__ import annotations

import os
import sys

from ..errors import KataError, invocation

# Commands that judge: their workers warm up while the rest of the program is imported.
_JUDGING = {"check", "audit", "watch"}


def run(arguments: list[str] | None = None) -> int:
    """Run the program; exit with 0 accepted, 1 rejected, 2 misuse or our own fault, 3 inconclusive, 130 stopped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character still gets the rest
    try:
        status = _run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing of yours was changed.\n")
        status = 130
    sys.exit(status)


def _run(arguments: list[str] | None) -> int:
    typed = sys.argv[1:] if arguments is None else arguments
    if _JUDGING & set(typed) and not {"--help", "--fresh"} & set(typed):
        from ..engine.start import prestart

        prestart()
    from rich.text import Text

    from . import check, grade, lab, learn, maintain  # noqa: F401  (they register their commands)
    from .app import app, errors

    try:
        result = app(arguments, prog_name=invocation(), standalone_mode=False)
        sys.stdout.flush()
        status = result if isinstance(result, int) else 0
        if status == 130:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
    except KataError as error:
        errors.print(Text(str(error)), soft_wrap=True)
        status = 2
    except BrokenPipeError:
        # Whoever read our output has enough; say nothing more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except Exception as error:  # a usage error of typer's, or a fault of ours
        status = _told(error)
    return status


def _told(error: Exception) -> int:
    show = getattr(error, "show", None)
    if show is not None:
        show()
        return 2
    from rich.text import Text

    from .app import errors

    if type(error).__name__ == "Abort":
        raise KeyboardInterrupt
    if os.environ.get("KATA_DEBUG"):
        raise error
    errors.print(
        Text(
            f"This is a fault of the workshop's, not of yours: {type(error).__name__}: {error}. "
            "Set KATA_DEBUG=1 to see where."
        ),
        soft_wrap=True,
    )
    return 2
