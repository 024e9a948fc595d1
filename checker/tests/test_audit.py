"""The audit proves the tiny course, and notices when any one part of a proof is taken away."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import pytest
import pytest_asyncio

from checker import audit, judging
from checker.audit import RULES, audit_exercise, name_problems
from checker.catalog import load_exercises
from checker.engine.backend import Runner, make_runner
from checker.engine.trial import Job, Outcome, Plan
from checker.places import find_places
from checker.tests.workers import BOX, GREETING, SETTINGS, TINY

VOLATILE = b"time_ns"
TEST = "test_tiny_greeting.py"


@dataclass(slots=True)
class Remembering:
    """A runner that runs each trial once: a copy of the course that differs in one file has most of them in common."""

    runner: Runner
    known: dict[Any, Outcome] = field(default_factory=dict)
    shortcuts: bool = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None: ...

    async def run(self, job: Job, plan: Plan, deadline_s: float, *, kept: Job | None = None) -> Outcome:
        files = tuple(sorted(job.files.items()))
        key = (files, job.suite, job.implementation, job.targets, job.own_configuration, job.plugins, plan)
        if any(VOLATILE in text for _, text in files):
            return await self.runner.run(job, plan, deadline_s, kept=kept)
        if key not in self.known:
            self.known[key] = await self.runner.run(job, plan, deadline_s, kept=kept)
        return self.known[key]


@dataclass(slots=True)
class Short(Remembering):
    """New processes that notice less than forks do."""

    async def run(self, job: Job, plan: Plan, deadline_s: float, *, kept: Job | None = None) -> Outcome:
        return replace(await Remembering.run(self, job, plan, deadline_s, kept=kept), observations=())


@pytest.fixture
def runners(remembering: Remembering, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the audit and the judging that it calls use one runner; in place of new processes, one that sees less."""

    def make(*_: object, fresh: bool = False, **__: object) -> Remembering:
        return Short(remembering.runner, remembering.known) if fresh else remembering

    for module in (audit, judging):
        monkeypatch.setattr(module, "make_runner", make)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def remembering() -> AsyncIterator[Remembering]:
    async with make_runner(("pytest_asyncio.plugin", "anyio.pytest_plugin", "unittest.mock"), lanes=2) as runner:
        yield Remembering(runner)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the tiny course, to be spoilt."""

    folder: Path

    def path(self, part: str, exercise: str, name: str) -> Path:
        return self.folder / part / exercise / name

    def write(self, part: str, exercise: str, name: str, text: str) -> None:
        self.path(part, exercise, name).write_text(text)

    def read(self, part: str, exercise: str, name: str) -> str:
        return self.path(part, exercise, name).read_text()

    def swap(self, part: str, exercise: str, name: str, old: str, new: str) -> None:
        text = self.read(part, exercise, name)
        assert text.count(old) == 1, (name, text.count(old))
        self.write(part, exercise, name, text.replace(old, new))

    def suite(self, old: str, new: str, exercise: str = GREETING) -> None:
        self.swap("suites", exercise, "suite.toml", old, new)

    def append(self, part: str, exercise: str, name: str, text: str) -> None:
        self.write(part, exercise, name, self.read(part, exercise, name) + text)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    shutil.copytree(TINY, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))
    return Copy(tmp_path / "course")


async def _complaints(copy: Copy, exercise: str, repeat: int = 1, fresh: bool = False) -> list[tuple[str, str]]:
    places = find_places(copy.folder)
    problems = await audit_exercise(places, load_exercises(places)[exercise], repeat=repeat, fresh=fresh)
    return [(problem.rule, problem.message) for problem in problems]


# Every rule, and how to make it complain: it alone.


def _starter_does(copy: Copy) -> None:
    copy.write("exercises", GREETING, TEST, copy.read("solutions", GREETING, TEST))


def _good_one_is_weak(copy: Copy) -> None:
    weak = copy.read("suites", GREETING, f"false_friends/only_members/{TEST}")
    copy.write("suites", GREETING, f"accepted/mocks/{TEST}", weak)


def _friend_expects_less(copy: Copy) -> None:
    copy.suite('    "bug-escaped:greets_nobody",\n', "")


def _starter_changes_its_mind(copy: Copy) -> None:
    text = "import time, pytest\n@pytest.mark.parametrize('n', [time.time_ns()])\ndef test_it(n): assert n\n"
    copy.write("exercises", GREETING, TEST, text)


def _nothing(_: Copy) -> None: ...


def _mutant_is_a_syntax_error(copy: Copy) -> None:
    copy.suite('replace = "known = False"', 'replace = "known = = False"\nstartup = true')


def _solution_misses_one(copy: Copy) -> None:
    text = copy.read("solutions", GREETING, TEST).replace('greeting("  Kim ", register)', 'greeting("Kim", register)')
    copy.write("solutions", GREETING, TEST, text)
    # Were a bug that escapes a reason to reject, other rules would complain of the same.
    copy.append("exercises", GREETING, "exercise.toml", '[severity]\nbug-escaped = "note"\n')
    _drop(copy, "false_friend", "only_members", f"{GREETING}/false_friends")


def _two_mutants_are_one(copy: Copy) -> None:
    twin = '[[mutant]]\nid = "welcomes_all"\nbehaviour = "All are welcomed back."\nfile = "tiny_greeting.py"\n'
    twin += 'find = "if known else"\nreplace = "if known or True else"\nhints = ["one", "two"]\n\n'
    copy.suite('[[mutant]]\nid = "nobody_is_a_member"', f'{twin}[[mutant]]\nid = "nobody_is_a_member"')
    copy.suite(
        '    "bug-escaped:greets_nobody",\n', '    "bug-escaped:greets_nobody",\n    "bug-escaped:welcomes_all",\n'
    )


def _solution_forgives_what_is_not_written(copy: Copy) -> None:
    text = copy.read("solutions", GREETING, TEST).replace("import greeting\n", "import greeting as real\n")
    helper = (
        "\n\nasync def greeting(*given):\n    try:\n        return await real(*given)\n"
        "    except NotImplementedError:\n        pytest.skip('not written yet')\n"
    )
    copy.write("solutions", GREETING, TEST, text.replace("as real\n", f"as real\n{helper}", 1))


def _too_few(kind: str, name: str, folder: str) -> Callable[[Copy], None]:
    return lambda copy: _drop(copy, kind, name, folder and f"{GREETING}/{folder}")


def _drop(copy: Copy, kind: str, name: str, folder: str) -> None:
    """Take a table out of suite.toml, and its folder away."""
    text = copy.read("suites", GREETING, "suite.toml")
    begin = text.index(f'[[{kind}]]\nid = "{name}"')
    end = text.find("\n[[", begin)
    copy.write("suites", GREETING, "suite.toml", text[:begin] + (text[end + 1 :] if end > 0 else ""))
    if folder:
        shutil.rmtree(copy.folder / "suites" / folder / name)


def _one_hint(copy: Copy) -> None:
    copy.suite('"What if there is no name?", "pytest.raises(ValueError)"', '"What if there is no name?"')


def _hint_twice(copy: Copy) -> None:
    copy.suite('hints = ["Who closes it?", "Close it behind the yield."]', 'hints = ["Who?", "Who?"]', BOX)


def _no_twin(copy: Copy) -> None:
    path = "probes/warnings_are_red/test_probe_tiny_warnings.py"
    text = copy.read("suites", SETTINGS, path)
    copy.write("suites", SETTINGS, path, text[: text.index("\n\ndef test_is_silent")] + "\n")


def _no_design(copy: Copy) -> None:
    copy.path("suites", GREETING, "design.md").unlink()


def _no_reasons(copy: Copy) -> None:
    copy.write("solutions", GREETING, "README.md", " \n")


def _no_brief(copy: Copy) -> None:
    copy.path("exercises", GREETING, "README.md").unlink()


def _long_brief(copy: Copy) -> None:
    copy.append("exercises", GREETING, "README.md", "More.\n" * 60)


def _extra_file(copy: Copy) -> None:
    copy.write("suites", GREETING, "accepted/mocks/notes.txt", "x")


def _held_without_twin(copy: Copy) -> None:
    copy.suite('"".join([word, ", ", name, "."])\'\nheld = true', '"".join([word, ", ", name, "."])\'')


CASES: list[tuple[str, str, Callable[[Copy], None]]] = [
    ("starter_is_rejected", GREETING, _starter_does),
    ("good_ones_are_accepted", GREETING, _good_one_is_weak),
    ("false_friends_are_rejected_for_their_reason", GREETING, _friend_expects_less),
    ("verdicts_repeat", GREETING, _starter_changes_its_mind),
    ("new_processes_agree", GREETING, _nothing),
    ("mutants_compile", GREETING, _mutant_is_a_syntax_error),
    ("mutants_are_caught", GREETING, _solution_misses_one),
    ("mutants_differ", GREETING, _two_mutants_are_one),
    ("raising_is_red", GREETING, _solution_forgives_what_is_not_written),
    ("there_is_enough", GREETING, _too_few("accepted", "sync_table", "accepted")),
    ("there_is_enough", GREETING, _too_few("variant", "one_table", "variants")),
    ("hints_climb", GREETING, _one_hint),
    ("hints_climb", BOX, _hint_twice),
    ("red_probes_have_twins", SETTINGS, _no_twin),
    ("papers_are_there", GREETING, _no_design),
    ("papers_are_there", GREETING, _no_reasons),
    ("papers_are_there", GREETING, _no_brief),
    ("papers_are_there", GREETING, _long_brief),
    ("submissions_are_whole", GREETING, _extra_file),
    ("held_ones_have_twins", GREETING, _held_without_twin),
]


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in CASES} == set(RULES)


@pytest.mark.parametrize("exercise", [GREETING, BOX, SETTINGS])
@pytest.mark.asyncio(loop_scope="module")
async def test_the_tiny_course_is_proven(copy: Copy, exercise: str, runners: None) -> None:
    assert await _complaints(copy, exercise) == []


@pytest.mark.parametrize(("rule", "exercise", "spoil"), CASES, ids=lambda value: getattr(value, "__name__", None))
@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_missing_from_a_proof_is_told_by_its_rule_alone(
    copy: Copy,
    rule: str,
    exercise: str,
    spoil: Callable[[Copy], None],
    runners: None,
) -> None:
    spoil(copy)
    repeat, fresh = 2 if rule == "verdicts_repeat" else 1, rule == "new_processes_agree"
    complaints = await _complaints(copy, exercise, repeat=repeat, fresh=fresh)
    assert {each for each, _ in complaints} == {rule}, complaints


@pytest.mark.asyncio(loop_scope="module")
async def test_a_suite_that_cannot_be_read_is_a_problem_and_no_error(copy: Copy) -> None:
    copy.append("suites", GREETING, "suite.toml", "x = [")
    ((rule, message),) = await _complaints(copy, GREETING)
    assert rule == "the_suite_can_be_read"
    assert "suite.toml" in message


def test_two_files_of_one_name_in_two_exercises_are_a_problem(copy: Copy) -> None:
    copy.write("exercises", BOX, "tiny_greeting.py", "X = 1\n")
    (problem,) = name_problems(load_exercises(find_places(copy.folder)))
    assert problem.rule == "names_are_unique"
    assert "tiny_greeting.py" in problem.message
