"""Which addresses may sign up, as test methods that are awaited."""

import unittest

from member_list import MemberList
from member_sign_up import Reason, Rejected, validate


class TestSignUp(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        self.members = MemberList("kim@example.org", "Alex.Berg@Example.org")

    async def rejection(self, typed: str) -> Reason:
        """The reason why `typed` is rejected. Fails the test if it is not."""
        with self.assertRaises(Rejected) as rejected:
            await validate(typed, self.members)
        return rejected.exception.reason

    async def test_a_new_address_comes_back_without_its_blanks(self) -> None:
        address = await validate("  Robin@Example.org ", self.members)

        self.assertEqual(address, "Robin@Example.org")

    async def test_half_of_a_members_address_is_free(self) -> None:
        for typed in ("kim@example.com", "robin@example.org"):
            self.assertEqual(await validate(typed, self.members), typed)

    async def test_nothing_is_blank_and_so_are_blanks(self) -> None:
        for typed in ("", "   "):
            self.assertEqual(await self.rejection(typed), Reason.BLANK)

    async def test_an_address_has_a_name_and_a_host_and_one_sign_between(self) -> None:
        for typed in ("robin", "@example.org", "robin@", "robin@choir@example.org"):
            self.assertEqual(await self.rejection(typed), Reason.MALFORMED)

    async def test_a_taken_address_is_rejected_in_whatever_case(self) -> None:
        for typed in ("kim@example.org", "KIM@example.ORG", " kim@example.org "):
            self.assertEqual(await self.rejection(typed), Reason.TAKEN)

    async def test_capitals_in_the_register_do_not_matter(self) -> None:
        for typed in ("alex.berg@example.org", "Alex.Berg@Example.org"):
            self.assertEqual(await self.rejection(typed), Reason.TAKEN)

    async def test_a_plus_address_is_another_address(self) -> None:
        address = await validate("kim+choir@example.org", self.members)

        self.assertEqual(address, "kim+choir@example.org")

    async def test_a_plus_address_is_taken_when_a_member_has_it(self) -> None:
        self.members = MemberList("kim+choir@example.org")

        self.assertEqual(await self.rejection("kim+choir@example.org"), Reason.TAKEN)
        self.assertEqual(await validate("kim@example.org", self.members), "kim@example.org")
