import unittest

from member_list import MemberList
from member_sign_up import Reason, Rejected, validate


class TestSignUp(unittest.TestCase):
    def setUp(self) -> None:
        self.members = MemberList("kim@example.org", "alex@example.org")

    async def test_a_new_address_is_fine(self) -> None:
        self.assertEqual(await validate(" robin@example.org ", self.members), "robin@example.org")

    async def test_a_blank_address_is_rejected(self) -> None:
        with self.assertRaises(Rejected) as rejected:
            await validate("", self.members)

        self.assertEqual(rejected.exception.reason, Reason.BLANK)

    async def test_an_address_needs_a_name_and_a_host(self) -> None:
        with self.assertRaises(Rejected) as rejected:
            await validate("robin", self.members)

        self.assertEqual(rejected.exception.reason, Reason.MALFORMED)

    async def test_a_taken_address_is_rejected(self) -> None:
        with self.assertRaises(Rejected):
            await validate("kim@example.org", self.members)

    async def test_a_plus_address_is_the_same_address(self) -> None:
        with self.assertRaises(Rejected):
            await validate("kim+choir@example.org", self.members)
