import pytest

from chat_broker import Message, NoSuchRoom


@pytest.mark.asyncio(loop_scope="session")
class TestChat:
    async def test_heard(self, broker, room):
        inboxes = [await broker.join(room, member) for member in "abc"]
        await broker.say(room, "a", "x")
        await broker.say(room, "guest", "y")
        await broker.say(room, "a", "z")
        await broker.flush()
        expected = [Message("a", "x"), Message("guest", "y"), Message("a", "z")]
        assert inboxes == [[expected[1]], expected, expected]

    async def test_elsewhere(self, broker, room, make_room):
        inbox = await broker.join(await make_room("library"), "b")
        await broker.join(room, "c")
        await broker.say(room, "a", "x")
        await broker.flush()
        assert inbox == []

    async def test_late(self, broker, room):
        await broker.join(room, "b")
        await broker.say(room, "a", "x")
        await broker.flush()
        late = await broker.join(room, "c")
        await broker.flush()
        assert late == []
        await broker.say(room, "a", "y")
        await broker.flush()
        assert late == [Message("a", "y")]

    async def test_first_but_late(self, broker, room):
        await broker.say(room, "a", "x")
        await broker.flush()
        assert await broker.join(room, "b") == []

    async def test_never_opened(self, broker):
        with pytest.raises(NoSuchRoom):
            await broker.join("nowhere", "b")
        with pytest.raises(NoSuchRoom):
            await broker.say("nowhere", "a", "x")

    async def test_closed(self, broker):
        await broker.open("pop-up")
        await broker.close("pop-up")
        with pytest.raises(NoSuchRoom):
            await broker.join("pop-up", "b")
        with pytest.raises(NoSuchRoom):
            await broker.say("pop-up", "a", "x")
