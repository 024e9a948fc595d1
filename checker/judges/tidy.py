"""Were clients, engines and sessions closed; were given files and configuration left alone?"""

from __future__ import annotations

from ..evidence import Evidence
from ..findings import Code, Finding, finding
from .words import test_name


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """Findings about what the suite leaves open or changes that is not its own."""
    found: dict[tuple[object, ...], Finding] = {}
    for seen in evidence.reference.observations:
        if seen.code == Code.CONFIG_OVERRIDDEN:
            told = finding(
                Code.CONFIG_OVERRIDDEN,
                f"The suite changes pytest's configuration while it runs ({seen.detail}).",
                "Leave the configuration of this exercise as it is; a marker, a fixture or a warnings filter "
                "in a test is fine.",
            )
        elif seen.code == Code.UNCLOSED_RESOURCE:
            told = finding(
                Code.UNCLOSED_RESOURCE,
                f"{seen.detail} made in {test_name(seen.test) or 'the suite'} was never closed.",
                "Open it in a fixture and close it after the yield, or use it in an async with block.",
                place=seen.place,
                test=seen.test,
            )
        else:
            continue
        found.setdefault((told.code, told.place or told.message), told)
    edited = (
        finding(
            Code.GIVEN_FILE_EDITED,
            f"{path} was changed. It was judged as it was handed out.",
            "Only the files named in the brief are yours to edit.",
        )
        for path in evidence.submission.edited_given
    )
    return (*found.values(), *edited)
