"""Grading a class: take what was handed in, judge it in a sandbox, keep each result, and write what a teacher needs."""
