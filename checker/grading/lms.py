"""Files that Canvas and Moodle import as grades.

Canvas: https://community.canvaslms.com (“How do I import grades in the Gradebook?”): the columns Student, ID, SIS User
ID, SIS Login ID, Section first, then one an assignment, and a row of points possible. Moodle: the gradebook's CSV
import (docs.moodle.org, “Grade import”), whose columns are matched by hand: one tells who it is, the others are grades.
What was not handed in or is undecided is an empty cell, which neither of them takes for a zero.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Literal

from .intake import Learner

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


Lms = Literal["canvas", "moodle"]
Points = Mapping[str, int | None]


def safe(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def import_file(lms: Lms, people: Sequence[tuple[Learner, Points, float]], exercises: Sequence[str]) -> str:
    """The CSV text; of each learner the points by exercise, and the grade."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    items = [*exercises, "Async Test Kata"]
    if lms == "canvas":
        writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *items])
        writer.writerow(["    Points Possible", "", "", "", "", *("100" for _ in items)])
    else:
        writer.writerow(["ID number", "Full name", "Email address", *items])
    for learner, points, grade in people:
        is_theirs = learner.id.isdigit()  # as in the names of files that Canvas exports
        who = [safe(learner.name or learner.id), learner.id if is_theirs else "", "" if is_theirs else safe(learner.id)]
        who += [safe(learner.email), safe(learner.section)]
        if lms == "moodle":
            who = [safe(learner.id), safe(learner.name or learner.id), safe(learner.email)]
        handed_in = any(got is not None for got in points.values())
        told = ["" if points[name] is None else str(points[name]) for name in exercises]
        writer.writerow([*who, *told, f"{grade:.1f}" if handed_in else ""])
    return rows.getvalue()
