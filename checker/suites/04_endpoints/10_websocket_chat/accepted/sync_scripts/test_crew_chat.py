import asyncio
from contextlib import AsyncExitStack

import pytest
from httpx import ASGITransport, AsyncClient

from crew_chat import create_app
from ws_client import NothingSent, Refused, WebSocketClient

TOKENS = {"k1": "Ann", "k2": "Bob", "k3": "Cat"}
TOKEN_OF = {name: token for token, name in TOKENS.items()}

TALK = """
Cat boards wren
Ann boards wren
Bob boards wren
Cat hears Ann joined
Cat hears Bob joined
Ann hears Bob joined
Ann says hello
Ann says  hello again!
Ann says bye
Bob hears Ann: hello
Bob hears Ann:  hello again!
Bob hears Ann: bye
Cat hears Ann: hello
Cat hears Ann:  hello again!
Cat hears Ann: bye
list wren Ann Bob Cat
Bob says what
Cat hears Bob: what
Ann hears Bob: what
all silent
"""
LEAVING = """
Cat boards wren
Bob boards wren
Ann boards wren
Cat hears Bob joined
Cat hears Ann joined
Bob hears Ann joined
Ann leaves
Bob hears Ann left
Cat hears Ann left
list wren Bob Cat
Bob says still there?
Cat hears Bob: still there?
Cat says yes
Bob hears Cat: yes
all silent
Bob leaves
Cat leaves
list wren
"""
BOATS = """
list wren
Ann boards wren
Ann says first
all silent
Bob boards ibis
Cat boards ibis
Bob hears Cat joined
Cat says quiet
Bob hears Cat: quiet
list wren Ann
list ibis Bob Cat
Cat leaves
Bob hears Cat left
all silent
Bob leaves
Bob boards wren
Ann hears Bob joined
all silent
"""


async def play(script: str) -> None:
    app = create_app(TOKENS)
    clients: dict[str, WebSocketClient] = {}
    async with AsyncExitStack() as stack:
        transport = ASGITransport(app=app)
        http = await stack.enter_async_context(
            AsyncClient(transport=transport, base_url="http://boats")
        )
        for line in script.strip().splitlines():
            who, verb, rest = (line + "  ").split(" ", 2)
            rest = rest[:-2]
            if who == "list":
                response = await http.get(f"/boats/{verb.strip()}")
                assert response.status_code == 200
                assert response.json() == {"people": rest.split()}, line
            elif who == "all":
                for client in clients.values():
                    with pytest.raises(NothingSent):
                        await client.receive()
            elif verb == "boards":
                client = WebSocketClient(app, f"/boats/{rest}?token={TOKEN_OF[who]}")
                clients[who] = await client.__aenter__()
            elif verb == "leaves":
                await clients.pop(who).__aexit__(None, None, None)
            elif verb == "says":
                await clients[who].send(rest)
            else:
                assert await clients[who].receive() == rest, line
        for client in clients.values():
            await client.__aexit__(None, None, None)


@pytest.mark.parametrize("script", [TALK, LEAVING, BOATS], ids=["talk", "leaving", "boats"])
def test_script(script: str) -> None:
    asyncio.run(play(script))


@pytest.mark.parametrize("query", ["", "?token=", "?token=k4"])
def test_refused(query: str) -> None:
    async def main() -> None:
        app = create_app(TOKENS)
        async with WebSocketClient(app, "/boats/wren?token=k1") as ann:
            with pytest.raises(Refused) as caught:
                async with WebSocketClient(app, f"/boats/wren{query}"):
                    pass
            assert caught.value.code == 1008
            with pytest.raises(NothingSent):
                await ann.receive()
            async with AsyncClient(transport=ASGITransport(app=app), base_url="http://b") as http:
                assert (await http.get("/boats/wren")).json() == {"people": ["Ann"]}

    asyncio.run(main())
