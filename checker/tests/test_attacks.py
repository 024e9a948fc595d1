"""Submissions that try to forge a verdict: none is accepted, each ends in time, and nothing of it goes on running.

Each file of `attacks/` is one submission for the tiny exercise about greetings; `@WORDS@` in it are filled in here.
What practice mode cannot prevent is written down as well, at the end: by tests whose names say so.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
import pytest_asyncio

from checker.catalog import Suite
from checker.engine import reach
from checker.engine.backend import ForkRunner, FreshRunner, Runner, make_runner
from checker.engine.trial import Ending, Item, Job, Outcome, Plan, Report
from checker.experiment import Experiment
from checker.findings import Verdict, VerdictKind
from checker.judges import judged
from checker.submission import Submission
from checker.tests.workers import TINY, descendants, gone, is_alive, make_job, tiny

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
ATTACKS = Path(__file__).with_name("attacks")
LIMIT_S = 90.0
ESCAPED, RED, CUT, FAIR, BROKEN, WAVERS = (
    "bug-escaped",
    "red-on-reference",
    "trial-cut-short",
    "over-specified",
    "suite-error",
    "timing-dependent",
)
# attack → what it must be rejected for; of several, at least one
EXPECTED: dict[str, set[str]] = {
    "closes_every_pipe": {CUT},
    "eats_memory": {RED, CUT},
    "exits_at_import": {CUT},
    "exits_at_the_end": {ESCAPED},
    "exits_in_a_test": {CUT},
    "floods": {CUT},
    "floods_the_file": {CUT},
    "forges_failure": {CUT, RED},
    "forges_nonsense": {CUT},
    "forges_success": {CUT, ESCAPED},
    "forks_without_end": {CUT, RED},
    "hangs": {"timeout"},
    "hashes_the_bytecode": {FAIR},
    "hashes_the_text": {FAIR},
    "kills_all_above": {ESCAPED, CUT},
    "kills_its_group": {CUT},
    "kills_its_parent": {ESCAPED},
    "learns_from_repetition": {WAVERS},
    "leaves_a_daemon": {ESCAPED},
    "marks_every_point": {ESCAPED},
    "patches_the_class_of_the_recorder": {CUT},
    "patches_the_recorder_to_blame": {RED},
    "patches_the_recorder_to_praise": {ESCAPED},
    "patches_the_report": {ESCAPED},
    "patches_the_runner": {ESCAPED},
    "pytest_exit": {CUT},
    "reads_other_directories": {FAIR, ESCAPED, RED, "order-dependent", WAVERS},
    "remembers_its_surroundings": {ESCAPED},
    "replaces_the_implementation": {ESCAPED},
    "skips_what_it_does_not_know": {ESCAPED},
    "system_exit_at_import": {BROKEN},
    "system_exit_in_a_test": {RED},
    "traces": {ESCAPED},
    "unregisters_the_recorder": {CUT},
}
DEADLINES_S = {"hangs": 1.0}
SINGLE = {"stops_its_parent"}
VIOLENT = {
    "closes_every_pipe",
    "eats_memory",
    "floods",
    "forks_without_end",
    "hangs",
    "kills_all_above",
    "kills_its_group",
    "kills_its_parent",
    "leaves_a_daemon",
}
KNOWN_LIMITS = {"allow_list", "allow_list_of_bytecode", "reads_the_hidden_suite", "counts_the_trials"}


def _few(suite: Suite) -> Suite:
    """Two correct implementations and two bugs are enough to tell a forger."""
    return replace(suite, variants=suite.variants[:1], equivalents=suite.equivalents[1:2], mutants=suite.mutants[:2])


def _sha256(texts: Iterable[bytes]) -> str:
    return " ".join(hashlib.sha256(text).hexdigest() for text in texts)


@dataclass(frozen=True, slots=True)
class Attack:
    """A submission with its words filled in."""

    text: str
    state: Path
    suite: Suite
    few: bool = True
    disguise_seed: int | None = None
    deadline_s: float = 15.0
    known: dict[str, str] = field(default_factory=dict)

    async def verdict(self, runner: Runner) -> Verdict:
        exercise, _, _ = tiny()
        words = {
            "@STATE@": str(self.state),
            "@COURSE@": str(TINY),
            "@HASH@": _sha256([exercise.given["tiny_greeting.py"]]),
            "@TEXT@": exercise.given["tiny_greeting.py"].decode().replace('"""', "'") + "",
            **self.known,
        }
        text = self.text
        for word, value in words.items():
            text = text.replace(word, value)
        submission = Submission(exercise.id, {exercise.edit[0]: text.encode()})
        suite = _few(self.suite) if self.few else self.suite
        trials = Experiment(
            runner, exercise, suite, submission, seed=1, deadline_s=self.deadline_s, disguise_seed=self.disguise_seed
        )
        async with asyncio.timeout(LIMIT_S):
            return judged(await trials.gather())


