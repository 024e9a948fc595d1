"""The recorder's own method turns every failure into a success."""

from checker.engine import recorder

tell = recorder.CURRENT.tell


def lying(message: dict) -> None:
    if message.get("outcome") == "failed":
        message = {**message, "outcome": "passed"}
    if message["event"] == "finish":
        message = {**message, "status": 0}
    tell(message)


recorder.CURRENT.tell = lying


def test_everything() -> None:
    raise AssertionError("as always")
