from unittest import IsolatedAsyncioTestCase

from member_sign_up import Reason, Rejected, validate


class Register:
    def __init__(self) -> None:
        self.known: list[str] = []

    async def addresses(self) -> list[str]:
        return list(self.known)


class ValidateTest(IsolatedAsyncioTestCase):
    async def asyncSetUp(self) -> None:
        self.register = Register()
        self.register.known = ["a@b.example", "C@D.example", "e+f@g.example"]

    async def test_fit(self) -> None:
        for typed, expected in {
            "x@y.example": "x@y.example",
            "   X@y.example ": "X@y.example",
            "a+z@b.example": "a+z@b.example",
            "e@g.example": "e@g.example",
            "a@d.example": "a@d.example",
        }.items():
            with self.subTest(typed):
                self.assertEqual(await validate(typed, self.register), expected)

    async def test_rejected(self) -> None:
        for reason, addresses in {
            Reason.BLANK: ["", " ", "   "],
            Reason.MALFORMED: ["x", "x@", "@y", "x@@y", "x@y@z", "@"],
            Reason.TAKEN: ["a@b.example", "A@B.EXAMPLE", "c@d.example", "a@b.example ", "e+f@g.example"],
        }.items():
            for typed in addresses:
                with self.subTest(typed), self.assertRaises(Rejected) as context:
                    await validate(typed, self.register)
                self.assertIs(context.exception.reason, reason)
