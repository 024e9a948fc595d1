"""Looks into the file itself, with the standard library's driver, while no session is in use."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

import question_bank
from grading import import_answers, start


def look_into_the_file() -> dict[str, int]:
    """Rows a table. Takes the write lock first, which fails at once if somebody holds it."""
    assert question_bank.created, "create_database was never called"
    tables = ("assessments", "answers", "grading_attempts", "questions")
    with closing(sqlite3.connect(question_bank.created[0], timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        rows = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
        connection.execute("ROLLBACK")
    return rows


CLEAN = {"assessments": 0, "answers": 0, "grading_attempts": 0, "questions": 3}


@pytest.mark.asyncio
async def test_commits(session: AsyncSession) -> None:
    assessment = await start(session, "Robin")
    await import_answers(session, assessment.id, [("Q1", 2), ("Q1", 2)])


def test_the_file_is_clean_after_a_passing_test() -> None:
    assert look_into_the_file() == CLEAN


@pytest.mark.asyncio
async def test_fails(session: AsyncSession) -> None:
    await start(session, "Robin")
    pytest.fail("this test is meant to fail")


def test_the_file_is_clean_after_a_failing_test() -> None:
    assert look_into_the_file() == CLEAN
