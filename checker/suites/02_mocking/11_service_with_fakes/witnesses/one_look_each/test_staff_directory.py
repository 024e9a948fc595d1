from unittest.mock import AsyncMock

import pytest

from staff_directory import Person, RightsUnavailable, StaffDirectory

pytestmark = pytest.mark.asyncio

HEADERS = {"authorization": "Bearer caller", "cookie": "session=1"}


async def asked(error: Exception | None = None) -> dict[str, str]:
    """The keywords of the last question to the rights service."""
    roster, rights = AsyncMock(), AsyncMock()
    roster.on_ward.return_value = [Person(1, "Zoe Adler", "C3")]
    rights.rights_of.return_value = set()
    rights.rights_of.side_effect = error
    await StaffDirectory(roster=roster, rights=rights).entries("C3", HEADERS)
    return rights.rights_of.await_args.kwargs


async def test_an_unknown_is_asked_once() -> None:
    roster, rights = AsyncMock(), AsyncMock()
    roster.on_ward.return_value = [Person(1, "Zoe Adler", "C3")]
    rights.rights_of.side_effect = RightsUnavailable
    await StaffDirectory(roster=roster, rights=rights).entries("C3", HEADERS)
    assert rights.rights_of.await_count == 1


async def test_no_error_comes_out() -> None:
    assert await asked(RightsUnavailable()) is not None


async def test_the_scope_begins_with_ward() -> None:
    assert (await asked())["scope"].startswith("ward:")


async def test_the_token_is_the_callers() -> None:
    assert (await asked())["authorization"].endswith("caller")
