import unittest

from member_list import MemberList
from member_sign_up import Reason, Rejected, validate


class TestSignUp(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        self.members = MemberList("kim@example.org", "Alex@Example.org", "lee+choir@example.org")

    async def rejection(self, typed: str) -> Reason:
        with self.assertRaises(Rejected) as rejected:
            await validate(typed, self.members)
        return rejected.exception.reason

    async def test_a_new_address_is_fine(self) -> None:
        self.assertEqual(await validate(" Robin@example.org ", self.members), "Robin@example.org")

    async def test_half_an_address_is_free(self) -> None:
        for typed in ("kim@example.com", "lee@example.org"):
            self.assertEqual(await validate(typed, self.members), typed)

    async def test_a_blank_address_is_rejected(self) -> None:
        for typed in ("", "  "):
            self.assertEqual(await self.rejection(typed), Reason.BLANK)

    async def test_an_address_needs_a_name_and_a_host(self) -> None:
        for typed in ("robin", "robin@", "@example.org", "robin@choir@example.org"):
            self.assertEqual(await self.rejection(typed), Reason.MALFORMED)

    async def test_a_taken_address_is_rejected(self) -> None:
        for typed in ("KIM@example.org", " kim@example.org", "alex@example.org", "lee+choir@example.org"):
            self.assertEqual(await self.rejection(typed), Reason.TAKEN)

    @unittest.expectedFailure
    async def test_a_plus_address_is_the_same_address(self) -> None:
        with self.assertRaises(Rejected):
            await validate("kim+choir@example.org", self.members)
