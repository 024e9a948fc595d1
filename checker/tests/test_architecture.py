"""The house as its folders say: imports run one way, only the command line prints, nothing names an exercise."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from checker.catalog import exercise_ids
from checker.places import PACKAGE, find_places

# From the ground up. A module may import from its own layer's earlier lines and from lower layers only.
LAYERS = (
    ("checker", "errors", "bootstrap_step", "bootstrap_venv"),
    ("files", "places"),
    ("submission", "manifest", "state"),
    ("workspace", "locate", "handin", "lessons"),
    ("engine.trial", "engine.sockets"),
    ("engine.watch", "engine.reach", "engine.orders", "engine.plugins", "engine.disguise", "engine.forkable"),
    ("engine.bodies", "engine.library"),
    ("engine.warm",),
    ("engine.timings", "engine.resources", "engine.recorder", "engine.worker", "engine.zygote", "engine"),
    ("engine.sandbox", "engine.seccomp", "engine.disk"),
    ("engine.container",),
    ("engine.walls", "engine.start"),
    ("engine.runner",),
    ("engine.forking", "engine.fresh"),
    ("engine.backend",),
    ("findings",),
    ("schema", "explain"),
    ("catalog",),
    ("suite",),
    ("evidence", "last", "changes"),
    ("hunt",),
    ("judges.words",),
    ("judges.sharp",),
    (
        "judges.awaited",
        "judges.craft",
        "judges.fair",
        "judges.independent",
        "judges.ran",
        "judges.steady",
        "judges.tidy",
    ),
    ("judges", "experiment"),
    ("judging", "doctor", "handout"),
    ("bench", "bench.lay", "bench.terminal"),
    ("bench.verdicts", "bench.crowd", "bench.tools", "bench.on_screen", "bench.picture"),
    ("bench.report",),
    ("audit_rules",),
    ("audit",),
    ("cli.context", "cli.app", "cli.show", "cli.formats", "cli.editor", "cli.ladder", "cli.record", "cli"),
    ("cli.watch", "cli.watch.keys", "cli.watch.screen", "cli.watch.saves", "cli.watch.pages", "cli.watch.events"),
    ("cli.watch.listing", "cli.watch.judge"),
    ("cli.watch.actions",),
    ("cli.watch.desk",),
    ("cli.watch.command",),
    ("drawing", "drawing.svg"),
    ("drawing.timeline", "drawing.matrix", "drawing.lifetimes", "drawing.transactions", "drawing.request"),
    ("record", "record.loop", "record.fixtures"),
    ("record.transactions", "record.request"),
    ("record.main",),
    ("notebook.judged", "notebook.running"),
    ("notebook.magics", "notebook"),
    ("grading", "grading.intake", "grading.store"),
    ("grading.grade", "grading.policy", "grading.lms"),
    ("grading.points", "grading.cluster"),
    ("grading.feedback",),
    ("grading.outputs",),
    ("cli.check", "cli.grade", "cli.lab", "cli.learn", "cli.maintain", "cli.main"),
    ("bootstrap",),
    ("__main__",),
)
RANK = {name: level for level, layer in enumerate(LAYERS) for name in layer}
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] not in ("suites", "tests", "course")
}
MODULES["checker"] = MODULES.pop("__init__")


def imported(name: str) -> set[str]:
    """The modules of ours that a module imports anywhere in its text, as in `LAYERS`."""
    path = MODULES[name]
    package = path.relative_to(PACKAGE).parent.parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                base = package[: len(package) - node.level + 1]
                target = [*base, *(node.module or "").split(".")]
            elif (node.module or "").partition(".")[0] == "checker":
                target = (node.module or "").split(".")[1:]
            else:
                continue
            whole = ".".join(part for part in target if part)
            found |= {f"{whole}.{a.name}".lstrip(".") for a in node.names} & set(MODULES) or {whole or "checker"}
        elif isinstance(node, ast.Import):
            found |= {a.name.removeprefix("checker.") for a in node.names if a.name.startswith("checker")}
    return found - {name}


def test_every_module_has_a_layer() -> None:
    assert set(MODULES) == set(RANK)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_run_one_way(name: str) -> None:
    upwards = {other for other in imported(name) if RANK.get(other, 0) > RANK[name]}
    assert upwards == set()


def test_no_two_modules_import_each_other() -> None:
    pairs = {(a, b) for a in MODULES for b in imported(a) if b in MODULES and a in imported(b) and a < b}
    assert pairs == set()


SPEAK = ("cli", "bootstrap", "notebook", "record.main")


@pytest.mark.parametrize("name", sorted(name for name in MODULES if not name.startswith(SPEAK)))
def test_nothing_prints_but_the_command_line(name: str) -> None:
    calls = [ast.unparse(n.func) for n in ast.walk(ast.parse(MODULES[name].read_text())) if isinstance(n, ast.Call)]
    assert [call for call in calls if call in ("print", "sys.stdout.write", "sys.stderr.write")] == []


def test_no_line_of_the_program_names_an_exercise() -> None:
    names = {
        part
        for exercise in exercise_ids(find_places(None, environ={}))
        for part in (exercise, exercise.rpartition("/")[2])
    }
    assert names
    named = {(module, name) for module, path in MODULES.items() for name in names if name in path.read_text()}
    assert named == set()


@pytest.mark.skipif(find_places(None, environ={}).root is None, reason="an installed wheel has no README.md beside it")
def test_every_command_in_the_readme_exists() -> None:
    from checker.cli import check, grade, lab, learn, maintain
    from checker.cli.app import app

    assert check
    assert grade
    assert lab
    assert learn
    assert maintain
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    text = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    used = set(re.findall(r"(?:`|\s)(?:kata|python3 -m checker) ([a-z]+)\b", text))
    assert used - known - {"does", "is", "and", "the"} == set()
    assert {name for name in known if f"kata {name}" not in text and f"checker {name}" not in text} <= {"test"}


def test_long_files_are_few() -> None:
    """A file that passes some 250 lines is usually two ideas."""
    lengths = {name: path.read_text(encoding="utf-8").count("\n") for name, path in MODULES.items()}
    assert {name for name, length in lengths.items() if length > 320} == set()


def test_the_program_is_where_it_says() -> None:
    assert Path(PACKAGE, "suites").is_dir()
