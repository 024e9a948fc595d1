import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from httpx import ASGITransport, AsyncClient

from invoice_book import Invoice, InvoiceBook
from invoice_desk import MailError, Mailing, create_app


class Scene:
    """A mailer is a queue of (to, text, answer): the test takes a mail and answers it."""

    def __init__(self) -> None:
        self.book = InvoiceBook()
        self.mails: asyncio.Queue[tuple[str, str, asyncio.Future[None]]] = asyncio.Queue()
        self.mailing = Mailing(self.book, self)
        self.app = create_app(self.book, self.mailing)

    async def send(self, to: str, text: str) -> None:
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.known = list(self.book.stored)
        await self.mails.put((to, text, answer))
        await answer

    async def post(self, number: str, to: str, cents: int) -> str:
        transport = ASGITransport(app=self.app)
        async with AsyncClient(transport=transport, base_url="http://a") as client:
            body = {"number": number, "to": to, "cents": cents}
            response = await client.post("/invoices", json=body)
        return f"{response.status_code} {response.text}"

    async def idle(self) -> None:
        for _ in range(40):
            await asyncio.sleep(0)


def run(play: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        scene = Scene()
        async with asyncio.timeout(2):
            await play(scene)
            await scene.mailing.finish()
        assert scene.mails.empty()

    asyncio.run(main())


def test_from_pending_to_sent() -> None:
    async def play(scene: Scene) -> None:
        answer = await scene.post("x1", "me", 100)
        assert answer == '201 {"number":"x1","mail":"pending"}'
        to, text, mail = await scene.mails.get()
        assert (to, text) == ("me", "Invoice x1: 1.00 EUR")
        assert scene.known == ["x1"]
        await scene.idle()
        assert scene.book.stored["x1"] == Invoice("x1", "me", 100, "pending")
        mail.set_result(None)
        await scene.idle()
        assert scene.book.stored["x1"] == Invoice("x1", "me", 100, "sent")

    run(play)


def test_from_pending_to_failed_beside_others() -> None:
    async def play(scene: Scene) -> None:
        await scene.post("x1", "me", 1050)
        await scene.post("x2", "you", 3)
        _, _, mine = await scene.mails.get()
        _, text, yours = await scene.mails.get()
        assert text == "Invoice x2: 0.03 EUR"
        yours.set_exception(MailError("full"))
        await scene.idle()
        assert [each.mail for each in scene.book.stored.values()] == ["pending", "failed"]
        await scene.post("x3", "me", 1)
        _, _, third = await scene.mails.get()
        end = asyncio.create_task(scene.mailing.finish())
        third.set_exception(MailError("down"))
        await scene.idle()
        assert not end.done()
        mine.set_result(None)
        await end
        assert [each.mail for each in scene.book.stored.values()] == ["sent", "failed", "failed"]

    run(play)


def test_twice_the_same_number() -> None:
    async def play(scene: Scene) -> None:
        await scene.post("x1", "me", 100)
        _, _, mail = await scene.mails.get()
        assert await scene.post("x1", "you", 200) == '409 {"detail":"number taken"}'
        await scene.idle()
        assert scene.book.stored == {"x1": Invoice("x1", "me", 100, "pending")}
        mail.set_result(None)

    run(play)


def test_nothing_at_all() -> None:
    async def play(scene: Scene) -> None:
        await scene.mailing.finish()

    run(play)
