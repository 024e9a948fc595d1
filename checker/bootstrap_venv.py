"""`.venv` in the clone: whose it is, what it is fit for, and how it is made.

It is ours when it holds the file `kata-ready`: the stamp of what it was made for, or a word for what is not
finished. A `.venv` without that file is someone else's: it may be used, and is never changed.
Standard library only, in syntax that Python 3.6 reads.
"""

import hashlib
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from checker.bootstrap_step import StepFailed, answer_of, run_step, say

OLDEST, NEWEST = (3, 11), (3, 13)
MARKER = "kata-ready"
LOG = "kata-setup.log"
ABSENT, UNFINISHED, OUTDATED, READY, FOREIGN = "absent", "unfinished", "outdated", "ready", "foreign"
_PROBE = "import sys, venv, ensurepip; print(sys.executable if {} <= sys.version_info[:2] <= {} else '')"


class NotSetUp(Exception):
    """The program cannot start here; `str()` is the whole message. (KataError needs a newer Python.)"""


def fits(version: "tuple[int, ...]") -> bool:
    """Whether the course runs on a Python of this version."""
    return OLDEST <= version[:2] <= NEWEST


class Venv:
    """The environment of one clone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self._marker = self.folder / MARKER

    def state(self) -> str:
        """ABSENT, UNFINISHED (ours, to be made anew), OUTDATED (ours, to be updated), READY, or FOREIGN."""
        if not os.path.lexists(str(self.folder)):
            return ABSENT
        try:
            written = self._marker.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            is_empty = self.folder.is_dir() and not any(self.folder.iterdir())
            return ABSENT if is_empty else FOREIGN
        if written == UNFINISHED or not self.python.exists():
            return UNFINISHED
        return READY if written == self._stamp() else OUTDATED

    def lost_its_python(self) -> bool:
        """Whether the Python running in it is of another version than the one that it was made for.

        So it is after the system's `python3`, which `.venv` only links to, was replaced.
        """
        packages = self.folder / "lib" / "python{}.{}".format(*sys.version_info[:2])
        return os.name == "posix" and not packages.is_dir()

    def mark_unfinished(self) -> None:
        """Have the next start make it anew."""
        self._mark(UNFINISHED)

    def set_up(self) -> None:
        """Bring it to what pyproject.toml asks for. Raises NotSetUp, KeyboardInterrupt.

        Two at once: the second waits, and finds the work done. After a failure no half-made `.venv` is left;
        one that was to be updated stays, and is updated by the next start.
        """
        try:
            with Lock(self.root / "pyproject.toml"):
                state = self.state()
                if state in (ABSENT, UNFINISHED):
                    self._make()
                elif state == OUTDATED:
                    self._update()
        except OSError as error:
            message = f"Async Test Kata could not be set up: {error}. Put that right, then start again."
            raise NotSetUp(message) from error

    def _make(self) -> None:
        python = find_python()
        began_s = time.monotonic()
        self._remove()
        self.folder.mkdir()
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            self._mark(UNFINISHED)
            command = [python, "-I", "-m", "venv", str(self.folder)]
            run_step("Making .venv", command, self.folder / LOG)
            self._install()
        except BaseException as error:
            # A second Ctrl-C must not leave half of it behind.
            interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
            try:
                if not isinstance(error, StepFailed):
                    raise
                raise NotSetUp(_failure(error, self._save_log(), "nothing was left behind")) from error
            finally:
                self._remove()
                signal.signal(signal.SIGINT, interrupt)
        finally:
            signal.signal(signal.SIGTERM, before)
        say(f"Set up in {time.monotonic() - began_s:.0f} s.")

    def _update(self) -> None:
        self._mark(OUTDATED)
        try:
            self._install()
        except StepFailed as error:
            raise NotSetUp(_failure(error, self.folder / LOG, "the next start tries again")) from error

    def _install(self) -> None:
        stamp = self._stamp()
        command = [str(self.python), "-I", "-u", "-m", "pip", "install", "--editable", str(self.root)]
        quiet = ["--no-input", "--progress-bar", "off", "--disable-pip-version-check"]
        run_step("Installing the packages", [*command, *quiet], self.folder / LOG)
        self._mark(stamp)

    def _stamp(self) -> str:
        """What it is made for: this pyproject.toml, at this place, which an editable install knows."""
        digest = hashlib.sha256(os.fsencode(str(self.root)))
        digest.update((self.root / "pyproject.toml").read_bytes())
        return digest.hexdigest()

    def _mark(self, text: str) -> None:
        self._marker.write_text(text + "\n", encoding="ascii")

    def _save_log(self) -> Path:
        """Put the log where it outlives `.venv`."""
        handle, path = tempfile.mkstemp(prefix="kata-setup-", suffix=".log")
        os.close(handle)
        shutil.copyfile(str(self.folder / LOG), path)
        return Path(path)

    def _remove(self) -> None:
        """Take it away; the marker goes last, so that what a crash leaves is still known as ours."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir(), key=lambda path: path == self._marker):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(str(path))
            else:
                path.unlink()
        self.folder.rmdir()


def find_python() -> str:
    """A Python that the course runs on and that can make environments: this one, else one on the PATH.

    Raises NotSetUp.
    """
    versions = [f"3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    folders = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder]
    found = [shutil.which(f"python{version}", path=folder) for version in versions for folder in folders]
    commands = [[sys.executable], *([path] for path in found if path)]
    if os.name == "nt":
        commands += [["py", f"-{version}"] for version in versions]
    probe = ["-I", "-c", _PROBE.format(OLDEST, NEWEST)]
    for command in commands:
        python = answer_of([*command, *probe])  # A name on the PATH may be a shim with nothing behind it.
        if python:
            return python
    if fits(sys.version_info[:2]):
        raise NotSetUp(
            f"This Python ({sys.executable}) cannot make virtual environments: it lacks venv and ensurepip. "
            "On Debian and Ubuntu they are in the package python3-venv. Then start again."
        )
    version = "{}.{}".format(*sys.version_info[:2])
    raise NotSetUp(
        f"Async Test Kata needs Python 3.11, 3.12 or 3.13; this is {version} ({sys.executable}), "
        "and no other that fits is on the PATH. Install one, then start again."
    )


def _failure(error: StepFailed, log: Path, aftermath: str) -> str:
    return f"Async Test Kata could not be set up: {error}; the whole log is in {log}, and {aftermath}."


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


class Lock:
    """Held while one start sets up: a lock on a file that is always there, so that nothing is left over.

    The system lets go of it when the process ends, however it ends.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def __enter__(self) -> "Lock":
        mode = os.O_RDWR if os.access(str(self._path), os.W_OK) else os.O_RDONLY
        self._handle = os.open(str(self._path), mode)
        if not _take(self._handle, wait=False):
            say("Another start is setting up .venv; this one waits for it ...")
            while not _take(self._handle, wait=True):
                pass
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int, wait: bool) -> bool:
        # Far behind the end of the file: on Windows nobody else, pip for one, can read what is locked.
        os.lseek(handle, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int, wait: bool) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
