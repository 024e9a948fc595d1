"""The values that travel between the program and its workers.

A *trial* is one suite, one implementation, one worker. It is described by a `Job` (what lies in the worker's
directory) and a `Plan` (which tests run, in what order, under which timing); it ends as an `Outcome`.
Nothing here does I/O. A worker is never believed: every message is parsed into these values or refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

DECLINED = "declined"  # the event of a worker that would not do as well as a new process


class Order(StrEnum):
    """In which order, and how often, the selected tests run."""

    COLLECTED = "collected"
    REVERSED = "reversed"
    SHUFFLED = "shuffled"
    TWICE = "twice"


class Timing(StrEnum):
    """How the event loop treats completions and timers (see `timings`)."""

    NORMAL = "normal"
    HOLD = "hold"
    PROMPT = "prompt"
    STALL = "stall"


class Ending(StrEnum):
    """How a trial ended, told from outside."""

    COMPLETED = "completed"
    TIMEOUT = "timeout"
    CUT_SHORT = "cut-short"
    LOST = "lost"  # our own fault: the worker could not be started or spoke nonsense before any test ran


@dataclass(frozen=True, slots=True)
class Plan:
    """Which tests run (all, if `select` is empty), in what order, under which timing."""

    order: Order = Order.COLLECTED
    timing: Timing = Timing.NORMAL
    select: tuple[str, ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One directory with one suite and one implementation.

    `files`: path → bytes, everything that the worker sees. `suite`: paths of the submission's own files.
    `implementation`: paths of the modules under test. `targets`: what pytest is asked to collect (empty: all).
    `own_configuration`: the submission's configuration rules, as in a plain `pytest`; else `pytest.ini`'s.
    `plugins`: the names of the pytest plugins that are there. `common`: files that many jobs have as they are here.
    """

    files: Mapping[str, bytes]
    suite: tuple[str, ...]
    implementation: tuple[str, ...]
    targets: tuple[str, ...] = ()
    own_configuration: bool = False
    plugins: tuple[str, ...] = ("asyncio",)
    common: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file of the job."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """A collected test."""

    id: str
    file: str
    line: int
    is_async: bool


@dataclass(frozen=True, slots=True)
class Report:
    """How one phase of one test ended. `round` counts from 0, and is 1 for a test's second run.

    `strict` says that the test carries a strict xfail mark.
    """

    test: str
    phase: str
    outcome: str
    round: int = 0
    xfail: str = ""  # "", "xfailed", "xpassed"
    strict: bool = False
    place: Place | None = None
    error: str = ""
    message: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """Something that the recorder noticed beside the outcomes: a coroutine never awaited, a real sleep, …

    `code` is a finding's code; `place` is in the submission where known, `born` in the implementation.
    """

    code: str
    test: str = ""
    place: Place | None = None
    born: Place | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial.

    `reached`: test → the points that it came by; under `""`, those that all tests have in common: they were reached
    before any test ran, or by a fixture of more than one test.
    """

    ending: Ending
    exit_status: int | None = None
    items: tuple[Item, ...] = ()
    reports: tuple[Report, ...] = ()
    collect_errors: tuple[Report, ...] = ()
    observations: tuple[Observation, ...] = ()
    reached: Mapping[str, frozenset[int]] = field(default_factory=dict)
    wall_s: float = 0.0
    running: str = ""  # the test that had begun and not ended
    timed: bool = True  # whether a thread or a timer was started: without any, every `Timing` is the same

    def failures(self, phase: str | None = None) -> tuple[Report, ...]:
        """The failed reports, of one phase or of all."""
        return tuple(r for r in self.reports if r.outcome == "failed" and phase in (None, r.phase))

    def reaching(self, points: Set[int]) -> tuple[str, ...]:
        """Ids of the tests that came by one of these points, in the order in which they were collected."""
        common = not points.isdisjoint(self.reached.get("", ()))
        return tuple(i.id for i in self.items if common or not points.isdisjoint(self.reached.get(i.id, ())))

    @property
    def green(self) -> bool:
        """True when the run went to its end, and nothing failed in any phase."""
        return (
            self.ending is Ending.COMPLETED
            and not self.collect_errors
            and self.exit_status == 0
            and not self.failures()
        )

    @property
    def failed_tests(self) -> tuple[str, ...]:
        """Ids of the tests that failed in any phase, in order, once each."""
        return tuple(dict.fromkeys(r.test for r in self.failures()))


