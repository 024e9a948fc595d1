"""`python -m checker.notebook.judged FOLDER`: judge a folder laid out like an exercise; the whole verdict as JSON."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from pydantic import TypeAdapter

from ..catalog import load_exercises
from ..errors import KataError
from ..findings import Verdict
from ..judging import judge_folder
from ..places import find_places
from ..suite import load_suite

VERDICT = TypeAdapter(Verdict)


def main() -> None:
    """An error of ours is one line, with exit code 2."""
    folder = Path(sys.argv[1])
    try:
        places = find_places()
        exercise = load_exercises(places)[f"{folder.parent.name}/{folder.name}"]
        judged = asyncio.run(judge_folder(exercise, load_suite(places, exercise).without_held(), folder, seed=1))
    except KataError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
    sys.stdout.write(VERDICT.dump_json(judged.verdict).decode())


if __name__ == "__main__":
    main()
