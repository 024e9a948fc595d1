"""What the judges say: findings, with a closed set of codes, and the verdict that follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .engine.trial import Place


class Severity(StrEnum):
    """Whether a finding rejects a submission, or is told beside the verdict."""

    BLOCKS = "blocks"
    NOTE = "note"


class VerdictKind(StrEnum):
    """What a submission gets."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    INCONCLUSIVE = "inconclusive"


class Judge(StrEnum):
    """Who says it, in the order in which findings are told."""

    RAN = "ran"
    AWAITED = "awaited"
    FAIR = "fair"
    INDEPENDENT = "independent"
    STEADY = "steady"
    SHARP = "sharp"
    TIDY = "tidy"
    CRAFT = "craft"


class Code(StrEnum):
    """A finding's stable code. `kata explain CODE` tells the whole story of each."""

    NO_TESTS = "no-tests"
    NOT_COLLECTED = "not-collected"
    SKIPPED = "skipped"
    RED_ON_REFERENCE = "red-on-reference"
    SUITE_ERROR = "suite-error"
    TIMEOUT = "timeout"
    TRIAL_CUT_SHORT = "trial-cut-short"
    UNSTABLE_IDS = "unstable-ids"
    NEVER_AWAITED = "never-awaited"
    MOCK_NEVER_AWAITED = "mock-never-awaited"
    LOST_TASK_EXCEPTION = "lost-task-exception"
    PENDING_TASK = "pending-task"
    NOT_REALLY_ASYNC = "not-really-async"
    OVER_SPECIFIED = "over-specified"
    BUG_ESCAPED = "bug-escaped"
    CAUGHT_BY_ACCIDENT = "caught-by-accident"
    PROBE_FAILED = "probe-failed"
    ORDER_DEPENDENT = "order-dependent"
    LEAVES_STATE_BEHIND = "leaves-state-behind"
    TIMING_DEPENDENT = "timing-dependent"
    NETWORK = "network"
    BLOCKED_LOOP = "blocked-loop"
    REAL_SLEEP = "real-sleep"
    CONFIG_OVERRIDDEN = "config-overridden"
    GIVEN_FILE_EDITED = "given-file-edited"
    UNCLOSED_RESOURCE = "unclosed-resource"
    NOT_PARAMETRIZED = "not-parametrized"
    UNTYPED_TEST = "untyped-test"
    REDUNDANT_TEST = "redundant-test"
    BROAD_RAISES = "broad-raises"
    ALWAYS_TRUE = "always-true"
    INCONCLUSIVE = "inconclusive"


_BY_JUDGE: dict[Judge, tuple[Code, ...]] = {
    Judge.RAN: (
        Code.NO_TESTS,
        Code.NOT_COLLECTED,
        Code.SKIPPED,
        Code.RED_ON_REFERENCE,
        Code.SUITE_ERROR,
        Code.TIMEOUT,
        Code.TRIAL_CUT_SHORT,
        Code.UNSTABLE_IDS,
        Code.INCONCLUSIVE,
    ),
    Judge.AWAITED: (
        Code.NEVER_AWAITED,
        Code.MOCK_NEVER_AWAITED,
        Code.LOST_TASK_EXCEPTION,
        Code.PENDING_TASK,
        Code.NOT_REALLY_ASYNC,
    ),
    Judge.FAIR: (Code.OVER_SPECIFIED,),
    Judge.INDEPENDENT: (Code.ORDER_DEPENDENT, Code.LEAVES_STATE_BEHIND),
    Judge.STEADY: (Code.TIMING_DEPENDENT, Code.NETWORK, Code.BLOCKED_LOOP, Code.REAL_SLEEP),
    Judge.SHARP: (Code.BUG_ESCAPED, Code.PROBE_FAILED, Code.CAUGHT_BY_ACCIDENT),
    Judge.TIDY: (Code.CONFIG_OVERRIDDEN, Code.GIVEN_FILE_EDITED, Code.UNCLOSED_RESOURCE),
    Judge.CRAFT: (Code.NOT_PARAMETRIZED, Code.UNTYPED_TEST, Code.REDUNDANT_TEST, Code.BROAD_RAISES, Code.ALWAYS_TRUE),
}
JUDGE_OF = {code: judge for judge, codes in _BY_JUDGE.items() for code in codes}
NOTES = frozenset(
    {
        Code.CAUGHT_BY_ACCIDENT,
        Code.REAL_SLEEP,
        Code.GIVEN_FILE_EDITED,
        Code.UNCLOSED_RESOURCE,
        Code.UNTYPED_TEST,
        Code.REDUNDANT_TEST,
        Code.BROAD_RAISES,
        Code.ALWAYS_TRUE,
        Code.INCONCLUSIVE,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A coded observation: what was seen and where, what it means, what to try."""

    code: Code
    message: str
    advice: str = ""
    place: Place | None = None
    test: str = ""
    bug: str = ""
    severity: Severity = Severity.BLOCKS
    detail: str = ""  # pytest's own words, where a failure is the point

    @property
    def judge(self) -> Judge:
        return JUDGE_OF[self.code]


def finding(
    code: Code,
    message: str,
    advice: str = "",
    *,
    place: Place | None = None,
    test: str = "",
    bug: str = "",
    detail: str = "",
) -> Finding:
    """A finding with the usual severity of its code."""
    severity = Severity.NOTE if code in NOTES else Severity.BLOCKS
    return Finding(code, message, advice, place, test, bug, severity, detail)


class Reach(StrEnum):
    """How far a suite got towards a bug."""

    NOT_REACHED = "not reached"
    REACHED = "reached"
    IMPORT = "import"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BugResult:
    """What became of one planted bug or one probe. `caught` is None while that is undecided."""

    id: str
    behaviour: str
    caught: bool | None
    reach: Reach = Reach.UNKNOWN
    caught_by: tuple[str, ...] = ()
    held: bool = False
    is_probe: bool = False


@dataclass(frozen=True, slots=True)
class TestResult:
    """What one test of the submission is worth."""

    __test__ = False

    id: str
    outcome: str
    catches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lines inside functions of the modules under test that ran on the reference."""

    run: int
    all: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that is said of one submission for one exercise."""

    exercise: str
    kind: VerdictKind
    score: int | None
    findings: tuple[Finding, ...] = ()
    bugs: tuple[BugResult, ...] = ()
    tests: tuple[TestResult, ...] = ()
    coverage: Coverage | None = None
    trials: int = 0
    duration_s: float = 0.0
    seed: int = 0
    lesson: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.BLOCKS)

    @property
    def caught(self) -> int:
        return sum(1 for bug in self.bugs if bug.caught)


def expectation(found: Finding) -> str:
    """A finding as a suite's `expect` names it: its code, with the bug where there is one."""
    return f"{found.code}:{found.bug}" if found.bug else str(found.code)