def _attack(name: str, tmp_path: Path, **options: Any) -> Attack:
    return Attack((ATTACKS / f"{name}.py").read_text(), tmp_path / "state", tiny()[1], **options)


def _left_behind(roots: set[str], before: set[int]) -> dict[int, str]:
    """Processes that were not there before and that we, or a directory of a runner's, have brought forth."""
    found = {pid: command for pid, command in descendants(os.getpid()).items() if pid not in before}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                here = str((entry / "cwd").readlink())
            except OSError:
                continue
            if any(here.startswith(root) for root in roots) and is_alive(int(entry.name)):
                found[int(entry.name)] = here
    return found


def _is_there(folder: str) -> bool:
    return Path(folder).exists()


def test_every_file_of_the_corpus_is_tried() -> None:
    assert {path.stem for path in ATTACKS.glob("*.py")} == EXPECTED.keys() | KNOWN_LIMITS | SINGLE


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Runner]:
    """One runner for the forgers that only lie."""
    async with make_runner(lanes=2) as runner:
        yield runner


async def _assert_rejected(name: str, tmp_path: Path, runner: Runner) -> None:
    verdict = await _attack(name, tmp_path, deadline_s=DEADLINES_S.get(name, 15.0)).verdict(runner)
    found = {str(each.code) for each in verdict.blocking}
    assert verdict.kind is VerdictKind.REJECTED
    assert found & EXPECTED[name], f"{name} was rejected for {found}"


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - VIOLENT))
@pytest.mark.asyncio(loop_scope="module")
async def test_a_forger_is_rejected(name: str, tmp_path: Path, shared: Runner) -> None:
    await _assert_rejected(name, tmp_path, shared)


@pytest.mark.parametrize("name", sorted(VIOLENT))
@pytest.mark.asyncio
async def test_a_violent_forger_is_rejected_in_time_and_leaves_nothing_running(name: str, tmp_path: Path) -> None:
    before = set(descendants(os.getpid()))
    async with make_runner(lanes=2) as runner:
        await _assert_rejected(name, tmp_path, runner)
        root = str(runner._root)
    assert _left_behind({root}, before) == {}
    assert not _is_there(root)
    if name == "leaves_a_daemon":
        noted = [int(line) for line in (tmp_path / "state").read_text().split()]
        assert noted
        assert not [pid for pid in noted if is_alive(pid)]


@pytest.mark.asyncio
async def test_a_trial_that_stops_its_maker_costs_one_deadline(tmp_path: Path) -> None:
    before = set(descendants(os.getpid()))
    good = make_job("def test_good(): pass\n")
    async with make_runner(lanes=1) as runner:
        attack = (ATTACKS / "stops_its_parent.py").read_text()
        assert (await runner.run(make_job(attack), Plan(), 20.0)).ending is Ending.COMPLETED
        assert (await runner.run(good, Plan(), 1.0)).ending is Ending.TIMEOUT
        assert (await runner.run(good, Plan(), 20.0)).green
        root = str(runner._root)
    assert _left_behind({root}, before) == {}


@pytest.mark.asyncio
async def test_a_fresh_worker_leaves_nothing_of_its_group_running(tmp_path: Path) -> None:
    state = tmp_path / "state"
    test = f"""
        import subprocess, sys
        from pathlib import Path

        def test_starts_one():
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            Path({str(state)!r}).write_text(str(child.pid))
    """
    async with FreshRunner(lanes=1) as runner:
        outcome = await runner.run(make_job(test), Plan(), 20.0)
    assert outcome.ending is Ending.COMPLETED
    async with asyncio.timeout(LIMIT_S):
        await gone([int(state.read_text())])


