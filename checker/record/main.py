"""`python -m checker.record.main KIND FILE`: run a file under a recorder, and write what was seen as one line of JSON.

The line comes last on standard output; whatever the file itself prints comes before it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

MARK = "\x1ekata-record "


def main() -> None:
    """Run one recorder. A fault of the file is told in one line, with exit code 1."""
    kind, file = sys.argv[1], Path(sys.argv[2]).resolve()
    sys.path.insert(0, str(file.parent))
    try:
        if kind == "loop":
            from .loop import load, record

            seen: object = record(load(file, file.read_text(encoding="utf-8")), str(file)).as_json()
        elif kind == "fixtures":
            from .fixtures import record_fixtures

            seen = record_fixtures(file)
        elif kind == "transactions":
            from .transactions import record_transactions

            seen = record_transactions(file)
        else:
            from .request import record_request

            seen = record_request(file)
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        raise SystemExit(1) from None
    sys.stdout.write(f"{MARK}{json.dumps(seen)}\n")


if __name__ == "__main__":
    main()
