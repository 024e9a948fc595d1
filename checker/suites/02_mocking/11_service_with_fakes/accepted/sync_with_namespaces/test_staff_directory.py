import asyncio
from types import SimpleNamespace

import pytest

from staff_directory import Entry, NotSignedIn, Person, RightsUnavailable, StaffDirectory


def run(people, rights, headers=None):
    """Returns the entries and the log of what was asked."""
    log = []

    async def on_ward(ward):
        log.append(("roster", ward))
        if isinstance(people, Exception):
            raise people
        return people

    async def rights_of(person_id, scope, authorization):
        log.append(("rights", person_id, scope, authorization))
        answer = rights[person_id]
        if isinstance(answer, Exception):
            raise answer
        return answer

    service = StaffDirectory(
        roster=SimpleNamespace(on_ward=on_ward), rights=SimpleNamespace(rights_of=rights_of)
    )
    if headers is None:
        headers = {"x-api-key": "wrong one", "authorization": "Basic dXNlcg=="}
    try:
        return asyncio.run(service.entries("K", headers)), log
    except Exception as error:
        return error, log


MIA = Person(12, "Mia", "K")
LEO = Person(13, "Leo", "elsewhere")
OLD = Person(10, "Old", "K", False)


def test_everything_at_once():
    entries, log = run([MIA, OLD, LEO], {12: {"prescribe", "x"}, 13: {"x"}})
    assert entries == [Entry(13, "Leo", False), Entry(12, "Mia", True)]
    assert log[0] == ("roster", "K")
    assert sorted(log[1:]) == [
        ("rights", 12, "ward:K", "Basic dXNlcg=="),
        ("rights", 13, "ward:K", "Basic dXNlcg=="),
    ]


def test_capitals_first():
    names = ["b", "A", "a", "B"]
    entries, _ = run([Person(n, name, "K") for n, name in enumerate(names)], [set()] * 4)
    assert [entry.name for entry in entries] == ["A", "B", "a", "b"]


def test_unknown():
    entries, log = run([LEO, MIA], {13: RightsUnavailable(), 12: {"prescribe"}})
    assert entries == [Entry(13, "Leo", None), Entry(12, "Mia", True)]
    assert len(log) == 3


@pytest.mark.parametrize("error", [ValueError("v"), TimeoutError("t")])
def test_errors(error):
    assert run([MIA], {12: error})[0] is error
    assert run(error, {})[0] is error


def test_anonymous():
    outcome, log = run([MIA], {12: set()}, headers={"cookie": "a=b"})
    assert isinstance(outcome, NotSignedIn)
    assert log == []
