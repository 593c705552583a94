"""The server for browsers: who may open a session, what it gets, and how it ends."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from multidict import CIMultiDict

from app.cli.failures import WrongUsage
from app.content.operator import read_operator
from app.serving.web.activity import is_person, size_in, typed
from app.serving.web.command import options_of
from app.serving.web.options import WebLimits
from app.serving.web.peers import Seats, client_address
from app.serving.web.server import disposition, preferred
from app.settings import shipped_content
from app.store import Store
from app.store.schema import ensure_schema
from tests.serving.web.server import PATIENCE, Running, children, served

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for this module, with room for three sessions, two of one address."""
    home = tmp_path_factory.mktemp("web")
    store = Store(f"sqlite:///{home / 'loket.db'}")
    ensure_schema(store)
    store.close()
    options = ("--sessions", "3", "--sessions-of-address", "2", "--behind-proxy", "127.0.0.1")
    with served(home, *options) as running:
        yield running


@pytest.fixture
async def browser(server: Running) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody with a cookie of the page."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(server.origin, cookie_jar=jar, headers=ENGLISH) as client:
        async with client.get("/") as answer:
            assert answer.status == 200
        yield client
    server.wait_for_sessions(0)


def connect(client: aiohttp.ClientSession, server: Running, path: str = "/ws", **headers: str) -> object:
    return client.ws_connect(path, headers={"Origin": server.origin, **headers}, max_msg_size=0)


def variables_of(pid: int) -> str:
    return Path(f"/proc/{pid}/environ").read_text(errors="replace")


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def painted(socket: aiohttp.ClientWebSocketResponse, text: bytes) -> bytes:
    """Everything up to a text on the screen."""
    seen = b""
    async with asyncio.timeout(PATIENCE):
        while text not in seen:
            message = await socket.receive()
            assert message.type is aiohttp.WSMsgType.BINARY, message
            seen += message.data
    return seen


