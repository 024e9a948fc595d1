"""Async Test Kata: a workshop on testing asynchronous Python, and a grader that judges tests."""

__version__ = "0.1.0"
