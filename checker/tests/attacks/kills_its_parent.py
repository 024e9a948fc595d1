"""Kills the process that it was forked from."""

import os
import signal


def test_everything() -> None:
    os.kill(os.getppid(), signal.SIGKILL)
