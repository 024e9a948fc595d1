"""Assessments that learners pay for, answer and submit, and that their authors rate."""
