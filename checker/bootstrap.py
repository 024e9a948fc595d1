"""From `python3 -m checker` on any Python to the program running in an environment that has what it needs.

Standard library only, in syntax that Python 3.6 reads; nothing else of this package is imported until the
environment is right. The `bootstrap*` modules print, because no other module can run yet.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from checker.bootstrap_venv import FOREIGN, READY, NotSetUp, Venv, fits

INVOCATION = "KATA_INVOCATION"
DISTRIBUTION = "async-test-kata"
MISUSE, INTERRUPTED = 2, 130


def main() -> int:
    """Go on in the right environment; returns the exit code where this process is not replaced."""
    _note_invocation()
    try:
        python = _choose_python(clone_of(Path(__file__).resolve().parent))
    except NotSetUp as error:
        sys.stderr.write(f"{error}\n")
        return MISUSE
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. The next start begins the setup again.\n")
        return INTERRUPTED
    return _run() if python is None else _go_on(str(python))


def _choose_python(root: "Path | None") -> "Path | None":
    """The interpreter to go on with, set up if need be; None for this one. Raises NotSetUp."""
    if root is None:
        if not fits(sys.version_info[:2]):
            version = "{}.{}".format(*sys.version_info[:2])
            raise NotSetUp(f"Async Test Kata needs Python 3.11, 3.12 or 3.13; {sys.executable} is {version}.")
        return None
    venv = Venv(root)
    if venv.folder.exists() and venv.folder.samefile(sys.prefix):
        return _choose_inside(venv)
    is_active = sys.prefix != sys.base_prefix
    state = venv.state()
    # A bare Python beside an environment that is ready, every start but the first, is not looked at further.
    if (is_active or state != READY) and is_enough(root):
        return None
    if state == FOREIGN:
        if not venv.python.exists():
            raise NotSetUp(_foreign(venv))
    elif state != READY:
        venv.set_up()
    return venv.python


def _choose_inside(venv: Venv) -> "Path | None":
    """The same, started by the Python of `.venv` itself."""
    state = venv.state()
    if state == FOREIGN:
        if not (_has_distribution() and is_enough(venv.root)):
            raise NotSetUp(_foreign(venv))
        return None
    if venv.lost_its_python():
        venv.mark_unfinished()
        return Path(getattr(sys, "_base_executable", sys.executable))
    if state == READY:
        return None
    venv.set_up()
    return venv.python


def _foreign(venv: Venv) -> str:
    return (
        f"{venv.folder} was not made by this program and lacks what it needs. "
        "Run `uv sync` if uv made it, or move it away; then start again."
    )


def _run() -> int:
    """Hand over to the program, whose imports need the packages that were made sure of."""
    from checker.cli.main import run

    sys.exit(run())


def _go_on(python: str) -> int:
    """Start again as `python -m checker` with the same arguments; on POSIX this process becomes that one."""
    command = [python, "-m", "checker", *sys.argv[1:]]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(python, command)
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # The child got it too, and says what there is to say.


def _note_invocation() -> None:
    """Leave for `checker.errors` what was typed; nothing under uv, where one types `uv run kata`."""
    if os.environ.get("UV_RUN_RECURSION_DEPTH"):
        os.environ.pop(INVOCATION, None)
    else:
        # Only Python 3.10 and later know what was typed.
        os.environ.setdefault(INVOCATION, invocation(getattr(sys, "orig_argv", [sys.executable])[0]))


def invocation(typed: str) -> str:
    """The words that start this program, from the first of them: `python3 -m checker`."""
    name = Path(typed).name
    found = shutil.which(name)
    if found is not None:
        # A shim, such as pyenv's, is typed as `python3` and arrives here as the full path behind it. (A plain
        # `python` of that kind may be any version, so there the full path is what is sure to work.)
        is_shim = Path(found).parent.name == "shims" and name.startswith("python3")
        is_same = Path(typed).exists() and Path(found).samefile(typed)
        if is_shim or is_same or typed == name:
            typed = name[: -len(".exe")] if name.lower().endswith(".exe") else name
    return (f'"{typed}"' if " " in typed else typed) + " -m checker"


def clone_of(package: Path) -> "Path | None":
    """The clone that the package lies in; None when it was installed from a wheel."""
    root = package.parent
    is_clone = (root / "pyproject.toml").is_file() and (root / "exercises").is_dir()
    return root if is_clone else None


def _has_distribution() -> bool:
    from importlib import metadata

    try:
        metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return False
    return True


def is_enough(root: Path) -> bool:
    """Whether this Python has all packages that pyproject.toml asks for, each in a version that it allows."""
    if not fits(sys.version_info[:2]):
        return False
    from importlib.util import find_spec

    if find_spec("typer") is None:
        return False  # The quick way out for a bare Python: the modules below take a moment to import.
    import tomllib
    from importlib import metadata

    wanted = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    try:
        return all(allows(bounds, metadata.version(name)) for name, bounds in map(split_requirement, wanted))
    except metadata.PackageNotFoundError:
        return False


def split_requirement(requirement: str) -> "tuple[str, str]":
    """`sqlalchemy[asyncio]>=2.1,<2.2` is `("sqlalchemy", ">=2.1,<2.2")`."""
    end = next((at for at, mark in enumerate(requirement) if mark in "[<>=!~; "), len(requirement))
    return requirement[:end], requirement[end:].rpartition("]")[2].partition(";")[0].strip()


def allows(bounds: str, version: str) -> bool:
    """Whether a version lies within bounds of the forms that our pyproject.toml uses: `>=1.5,<1.6`."""
    here = _release(version)
    for bound in filter(None, (part.strip() for part in bounds.split(","))):
        if bound.startswith(">="):
            if here < _release(bound[2:]):
                return False
        elif bound.startswith("<") and not bound.startswith("<="):
            if here >= _release(bound[1:]):
                return False
        else:
            return False  # Not a form that we use: let pip decide.
    return True


def _release(version: str) -> "tuple[int, ...]":
    """`2.1.0rc1` is `(2, 1)`: the leading numbers, less trailing zeros."""
    numbers = []
    for part in version.strip().split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if digits:
            numbers.append(int(digits))
        if digits != part:
            break
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
