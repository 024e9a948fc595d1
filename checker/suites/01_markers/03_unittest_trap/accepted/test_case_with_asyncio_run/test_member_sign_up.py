import asyncio
import unittest

from member_list import MemberList
from member_sign_up import Reason, Rejected, validate


def outcome(typed, *known):
    """The address, or the reason of the rejection."""
    try:
        return asyncio.run(validate(typed, MemberList(*known)))
    except Rejected as rejected:
        return rejected.reason


class TestValidate(unittest.TestCase):
    def test_fit(self):
        self.assertEqual(outcome("Me@Example.org"), "Me@Example.org")
        self.assertEqual(outcome("me@example.org", "me@example.com", "you@example.org"), "me@example.org")

    def test_trimmed(self):
        self.assertEqual(outcome("  me@example.org  "), "me@example.org")

    def test_blank(self):
        self.assertEqual([outcome(""), outcome("    ")], [Reason.BLANK] * 2)

    def test_malformed(self):
        for typed in ("me", "@", "me@", "@example.org", "me@example@org"):
            self.assertEqual(outcome(typed), Reason.MALFORMED, typed)

    def test_taken(self):
        self.assertEqual(outcome("me@example.org", "x@example.org", "me@example.org"), Reason.TAKEN)
        self.assertEqual(outcome("ME@example.org", "me@example.org"), Reason.TAKEN)
        self.assertEqual(outcome("me@example.org", "Me@example.org"), Reason.TAKEN)
        self.assertEqual(outcome("me@example.org ", "me@example.org"), Reason.TAKEN)

    def test_plus(self):
        self.assertEqual(outcome("me+x@example.org", "me@example.org"), "me+x@example.org")
        self.assertEqual(outcome("me@example.org", "me+x@example.org"), "me@example.org")
        self.assertEqual(outcome("me+x@example.org", "me+x@example.org"), Reason.TAKEN)