@pytest.mark.asyncio
async def test_a_killed_program_takes_its_workers_along(tmp_path: Path) -> None:
    state = tmp_path / "state"
    test = f"import os\nfrom pathlib import Path\nPath({str(state)!r}).write_text(str(os.getpid()))\n"
    test += "def test_hangs():\n    while True: pass\n"
    job = f"""
import asyncio
from checker.engine.backend import make_runner
from checker.engine.trial import Plan
from checker.tests.workers import make_job

async def main():
    async with make_runner() as runner:
        await runner.run(make_job({test!r}), Plan(), 60)

asyncio.run(main())
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", job, env=environment)
    async with asyncio.timeout(LIMIT_S):
        while not (state.exists() and state.read_text()):
            assert process.returncode is None
            await asyncio.sleep(0.01)
        worker = int(state.read_text())
        family = descendants(process.pid)
        assert worker in family
        process.kill()
        await process.wait()
        await gone(family)


# What a worker can see


SEES = """
    import builtins, json, os, re, sys
    from pathlib import Path
    from checker.engine import recorder

    def test_sees():
        found = {
            "environment": sorted(os.environ.items()),
            "here": str(Path.cwd()),
            "files": sorted((str(p), p.stat().st_mtime_ns, p.stat().st_mode) for p in Path().rglob("*")),
            "descriptors": sorted(int(name) for name in os.listdir("/proc/self/fd")),
            "arguments": sys.argv,
            "path": sys.path,
            "modules": sorted(sys.modules),
            "parent": Path(f"/proc/{os.getppid()}/cmdline").read_text(),
            "names": sorted(vars(recorder.CURRENT.watch.__class__)),
            "suite": sorted(recorder.CURRENT.watch.suite.values()),
            "implementation": sorted(recorder.CURRENT.watch.implementation.values()),
            "builtins": sorted(vars(builtins)),
            "limits": Path("/proc/self/limits").read_text(),
            "umask": os.umask(0),
            "nice": os.nice(0),
        }
        text = re.sub(r"kata-\\w+|\\b[0-9a-f]{8}\\b", "RANDOM", json.dumps(found))
        Path(STATE).open("a").write(text + "\\n")
