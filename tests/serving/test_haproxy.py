"""The balancer of docs/operating.md, as it stands there: a real haproxy before SSH and the browser."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from tests.serving.conftest import PATIENCE, Person, Served, eventually, sign_in
from tests.serving.test_painted_ahead import free_port
from tests.serving.web.server import served as web_served
from tests.serving.web.test_server import painted
from tests.test_operating_page import TEXT

HAPROXY = shutil.which("haproxy") or "/usr/sbin/haproxy"
CONFIGURATION = re.compile(r"haproxy:\n\n```\n(frontend ssh.*?)```", re.DOTALL)
DEFAULTS = "defaults\n    timeout connect 5s\n    timeout client 1m\n    timeout server 1m\n\n"
"""What every distribution's own haproxy.cfg begins with."""
MADE_UP = "203.0.113.9"
pytestmark = pytest.mark.skipif(
    not (Path(HAPROXY).exists() and shutil.which("openssl")), reason="no haproxy, or no openssl, is installed"
)


@dataclass(frozen=True, slots=True)
class Balanced:
    """Two ports of haproxy: one for SSH, before a host that works and one that does not; one for HTTPS."""

    ssh: int
    https: int
    served: Served

    def person(self, address: str) -> Person:
        """Somebody at an address of their own."""
        command = self.served.command("-b", address)
        command[command.index("-p") + 1] = str(self.ssh)
        return Person(command, 80, 24, {"LANG": "C.UTF-8"})


def certificate(folder: Path) -> Path:
    """Key and certificate of a portal in one file, as haproxy takes them."""
    key, pem = folder / "key.pem", folder / "portal.pem"
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=portal"
    subprocess.run([*made.split(), "-keyout", key, "-out", pem], check=True, capture_output=True)
    pem.write_text(pem.read_text() + key.read_text())
    return pem


def is_open(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as found:
        found.bind(("127.0.0.9", 0))
        return found.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def balanced(new_home: Callable[[], Path], tmp_path: Path) -> Iterator[Balanced]:
    """haproxy with the page's configuration; only addresses and ports are of this machine."""
    (text,) = CONFIGURATION.findall(TEXT)
    ssh_port, https_port, nobody = free_port(), free_port(), free_port()
    home = new_home()
    served = Served(home, "--balancers", "127.0.0.1")
    origin = f"https://127.0.0.1:{https_port}"
    options = ("--sessions-of-address", "1", "--origin", origin, "--behind-proxy", "127.0.0.1")
    with web_served(home, *options) as web:
        changes = {
            ":22\n": f"127.0.0.1:{ssh_port}\n",
            ":443 ssl crt /etc/haproxy/portal.pem": f"127.0.0.1:{https_port} ssl crt {certificate(tmp_path)}",
            "192.0.2.11:2222": f"127.0.0.1:{served.port}",
            "192.0.2.11:8080": f"127.0.0.1:{web.port}",
            "192.0.2.12:2222": f"127.0.0.1:{nobody}",
            "192.0.2.12:8080": f"127.0.0.1:{nobody}",
        }
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path / "haproxy.cfg"
        path.write_text(DEFAULTS + text)
        checked = subprocess.run([HAPROXY, "-c", "-f", path], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert "WARNING" not in checked.stdout + checked.stderr
        process = subprocess.Popen([HAPROXY, "-db", "-f", path], stderr=subprocess.DEVNULL)
        try:
            eventually(lambda: is_open(ssh_port) and is_open(https_port))
            yield Balanced(ssh_port, https_port, served)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
            served.stop()


@pytest.fixture
async def browser(balanced: Balanced) -> AsyncIterator[Callable[..., aiohttp.ClientSession]]:
    """`browser("127.0.0.5")`: somebody there who has opened the page over HTTPS."""
    begun: list[aiohttp.ClientSession] = []

    async def opened(address: str) -> aiohttp.ClientSession:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        client = aiohttp.ClientSession(
            f"https://127.0.0.1:{balanced.https}",
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            connector=aiohttp.TCPConnector(local_addr=(address, 0), ssl=trusting),
            headers={"Accept-Language": "en", "X-Forwarded-For": MADE_UP},
        )
        begun.append(client)
        for _second in range(int(PATIENCE)):
            async with client.get("/") as answer:
                if answer.status == 200:
                    return client
            await asyncio.sleep(1)  # haproxy has not noticed yet that one of the hosts is away
        raise TimeoutError

    yield opened
    for client in begun:
        await client.close()


def test_people_come_through_it_by_ssh_with_their_own_addresses(balanced: Balanced) -> None:
    with balanced.person("127.0.0.5") as first, balanced.person("127.0.0.6") as second:
        sign_in(first)
        second.wait_for("Password", PATIENCE)
    opened = balanced.served.events("session")
    assert {line["address"] for line in opened} == {"127.0.0.5", "127.0.0.6"}


def test_its_looking_whether_a_host_is_there_leaves_no_trace_and_locks_nobody_out(balanced: Balanced) -> None:
    time.sleep(7)  # three looks
    with balanced.person("127.0.0.5") as person:
        person.wait_for("Password", PATIENCE)
        eventually(lambda: balanced.served.events("session"))
    # .9 has asked whether haproxy is there.
    found = {line["address"] for line in balanced.served.log() if "address" in line}
    assert found <= {"127.0.0.5", "127.0.0.9"}


async def test_browsers_come_through_it_with_their_own_addresses(
    balanced: Balanced, browser: Callable[..., aiohttp.ClientSession]
) -> None:
    origin = {"Origin": f"https://127.0.0.1:{balanced.https}"}
    first, second = await browser("127.0.0.5"), await browser("127.0.0.6")
    async with first.ws_connect("/ws", headers=origin) as here, second.ws_connect("/ws", headers=origin):
        await painted(here, b"Password")
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await first.ws_connect("/ws", headers=origin)
        assert refused.value.status == 503, "its address has its one session"