async def test_a_page_opens_a_session_and_its_process_ends_with_it(
    server: Running, browser: aiohttp.ClientSession
) -> None:
    async with connect(browser, server, "/ws?width=100&height=30") as socket:
        await painted(socket, b"Password")
        (session,) = server.wait_for_sessions(1)
        assert "SECRET_OF_SERVER" not in variables_of(session)
        await socket.send_json(["stdin", "somebody"])
        await painted(socket, b"somebody")
    server.wait_for_sessions(0)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"Cookie": "loket="}],
)
async def test_another_page_and_who_has_no_page_open_nothing(
    server: Running, browser: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    client = browser
    if "Cookie" in headers:
        browser.cookie_jar.clear()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with connect(client, server, **headers):
            pass
    assert refused.value.status == 403
    assert server.sessions() == []


async def test_one_address_and_all_together_have_so_many_sessions(
    server: Running, browser: aiohttp.ClientSession
) -> None:
    open_ones = []
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        open_ones.append(await connect(browser, server, **{"X-Forwarded-For": address}))
    for address in ("192.0.2.1", "192.0.2.3"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await connect(browser, server, **{"X-Forwarded-For": address})
        assert refused.value.status == 503
    for socket in open_ones:
        await socket.close()
    server.wait_for_sessions(0)
    async with connect(browser, server, **{"X-Forwarded-For": "192.0.2.1"}) as socket:
        await painted(socket, b"Password")


async def test_an_address_that_a_client_makes_up_stands_above_the_balancers(
    server: Running, browser: aiohttp.ClientSession
) -> None:
    """A balancer may write the address that it sees into the client's line, or into another one below it."""
    open_ones = []
    for made_up in ("198.51.100.1", "198.51.100.2", "198.51.100.3"):
        lines = CIMultiDict([("Origin", server.origin), ("X-Forwarded-For", made_up)])
        lines.add("X-Forwarded-For", "192.0.2.1")
        if made_up == "198.51.100.3":
            with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
                await browser.ws_connect("/ws", headers=lines)
        else:
            open_ones.append(await browser.ws_connect("/ws", headers=lines))
    for socket in open_ones:
        await socket.close()


@pytest.mark.parametrize("query", ["width=99999&height=99999", "width=-5&height=x", "width=1e9"])
async def test_a_size_is_cut_to_what_is_sane(
    server: Running, browser: aiohttp.ClientSession, query: str
) -> None:
    async with connect(browser, server, f"/ws?{query}") as socket:
        seen = await painted(socket, b"Password")
        await socket.send_json(["resize", {"width": 10**9, "height": 10**9}])
        await socket.send_json(["resize", {"width": "x"}])
        await socket.send_json(["resize", {"width": 90, "height": 30}])
        await socket.send_json(["stdin", "still there"])
        seen += await painted(socket, b"still there")
    rows = [int(row) for row in re.findall(rb"\x1b\[(\d+);\d+H", seen)]
    assert max(rows) <= 200


async def test_nonsense_ends_one_session_and_no_other(
    server: Running, browser: aiohttp.ClientSession
) -> None:
    async with connect(browser, server) as sane, connect(browser, server) as broken:
        await painted(sane, b"Password")
        for nonsense in (
            '{"a": 1}',
            "[]",
            '["stdin"]',
            '["stdin", 5]',
            '["resize", []]',
            "[1, 2, 3]",
            '["quit"]',
        ):
            await broken.send_str(nonsense)
        await broken.send_str("{no json")
        async with asyncio.timeout(PATIENCE):
            while (await broken.receive()).type is aiohttp.WSMsgType.BINARY:
                pass
        assert broken.closed
        await sane.send_json(["stdin", "unhurt"])
        await painted(sane, b"unhurt")


async def test_every_answer_says_how_it_may_be_used_and_nothing_is_listed(
    server: Running, browser: aiohttp.ClientSession
) -> None:
    for path, status in (
        ("/", 200),
        ("/static/textual.js", 200),
        ("/static/roboto-mono.ttf", 200),
        *(
            (path, 404)
            for path in ("/static/", "/static", "/static/..%2fserver.py", "/nothing", "/download/x")
        ),
    ):
        async with browser.get(path) as answer:
            assert answer.status == status, path
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Server"] == "loket"
            if path == "/":
                assert answer.headers["Cache-Control"] == "no-store"
                text = await answer.text()
                assert re.findall(r"(?:src|href)=\"(?!/static/|data:)", text) == []
                assert "<script>" not in text


def test_a_stopped_server_takes_its_sessions_along(tmp_path: Path) -> None:
    async def run() -> None:
        with served(tmp_path) as running:
            jar = aiohttp.CookieJar(unsafe=True)
            async with aiohttp.ClientSession(running.origin, cookie_jar=jar, headers=ENGLISH) as client:
                await (await client.get("/")).release()
                async with connect(client, running) as socket:
                    await painted(socket, b"Password")
                    sessions = running.wait_for_sessions(1)
                    assert await asyncio.to_thread(running.stop) == 0
            assert not [pid for pid in sessions if is_there(pid)]

    asyncio.run(run())


async def test_a_session_in_which_nobody_does_anything_ends(tmp_path: Path) -> None:
    jar = aiohttp.CookieJar(unsafe=True)
    with served(tmp_path, "--idle", "0.05") as running:
        async with aiohttp.ClientSession(running.origin, cookie_jar=jar, headers=ENGLISH) as client:
            await (await client.get("/")).release()
            async with connect(client, running) as socket:
                await painted(socket, b"Password")
                async with asyncio.timeout(PATIENCE):
                    while (await socket.receive()).type is aiohttp.WSMsgType.BINARY:
                        await socket.send_json(["stdin", "\x1b[<35;5;5M"])  # a pointer passes over
                assert socket.closed
        running.wait_for_sessions(0)


def test_a_server_that_can_make_no_sessions_any_more_ends_and_says_so(tmp_path: Path) -> None:
    with served(tmp_path) as running:
        (zygote,) = children(running.process.pid)
        os.kill(zygote, signal.SIGKILL)
        assert running.process.wait(PATIENCE) == 1


def test_nobody_listens_to_a_network_unencrypted() -> None:
    for words in (["--host", "0.0.0.0"], ["--host", "192.0.2.5", "--origin", "http://portal.example"]):
        with pytest.raises(WrongUsage, match="read every password"):
            options_of(words)
    with pytest.raises(WrongUsage, match="--origin"):
        options_of(["--host", "", "--behind-proxy", "192.0.2.7"])
    with pytest.raises(WrongUsage, match="believe everybody"):
        options_of(["--behind-proxy", "0.0.0.0/0"])
    behind = options_of(["--host", "", "--behind-proxy", "192.0.2.7", "--origin", "https://portal.example/"])
    assert behind.allowed_origins(8080) == {"https://portal.example"}
    assert behind.encrypted


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # nobody believes just anybody
        ("192.0.2.7", "198.51.100.1", "198.51.100.1"),
        ("192.0.2.7", "10.9.9.9, 198.51.100.1", "198.51.100.1"),  # what a client made up stands first
        ("192.0.2.7", "198.51.100.1, 192.0.2.8", "198.51.100.1"),
        ("192.0.2.7", "rubbish", "192.0.2.7"),
        ("192.0.2.7", "", "192.0.2.7"),
        ("::ffff:192.0.2.7", "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_where_a_browser_is(peer: str, forwarded: str, found: str) -> None:
    assert client_address(peer, forwarded, ("192.0.2.0/28",)) == found


def test_a_network_of_ipv6_is_one_address_and_seats_are_given_back() -> None:
    seats = Seats(WebLimits(sessions=3, sessions_of_address=1))
    leave = seats.take("2001:db8::1")
    assert leave is not None
    assert seats.take("2001:db8::2") is None
    assert seats.take("2001:db8:0:1::1") is not None
    leave()
    assert seats.take("2001:db8::2") is not None
    assert len(seats) == 2


def test_a_pointer_that_passes_over_is_nobody() -> None:
    for keys in ("a", "\x1b[<0;5;5M", "\x1b[<64;5;5M", "\x1b", "\x1b[<35;5;5Mx", "\x1b[200~x\x1b[201~"):
        assert is_person(keys), keys
    for keys in ("", "\x1b[<35;5;5M", "\x1b[<35;5;5M\x1b[<32;9;9M", "\x1b[I", "\x1b[O", "\x1b[?2026;2$y"):
        assert not is_person(keys), keys
    assert typed(["stdin", "x"]) == "x"
    assert size_in(["resize", {"width": 0, "height": 5}]) == (1, 5)
    assert size_in(["resize", {"width": 5.5, "height": 5}]) is None


def test_a_file_name_cannot_say_anything_else() -> None:
    said = disposition('a"; x=\r\nSet-Cookie: b/../ü.csv')["Content-Disposition"]
    assert said == (
        'attachment; filename="a__ x___Set-Cookie_ b_.._?.csv"; '.replace("?", "_")
        + "filename*=UTF-8''a%22%3B%20x%3D%0D%0ASet-Cookie%3A%20b%2F..%2F%C3%BC.csv"
    )


def test_the_page_speaks_the_browsers_language() -> None:
    operator = read_operator(shipped_content(), [])
    assert preferred("fr-FR, de-CH;q=0.8, en;q=0.5", operator) == "de"
    assert preferred("fr", operator) == operator.languages[0]
