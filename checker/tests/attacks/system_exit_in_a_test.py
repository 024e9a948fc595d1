"""sys.exit(0) in a test."""

import sys


def test_everything() -> None:
    sys.exit(0)
