import unittest

from member_list import MemberList
from member_sign_up import validate


class TestSignUp(unittest.TestCase):
    def setUp(self) -> None:
        self.members = MemberList("kim@example.org", "alex@example.org")

    def test_a_new_address_is_fine(self) -> None:
        self.assertTrue(validate(" robin@example.org ", self.members))

    def test_a_blank_address_is_rejected(self) -> None:
        self.assertNotEqual(validate("", self.members), "")

    def test_an_address_needs_a_name_and_a_host(self) -> None:
        self.assertNotEqual(validate("robin", self.members), "robin")

    def test_a_taken_address_is_rejected(self) -> None:
        self.assertNotEqual(validate("KIM@example.org", self.members), "KIM@example.org")

    def test_a_plus_address_is_another_address(self) -> None:
        self.assertIsNotNone(validate("kim+choir@example.org", self.members))
