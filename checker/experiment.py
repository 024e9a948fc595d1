"""Runs all the trials that one submission needs, and gathers them as evidence. Decides nothing.

Order of work: the reference as collected, on every lane; if that is green, other orders and timings of it, every other
implementation and every probe; then what is needed to name a pair of tests. Orders, timings and implementations that
differ in function bodies only are forked after that one collection. `hunt` says which tests a mutant is shown first.
"""

from __future__ import annotations

import ast
import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .catalog import Exercise, Files, Implementation, Mutant, Probe, Suite
from .engine import plugins
from .engine.backend import Runner
from .engine.disguise import disguise
from .engine.trial import Ending, Job, Order, Outcome, Plan, Timing
from .evidence import Disorder, Evidence
from .hunt import chosen
from .submission import Submission, parsed

FIRST_DEADLINE_S = 10.0
LEAST_DEADLINE_S = 4.0
DEADLINE_FACTOR = 4.0
CANARY_LIMIT_S = 2.5
SHUFFLES = 2
PAIRS_TOLD = 3

_CANARY = Job(
    {
        "test_canary.py": b"def test_canary():\n    assert sum(range(100_000)) == 4_999_950_000\n",
        "pytest.ini": b"[pytest]\nasyncio_default_fixture_loop_scope = function\n"
        b"asyncio_default_test_loop_scope = function\n",
    },
    ("test_canary.py",),
    (),
)


def preload_names(exercise: Exercise, files: Files) -> tuple[str, ...]:
    """The installed modules that this exercise and submission import anyway: what the zygote imports beforehand."""
    found: set[str] = set(plugins.modules(plugins.wanted([*exercise.given.values(), *files.values()])))
    for path, text in {**exercise.given, **files}.items():
        if path.endswith(".py"):
            for node in ast.walk(parsed(text) or ast.Module([], [])):
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module)
    return tuple(sorted(name for name in found if name.partition(".")[0] in _KNOWN))


_KNOWN = frozenset(
    (
        "aiosqlite",
        "anyio",
        "asgi_lifespan",
        "asyncio",
        "fastapi",
        "faker",
        "httpx",
        "hypothesis",
        "pydantic",
        "pytest_asyncio",
        "respx",
        "sqlalchemy",
        "starlette",
        "unittest",
        "_hypothesis_pytestplugin",
    )
)


def make_job(exercise: Exercise, suite: Suite, files: Files, changed: Files, *, probe: Probe | None = None) -> Job:
    """What a worker sees: given files, over them the submission's, an implementation's, and a probe's."""
    extra = probe.files if probe is not None else {}
    laid = {**exercise.given, **files, **changed, **extra}
    return Job(
        laid,
        tuple(files),
        suite.implementation,
        tuple(path for path in extra if _is_test(path)),
        exercise.own_configuration,
        plugins.wanted([*exercise.given.values(), *files.values(), *extra.values()]),
        tuple(path for path in laid if path not in changed and path not in extra),
    )


async def raw_trial(
    runner: Runner, exercise: Exercise, suite: Suite, files: Files, changed: Files, *, probe: Probe | None = None
) -> Outcome:
    """One plain trial, outside any experiment."""
    job = make_job(exercise, suite, files, changed, probe=probe)
    return await runner.run(job, Plan(), FIRST_DEADLINE_S)


@dataclass(slots=True)
class Progress:
    """How far an experiment is, for whoever waits for it: trials done, and how many there will be (0: unknown yet)."""

    done: int = 0
    planned: int = 0


