"""A class of forgers and one honest learner, graded in the sandbox: no examined point is gained, no grade harmed.

The corpus: every file of `attacks/`, those of `MORE` that only grading has to stand, and entries that no archive should
be. All is one class, judged side by side, so that whatever one of them breaks would show in another's result.
"""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from checker.catalog import load_exercises
from checker.engine import sandbox
from checker.engine.sandbox import NoSandbox
from checker.findings import VerdictKind
from checker.grading.grade import Graded, grade, store_url
from checker.grading.intake import HandedIn, read_class
from checker.grading.outputs import Outcome, write_all
from checker.grading.points import points, tally
from checker.grading.store import Store
from checker.places import find_places
from checker.tests.test_attacks import ATTACKS, LISTS
from checker.tests.workers import GREETING, TINY, descendants

PLACES = find_places(TINY)
EXERCISES = {GREETING: load_exercises(PLACES)[GREETING]}
FILE = f"{GREETING}/test_tiny_greeting.py"
SOLUTION = (TINY / "solutions" / FILE).read_bytes()
HONEST = "zoe"

MORE: Mapping[str, str] = {
    "asks_the_network": """
        import socket

        def test_everything():
            with socket.create_connection(("127.0.0.1", 9), 2):
                pass
    """,
    "sends_a_datagram": """
        import socket

        def test_everything():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
                out.sendto(b"x", ("10.0.0.1", 53))
    """,
    "fills_the_disk": """
        from pathlib import Path

        def test_everything():
            for number in range(100_000):
                Path(f"filler{number}").write_bytes(b"0" * (1 << 24))
    """,
    "writes_a_sitecustomize": """
        import sysconfig
        from pathlib import Path

        def test_everything():
            Path(sysconfig.get_path("purelib"), "sitecustomize.py").write_text("import os; os._exit(0)")
    """,
    "writes_a_conftest": """
        from pathlib import Path

        HOOK = '''
        import pytest

        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_makereport(item, call):
            report = yield
            report.outcome = "passed"
            return report
        '''
        Path("conftest.py").write_text(HOOK)

        def test_everything():
            assert False
    """,
    "patches_asyncio": """
        import asyncio, pytest
        asyncio.run = lambda coroutine: coroutine.close()
        asyncio.Runner.run = lambda self, coroutine, **_: coroutine.close()

        @pytest.mark.asyncio
        async def test_everything():
            assert False
    """,
    "patches_raises": """
        import contextlib, pytest
        from tiny_greeting import greeting
        pytest.raises = lambda *_, **__: contextlib.suppress(BaseException)

        def test_everything():
            with pytest.raises(ValueError):
                assert False
    """,
    "looks_for_the_others": """
        from pathlib import Path

        def test_everything():
            found = [path for path in Path("/").rglob("test_tiny_greeting.py") if path.parent != Path.cwd()]
            found += list(Path("/").rglob("suite.toml")) + list(Path("/").rglob("gradebook.csv"))
            assert found
    """,
    "looks_at_other_processes": """
        from pathlib import Path

        def test_everything():
            lines = [p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline")]
            assert any(b"grade" in line for line in lines)
    """,
    "looks_into_the_environment": """
        import os

        def test_everything():
            assert [name for name in os.environ if name.startswith(("KATA", "PYTEST_ADD"))]
    """,
    "leaves_a_note_for_the_next": """
        import os, tempfile
        from pathlib import Path

        PLACES = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), Path.home()]

        def test_everything():
            seen = 0
            for place in PLACES:
                try:
                    note = place / "forger.note"
                    seen += note.exists()
                    note.write_text("x")
                except OSError:
                    pass
            assert not seen
    """,
    "says_html": """
        def test_everything():
            assert False, "<script>document.title='forged'</script>=HYPERLINK(1)"
    """,
}


def _text(name: str) -> str:
    if name in MORE:
        lines = MORE[name].strip("\n").splitlines()
        return "\n".join(line[8:] for line in lines) + "\n"
    exercise = EXERCISES[GREETING]
    given = exercise.given["tiny_greeting.py"].decode()
    words = {
        "@STATE@": "/tmp/forger.state",
        "@COURSE@": str(TINY),
        "@HASH@": "0" * 64,
        "@TEXT@": given.replace('"""', "'"),
        "@CORRECT@": LISTS[name]() if name in LISTS else "",
    }
    text = (ATTACKS / f"{name}.py").read_text()
    for word, value in words.items():
        text = text.replace(word, value)
    return text


FORGERS = sorted({*(path.stem for path in ATTACKS.glob("*.py")), *MORE})