class NonsenseError(ValueError):
    """A worker sent something that is no message."""


def plan_message(plan: Plan) -> dict[str, Any]:
    """The plan as it goes over the wire."""
    return {
        "order": plan.order.value,
        "timing": plan.timing.value,
        "select": list(plan.select),
        "seed": plan.seed,
    }


def plan_from(message: Mapping[str, Any]) -> Plan:
    """The plan that `plan_message` wrote."""
    return Plan(Order(message["order"]), Timing(message["timing"]), tuple(message["select"]), int(message["seed"]))


def to_message(kind: str, value: Item | Report | Observation) -> dict[str, Any]:
    """A recorder's event as it goes over the wire."""
    return {"event": kind, **asdict(value)}


def outcome_from(messages: Iterable[Mapping[str, Any]], *, ending: Ending, wall_s: float) -> Outcome:
    """Fold a worker's messages into an outcome.

    A trial that seemed to end well is `CUT_SHORT` unless the recorder said that the session finished, every
    announced test reported, and nothing came from a test that was not announced. Raises NonsenseError.
    """
    items: list[Item] = []
    reports: list[Report] = []
    collect_errors: list[Report] = []
    observations: list[Observation] = []
    reached: dict[str, set[int]] = {}
    status: int | None = None
    planned: list[str] | None = None
    running = ""
    timed = True
    try:
        for message in messages:
            match message["event"]:
                case "item":
                    items.append(_made(Item, message))
                case "planned":
                    planned = [str(test) for test in message["tests"]]
                case "start":
                    running = str(message["test"])
                case "end":
                    running = ""
                case "report":
                    reports.append(_report(message))
                case "collect-error":
                    collect_errors.append(_report(message))
                case "observation":
                    observations.append(_observation(message))
                case "reached":
                    points = {int(point) for point in message["points"]}
                    reached.setdefault(str(message["test"]), set()).update(points)
                case "finish":
                    status, timed = int(message["status"]), bool(message.get("timed", True))
                    planned = None if message["stopped"] else planned
                case other:
                    raise NonsenseError(f"unknown event {other!r}")
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise NonsenseError(str(error)) from error
    if ending is Ending.COMPLETED:
        ended = [r.test for r in reports if r.phase == "teardown"]
        strangers = {r.test for r in reports} - set(planned or ())
        whole = planned is None or (sorted(planned) == sorted(ended) and not strangers)
        if status is None or not (whole or collect_errors):
            ending = Ending.CUT_SHORT
    return Outcome(
        ending=ending,
        exit_status=status,
        items=tuple(items),
        reports=tuple(reports),
        collect_errors=tuple(collect_errors),
        observations=tuple(dict.fromkeys(observations)),
        reached={test: frozenset(points) for test, points in reached.items()},
        wall_s=wall_s,
        running=running,
        timed=timed,
    )


V = TypeVar("V", Item, Report, Observation)
_HINTS: dict[type, dict[str, Any]] = {cls: get_type_hints(cls) for cls in (Item, Report, Observation)}


def _made(cls: type[V], message: Mapping[str, Any], **places: Place | None) -> V:
    """A value made of a message's fields. Raises NonsenseError for a field of another type: it breaks its reader."""
    values: dict[str, Any] = {}
    for name, hint in _HINTS[cls].items():
        if name in places or name in message:
            value = places[name] if name in places else message[name]
            if not isinstance(value, hint):
                raise NonsenseError(f"{name} is {value!r}")
            values[name] = _text(value) if isinstance(value, str) else value
    return cls(**values)


def _text(value: object) -> str:
    return str(value).encode(errors="replace").decode()  # a lone surrogate could not be printed


def _place(value: Any) -> Place | None:
    return None if value is None else Place(_text(value["file"]), int(value["line"]))


def _report(message: Mapping[str, Any]) -> Report:
    return _made(Report, message, place=_place(message.get("place")))


def _observation(message: Mapping[str, Any]) -> Observation:
    return _made(Observation, message, place=_place(message.get("place")), born=_place(message.get("born")))
