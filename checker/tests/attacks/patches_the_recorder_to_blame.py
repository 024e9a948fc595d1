"""The recorder's own method turns every call into a failure."""

from checker.engine import recorder

tell = recorder.CURRENT.tell


def lying(message: dict) -> None:
    if message["event"] == "report" and message["phase"] == "call":
        message = {**message, "outcome": "failed"}
    tell(message)


recorder.CURRENT.tell = lying


def test_everything() -> None:
    assert True