def _zip(path: Path, members: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _tar(path: Path, *members: tarfile.TarInfo) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"x" * member.size))


def _member(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, to
    return member


def _cut_short(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 and no more")


def _linked_folder(path: Path) -> None:
    path.mkdir()
    (path / "01_first").symlink_to(TINY / "solutions" / "01_first")


TRICKS: Mapping[str, Callable[[Path], None]] = {
    "leaves.zip": lambda path: _zip(path, {f"../../{FILE}": SOLUTION}),
    "absolute.zip": lambda path: _zip(path, {f"/{FILE}": SOLUTION}),
    "windows.zip": lambda path: _zip(path, {f"C:\\{FILE}": SOLUTION}),
    "bomb.zip": lambda path: _zip(path, {f"{number}/{FILE}": b"#" * 200_000 for number in range(400)}),
    "many.zip": lambda path: _zip(path, {f"{number}": b"" for number in range(20_001)}),
    "no.zip": _cut_short,
    "link.tar.gz": lambda path: _tar(path, _member(FILE, tarfile.SYMTYPE, str(TINY / "solutions" / FILE))),
    "hard.tar.gz": lambda path: _tar(path, _member(FILE, tarfile.LNKTYPE, str(TINY / "solutions" / FILE))),
    "device.tar.gz": lambda path: _tar(path, _member(FILE, tarfile.CHRTYPE)),
    "folder_link": _linked_folder,
    "entry_link": lambda path: path.symlink_to(TINY / "solutions"),
    "=HYPERLINK(1)": lambda path: path.mkdir(),
    "<script>alert(1)<": lambda path: path.mkdir(),
}


def _there() -> bool:
    try:
        sandbox.check()
    except NoSandbox:
        return False
    return True


def _class(folder: Path) -> list[HandedIn]:
    """The class as it was handed in, and read."""
    for name in [*FORGERS, HONEST]:
        place = folder / name / FILE
        place.parent.mkdir(parents=True)
        place.write_bytes(SOLUTION if name == HONEST else _text(name).encode())
    for name, make in TRICKS.items():
        make(folder / name)
    return read_class(folder, EXERCISES)


def _litter() -> set[Path]:
    places = (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), Path.home())
    return {path for place in places if place.is_dir() for path in place.iterdir() if "forger" in path.name}


def _alone(folder: Path) -> list[HandedIn]:
    place = folder / HONEST / FILE
    place.parent.mkdir(parents=True)
    place.write_bytes(SOLUTION)
    return read_class(folder, EXERCISES)


def test_the_corpus_is_large_enough() -> None:
    assert len(FORGERS) + len(TRICKS) >= 60


@pytest.mark.skipif(not _there(), reason="bubblewrap is not installed, or may not work here")
@pytest.mark.asyncio
async def test_no_forger_gains_harms_or_leaves_anything(tmp_path: Path) -> None:
    before = set(descendants(os.getpid()))
    seen: dict[str, Graded] = {}
    for name, entries in (("alone", _alone(tmp_path / "one")), ("class", _class(tmp_path / "all"))):
        store = Store(store_url(tmp_path))
        results = await grade(PLACES, EXERCISES, entries, store, rerun=True)
        store.close()
        write_all(tmp_path / name, Outcome(results, entries, [GREETING], "examined"))
        seen |= {f"{name}/{each.learner.id}": each for each in results}

    alone, among_them = seen.pop(f"alone/{HONEST}"), seen.pop(f"class/{HONEST}")
    assert (points(alone), points(among_them)) == (100, 100)
    assert alone.verdict is not None
    assert among_them.verdict is not None
    assert alone.verdict.bugs == among_them.verdict.bugs

    gained = {
        name: each.verdict
        for name, each in seen.items()
        if each.verdict is not None and (points(each) or 0) > 0 and tally(each.verdict).held > 0
    }
    accepted = [name for name, each in seen.items() if each.verdict and each.verdict.kind is VerdictKind.ACCEPTED]
    undecided = [name for name, each in seen.items() if each.verdict and each.verdict.kind is VerdictKind.INCONCLUSIVE]
    assert (accepted, gained, undecided) == ([], {}, [])
    assert len(seen) == len(FORGERS) + len(TRICKS)

    assert set(descendants(os.getpid())) - before == set()
    assert _litter() == set()
    for page in ((tmp_path / "class" / "report.html"), *(tmp_path / "class" / "feedback").glob("*.html")):
        assert "<script>alert" not in page.read_text(encoding="utf-8")
        assert "<script>document.title='forged'" not in page.read_text(encoding="utf-8")