@dataclass(slots=True)
class Experiment:
    """The trials of one submission. Use `gather` once."""

    runner: Runner
    exercise: Exercise
    suite: Suite
    submission: Submission
    seed: int = 0
    trials: int = 0
    deadline_s: float = FIRST_DEADLINE_S
    disguise_seed: int | None = None  # all implementations alike get edits that keep their meaning
    wavering: list[str] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)
    parts: dict[tuple[str, ...], asyncio.Task[Outcome]] = field(default_factory=dict)  # of the suite, on the reference

    async def gather(self) -> Evidence:
        """Run everything. Raises EngineError where the engine itself fails."""
        began = time.monotonic()
        job = self._job({})
        evidence = Evidence(self.exercise, self.suite, self.submission, Outcome(Ending.LOST), seed=self.seed)
        reversal = Plan(Order.REVERSED, seed=self.seed)
        if self.exercise.own_configuration:
            reference = await self._decided(job, Plan())
            second = None
        else:
            reference, second = await asyncio.gather(
                self._decided(job, Plan(seed=self.seed), kept=job),
                self._decided(job, reversal, kept=job, correct=True),
            )
        evidence = replace(evidence, reference=reference, second=second)
        if reference.green:
            self.deadline_s = max(LEAST_DEADLINE_S, DEADLINE_FACTOR * reference.wall_s)
            self.progress.planned = self.progress.done
            if self.exercise.own_configuration:
                evidence = await self._others(evidence, None)
            else:
                ordered, others = await asyncio.gather(
                    self._reference(evidence, job, reversal), self._others(evidence, job)
                )
                orders = (*ordered.orders, *await self._parts(reference))
                evidence = replace(others, orders=orders, twice=ordered.twice, timings=ordered.timings)
                evidence = replace(evidence, disorders=await self._disorders(evidence, job))
        return replace(
            evidence,
            trials=self.trials,
            duration_s=time.monotonic() - began,
            wavering=tuple(self.wavering),
        )

    def _job(self, changed: Files, *, probe: Probe | None = None) -> Job:
        job = make_job(self.exercise, self.suite, self.submission.files, changed, probe=probe)
        if self.disguise_seed is None:
            return job
        files = {
            path: disguise(text, self.disguise_seed) if path in job.implementation and path.endswith(".py") else text
            for path, text in job.files.items()
        }
        return replace(job, files=files)

    async def _reference(self, evidence: Evidence, job: Job, reversal: Plan) -> Evidence:
        """Other orders and timings of the reference."""
        tests = [item.id for item in evidence.reference.items]
        plans = [Plan(Order.SHUFFLED, seed=self.seed + n) for n in range(1, SHUFFLES + 1)]
        twice = Plan(Order.TWICE, seed=self.seed)
        others = [timing for timing in Timing if timing is not Timing.NORMAL]
        is_timed = evidence.reference.timed or not self.runner.shortcuts
        timings = [Plan(timing=timing, seed=self.seed) for timing in others if is_timed]
        everything = [*timings, twice, *plans]  # the longest first, so that none is left over at the end
        self.progress.planned += len(everything)
        runs = [self._decided(job, plan, kept=job, correct=True) for plan in everything]
        alone = [self._alike((test,), job) for test in tests] if len(tests) > 1 else []
        outcomes = await asyncio.gather(*runs, *alone)
        by_plan = dict(zip(everything, outcomes, strict=False))
        assert evidence.second is not None
        return replace(
            evidence,
            orders=((reversal, evidence.second), *((plan, by_plan[plan]) for plan in plans)),
            twice=by_plan[twice],
            timings=dict.fromkeys(others, evidence.reference) | {p.timing: by_plan[p] for p in timings},
        )

    def _part(self, tests: tuple[str, ...]) -> Plan:
        return Plan(select=tests, seed=self.seed)

    async def _alike(self, tests: tuple[str, ...], job: Job) -> Outcome:
        """Some of the tests on the reference, run once however many ask for it."""
        if tests not in self.parts:
            self.progress.planned += 1
            run = self._decided(job, self._part(tests), kept=job, correct=True)
            self.parts[tests] = asyncio.ensure_future(run)
        return await self.parts[tests]

    async def _parts(self, reference: Outcome) -> list[tuple[Plan, Outcome]]:
        """What came of the parts of the suite: single tests as collected, then the larger ones."""
        position = {item.id: number for number, item in enumerate(reference.items)}
        names = sorted(self.parts, key=lambda tests: (len(tests), [position[test] for test in tests]))
        return [(self._part(tests), await self.parts[tests]) for tests in names]

    async def _mutant(self, mutant: Mutant, first: tuple[str, ...], reference: Job) -> Outcome:
        """A mutant, shown to the tests that come by it; to all where these don't catch it, or are red without it."""
        job = self._job(mutant.files)
        control, outcome = await asyncio.gather(
            self._alike(first, reference), self._decided(job, self._part(first), kept=reference)
        )
        if control.green and (outcome.failures("call") or outcome.ending is not Ending.COMPLETED):
            return outcome
        self.progress.planned += 1
        return await self._decided(job, Plan(seed=self.seed), kept=reference)

    async def _others(self, evidence: Evidence, kept: Job | None) -> Evidence:
        """Variants, equivalents, mutants and probes, in an order that a submission cannot foresee."""
        correct: Sequence[Implementation] = (*self.suite.variants, *self.suite.equivalents)
        probes = self.suite.probes
        plan = Plan(seed=self.seed)
        jobs = [self._decided(self._job(each.files), plan, kept=kept, correct=True) for each in correct]
        first = chosen(evidence) if kept is not None and self.runner.shortcuts else {}
        jobs += [
            self._mutant(mutant, first[mutant.id], kept)
            if kept is not None and mutant.id in first
            else self._decided(self._job(mutant.files), plan, kept=kept)
            for mutant in self.suite.mutants
        ]
        jobs += [self._decided(self._job({}, probe=probe), plan) for probe in probes]
        self.progress.planned += len(jobs)
        # A worker can count those that ran before it: were bugs always last, that would tell it what it got.
        mixed = random.SystemRandom().sample(range(len(jobs)), len(jobs))
        by_number = dict(zip(mixed, await asyncio.gather(*(jobs[number] for number in mixed)), strict=True))
        outcomes = iter([by_number[number] for number in range(len(jobs))])
        return replace(
            evidence,
            correct=tuple((each, next(outcomes)) for each in correct),
            mutants=tuple((mutant, next(outcomes)) for mutant in self.suite.mutants),
            probes=tuple((probe, next(outcomes)) for probe in probes),
        )

    async def _decided(self, job: Job, plan: Plan, *, kept: Job | None = None, correct: bool = False) -> Outcome:
        """The outcome of a trial, run once more where a single run could mislead.

        A cut-short trial is tried again by itself; one that timed out with nothing caught, with twice the time. A red
        run of a correct implementation is repeated, so that one hiccup of the machine is not held against anyone.
        """
        outcome = await self._run(job, plan, self.deadline_s, kept)
        self.progress.done += 1
        match outcome.ending:
            case Ending.CUT_SHORT:
                return await self._run(job, plan, self.deadline_s)
            case Ending.TIMEOUT if correct or not outcome.failures("call"):
                if self.deadline_s < FIRST_DEADLINE_S:
                    outcome = await self._run(job, plan, 2 * self.deadline_s)
                if outcome.ending is Ending.TIMEOUT and await self._is_overloaded():
                    return replace(outcome, ending=Ending.LOST)
            case Ending.COMPLETED if correct and not outcome.green:
                again = await self._run(job, plan, self.deadline_s, kept)
                if again.green:
                    self.wavering.extend(outcome.failed_tests)
                    return again
            case _:
                pass
        return outcome

    async def _run(self, job: Job, plan: Plan, deadline_s: float, kept: Job | None = None) -> Outcome:
        self.trials += 1
        return await self.runner.run(job, plan, deadline_s, kept=kept)

    async def _is_overloaded(self) -> bool:
        """True when even a trivial suite takes far too long on this machine now."""
        outcome = await self.runner.run(_CANARY, Plan(), 4 * CANARY_LIMIT_S)
        return outcome.ending is not Ending.COMPLETED or outcome.wall_s > CANARY_LIMIT_S

    async def _disorders(self, evidence: Evidence, job: Job) -> tuple[Disorder, ...]:
        """For the first tests that fail in some order: which one test makes the difference."""
        found: dict[str, Disorder] = {}
        collected = [item.id for item in evidence.reference.items]
        # First those that fail alone: then it is known what they need, which no other order tells.
        for plan, outcome in sorted(evidence.orders, key=lambda each: len(each[0].select) != 1):
            ran = list(dict.fromkeys(r.test for r in outcome.reports))
            for test in outcome.failed_tests:
                if test in found or len(found) >= PAIRS_TOLD:
                    continue
                if plan.select == (test,):  # it fails alone: what does it need?
                    before = collected[: collected.index(test)]
                    partner = await self._bisect(job, before, test, wanted=True)
                    found[test] = Disorder(test, partner, needs=True)
                else:
                    partner = await self._bisect(job, ran[: ran.index(test)], test, wanted=False)
                    found[test] = Disorder(test, partner)
        return tuple(found.values())

    async def _bisect(self, job: Job, before: list[str], test: str, *, wanted: bool) -> str:
        """The single test of `before` after which `test` passes (`wanted`) or fails; "" if no single one does it."""

        async def passes(earlier: list[str]) -> bool:
            outcome = await self._run(job, Plan(select=(*earlier, test), seed=self.seed), self.deadline_s, job)
            return outcome.ending is Ending.COMPLETED and test not in outcome.failed_tests

        if await passes(before) is not wanted:
            return ""
        while len(before) > 1:
            half = len(before) // 2
            for part in (before[half:], before[:half]):
                if await passes(part) is wanted:
                    before = part
                    break
            else:
                return ""
        return before[0] if before else ""


def _is_test(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith("test_") and name.endswith(".py")