"""


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.asyncio
async def test_a_worker_sees_the_same_whatever_it_got(tmp_path: Path, keep: bool) -> None:
    state = tmp_path / "state"
    test = f"STATE = {str(state)!r}\n" + "".join(line[4:] + "\n" for line in SEES.splitlines())
    async with ForkRunner(lanes=1) as runner:
        for module in ("X = 1\n", "X = 2  # a bug\n", "def f():\n    return 3\n"):
            job = make_job(test, module=module)
            assert (await runner.run(job, Plan(), 20.0, kept=job if keep else None)).green
    views = state.read_text().splitlines()
    assert len(views) == 3
    assert len(set(views)) == 1


@pytest.mark.asyncio
async def test_a_worker_holds_no_socket_of_its_makers() -> None:
    test = """
        import os
        from pathlib import Path

        def test_descriptors():
            links = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if os.path.lexists(link)]
            assert not [link for link in links if link.startswith("socket:")]
            assert len([link for link in links if link.startswith("pipe:")]) == 1
    """
    async with make_runner(lanes=1) as runner:
        outcome = await runner.run(make_job(test), Plan(), 20.0)
        job = make_job(test)
        kept = await runner.run(job, Plan(), 20.0, kept=job)
    assert outcome.green
    assert kept.green


class _Counting(Runner):
    """A runner that runs nothing and writes down which implementation it was given."""

    def __init__(self) -> None:
        super().__init__(1)
        self.got: list[bytes] = []

    async def _open(self) -> None: ...

    async def _close(self) -> None: ...

    async def _run(self, lane: Any, job: Job, plan: Plan, deadline_s: float, kept: Job | None) -> Outcome:
        self.got.append(job.files["tiny_greeting.py"])
        reports = tuple(Report("a::t", phase, "passed") for phase in ("setup", "call", "teardown"))
        return Outcome(Ending.COMPLETED, 0, (Item("a::t", "a", 1, False),), reports)


@pytest.mark.asyncio
async def test_the_order_of_implementations_cannot_be_foreseen() -> None:
    exercise, suite, solution = tiny()
    orders = set()
    for _ in range(12):
        async with _Counting() as runner:
            evidence = await Experiment(runner, exercise, suite, Submission(exercise.id, solution.files)).gather()
        others = [text for text in runner.got if text != exercise.given["tiny_greeting.py"]]
        orders.add(tuple(others))
        assert [each.id for each, _ in evidence.mutants] == [mutant.id for mutant in suite.mutants]
    assert len(orders) > 1


@pytest.mark.asyncio
async def test_a_forger_who_counts_trials_guesses_wrong(tmp_path: Path) -> None:
    # One guess in 252 is right, so of two at least one is wrong.
    async with make_runner(lanes=2) as runner:
        verdicts = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            verdicts.append(await _attack("counts_the_trials", tmp_path / name, few=False).verdict(runner))
    assert VerdictKind.REJECTED in {verdict.kind for verdict in verdicts}


# Known limits, and what stands against them


def _all_correct() -> list[bytes]:
    exercise, suite, _ = tiny()
    others = [each.files["tiny_greeting.py"] for each in (*suite.variants, *suite.equivalents)]
    return [exercise.given["tiny_greeting.py"], *others]


def _bytecode(text: bytes) -> str:
    """The digest that attacks/allow_list_of_bytecode.py takes, of a module as a worker loads it."""
    space: dict[str, Any] = {"__name__": "tiny_greeting", "__point__": lambda _: None}
    exec(compile(reach.instrument(text, "x.py", 0), "x.py", "exec"), space)
    found = [value for value in space.values() if hasattr(value, "__code__") and value.__name__ != "<lambda>"]
    waiting: list[CodeType] = [function.__code__ for function in sorted(found, key=lambda f: str(f.__name__))]
    whole = hashlib.sha256()
    while waiting:
        code = waiting.pop(0)
        whole.update(code.co_code)
        waiting += [each for each in code.co_consts if isinstance(each, CodeType)]
    return whole.hexdigest()


LISTS = {
    "allow_list": lambda: _sha256(_all_correct()),
    "allow_list_of_bytecode": lambda: " ".join(_bytecode(text) for text in _all_correct()),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.asyncio
async def test_practice_mode_cannot_tell_an_allow_list_of_the_public_suite_from_a_test(
    name: str, tmp_path: Path
) -> None:
    async with make_runner(lanes=2) as runner:
        verdict = await _attack(name, tmp_path, few=False, known={"@CORRECT@": LISTS[name]()}).verdict(runner)
    assert verdict.kind is VerdictKind.ACCEPTED


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.asyncio
async def test_an_allow_list_is_of_no_use_where_implementations_are_disguised(name: str, tmp_path: Path) -> None:
    attack = _attack(name, tmp_path, few=False, known={"@CORRECT@": LISTS[name]()}, disguise_seed=3)
    async with make_runner(lanes=2) as runner:
        verdict = await attack.verdict(runner)
    assert verdict.kind is VerdictKind.REJECTED
    assert {str(each.code) for each in verdict.blocking} == {RED}


@pytest.mark.asyncio
async def test_practice_mode_cannot_hide_the_suite_that_lies_on_the_same_disk(tmp_path: Path) -> None:
    async with make_runner(lanes=2) as runner:
        verdict = await _attack("reads_the_hidden_suite", tmp_path, few=False).verdict(runner)
    assert verdict.kind is VerdictKind.ACCEPTED


@pytest.mark.asyncio
async def test_a_disguise_changes_no_verdict_and_no_reach() -> None:
    exercise, suite, solution = tiny()
    async with make_runner(lanes=2) as runner:
        for sample in (solution, suite.false_friends[0]):
            submission = Submission(exercise.id, sample.files)
            plain, changed = [
                judged(await Experiment(runner, exercise, suite, submission, disguise_seed=disguise_seed).gather())
                for disguise_seed in (None, 1)
            ]
            assert (plain.kind, plain.score, plain.bugs, plain.coverage) == (
                changed.kind,
                changed.score,
                changed.bugs,
                changed.coverage,
            )


@pytest.mark.asyncio
async def test_a_good_submission_is_accepted_although_it_switches_the_points_off(tmp_path: Path) -> None:
    _, _, solution = tiny()
    text = solution.files["test_tiny_greeting.py"].decode()
    attack = Attack("import builtins\nbuiltins.__point__ = print\n" + text, tmp_path / "state", tiny()[1], few=False)
    async with make_runner(lanes=2) as runner:
        verdict = await attack.verdict(runner)
    assert verdict.kind is VerdictKind.ACCEPTED
