import unittest

import pytest

from member_list import MemberList
from member_sign_up import Reason, Rejected, validate


class TestSignUp(unittest.TestCase):
    def setUp(self) -> None:
        self.members = MemberList("kim@example.org", "Alex@Example.org", "lee+choir@example.org")

    async def rejection(self, typed: str) -> Reason:
        with self.assertRaises(Rejected) as rejected:
            await validate(typed, self.members)
        return rejected.exception.reason

    @pytest.mark.asyncio
    async def test_a_new_address_is_fine(self) -> None:
        self.assertEqual(await validate(" Robin@example.org ", self.members), "Robin@example.org")

    @pytest.mark.asyncio
    async def test_a_blank_address_is_rejected(self) -> None:
        for typed in ("", "  "):
            self.assertEqual(await self.rejection(typed), Reason.BLANK)

    @pytest.mark.asyncio
    async def test_an_address_needs_a_name_and_a_host(self) -> None:
        for typed in ("robin", "robin@", "@example.org", "robin@choir@example.org"):
            self.assertEqual(await self.rejection(typed), Reason.MALFORMED)

    @pytest.mark.asyncio
    async def test_a_taken_address_is_rejected(self) -> None:
        for typed in ("KIM@example.org", " kim@example.org", "alex@example.org", "lee+choir@example.org"):
            self.assertEqual(await self.rejection(typed), Reason.TAKEN)

    @pytest.mark.asyncio
    async def test_a_plus_address_is_another_address(self) -> None:
        address = await validate("kim+choir@example.org", self.members)
        self.assertEqual(address, "kim+choir@example.org")
