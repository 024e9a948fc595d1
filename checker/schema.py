"""What `exercise.toml` and `suite.toml` may say: the course's files at their edge, as pydantic models."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import KataError
from .findings import Code, Severity


class CourseError(KataError):
    """A file of the course is broken: for its author."""

    def __init__(self, where: str, what: str, advice: str) -> None:
        super().__init__(f"{where}: {what}. {advice}")


class Kind(StrEnum):
    """What a learner does in an exercise."""

    BROKEN_TEST = "broken-test"
    MISSING_TEST = "missing-test"
    FLAKY_TEST = "flaky-test"
    FIXTURE = "fixture"
    CONFIGURATION = "configuration"


_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
_Text = Annotated[str, Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class ExerciseFile(_Model):
    """An `exercise.toml`."""

    format: Literal[1]
    title: _Text
    kind: Kind
    edit: tuple[_Text, ...] = Field(min_length=1)
    optional: tuple[_Text, ...] = ()
    minutes: int = Field(gt=0, le=240)
    tracks: tuple[_Text, ...] = ()
    allow_strict_xfail: bool = False
    craft: tuple[Literal["parametrized"], ...] = ()
    severity: dict[Code, Severity] = {}


class EditEntry(_Model):
    """A small edit of the reference, or a folder of whole files."""

    id: _Id
    file: str = ""
    find: str = ""
    replace: str = ""
    held: bool = False


class MutantEntry(EditEntry):
    """One planted bug."""

    behaviour: _Text
    hints: tuple[_Text, ...] = ()
    startup: bool = False


class VariantEntry(_Model):
    """Whole files that keep the contract."""

    id: _Id
    summary: _Text
    held: bool = False


class Expected(_Model):
    """How a test of a probe must end when it is not simply to pass."""

    test: _Text
    phase: Literal["setup", "call", "teardown"] = "call"
    outcome: Literal["failed", "skipped"] = "failed"
    match: str = ""


class ProbeEntry(_Model):
    """One hidden test file."""

    id: _Id
    behaviour: _Text
    hints: tuple[_Text, ...] = ()
    held: bool = False
    expect: tuple[Expected, ...] = ()


class FalseFriendEntry(_Model):
    """A plausible wrong submission."""

    id: _Id
    why: _Text
    expect: tuple[_Text, ...] = Field(min_length=1)


class AcceptedEntry(_Model):
    """A good submission in another style."""

    id: _Id
    style: _Text


class WitnessEntry(_Model):
    """A suite that tells two mutants apart."""

    id: _Id


class SuiteFile(_Model):
    """A `suite.toml`."""

    format: Literal[1]
    lesson: _Text
    mutant: tuple[MutantEntry, ...] = ()
    equivalent: tuple[EditEntry, ...] = ()
    variant: tuple[VariantEntry, ...] = ()
    probe: tuple[ProbeEntry, ...] = ()
    false_friend: tuple[FalseFriendEntry, ...] = ()
    accepted: tuple[AcceptedEntry, ...] = ()
    witness: tuple[WitnessEntry, ...] = ()


class PrivateFile(SuiteFile):
    """A `suite.toml` of a teacher's own, added to the course's: what it names is held; no lesson needed."""

    lesson: str = ""


M = TypeVar("M", bound=BaseModel)


def parse(text: bytes | None, model: type[M], where: str) -> M:
    """A TOML file's text as a model; `where` names it in errors. Raises CourseError."""
    if text is None:
        raise CourseError(where, "there is no such file", "Write it, or remove the folder")
    try:
        return model.model_validate(tomllib.loads(text.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(where, f"not valid TOML ({error})", "Correct it") from error
    except ValidationError as error:
        raise CourseError(where, _first(error.errors()[0]), "Correct it") from error


def _first(problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"]) or "the file"
    return f"{place}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
