"""A real Chromium in front of the portal; what the terminal in the page shows is read from the websocket."""

from __future__ import annotations

import os
import shutil
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlparse

import numpy as np
import pyte
import pytest
import zxingcpp

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocket

CHROMIUM = os.environ.get("LOKET_CHROMIUM") or shutil.which("chromium") or ""
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-dev-shm-usage", "--no-first-run", "--disable-default-apps"),
)
PATIENCE = 60.0
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")


class Screen:
    """One page: its keyboard, and its terminal line by line."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.sessions = 0
        """How many sessions the page has opened, one after another."""
        self.terminal = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.terminal)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        self.sessions += 1
        asked = parse_qs(urlparse(socket.url).query)
        self.requests.append(socket.url)
        self.terminal = pyte.Screen(int(asked["width"][0]), int(asked["height"][0]))
        self._stream = pyte.ByteStream(self.terminal)
        socket.on("framereceived", self._received)

    def _received(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            self._stream.feed(data)

    @property
    def text(self) -> str:
        return "\n".join(self.terminal.display).replace("\u00a0", " ")

    def wait(self, sees: str, misses: str = "") -> str:
        """Wait until one text stands there and another does not."""
        until = time.monotonic() + PATIENCE
        while sees not in self.text or (misses and misses in self.text):
            assert time.monotonic() < until, f"waited for {sees!r}; the page shows:\n{self.text}"
            self.page.wait_for_timeout(50)
        return self.text

    def press(self, *keys: str, sees: str = "", misses: str = "") -> str:
        """Press keys, as `Enter` or `Alt+3`, then wait."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.wait(sees, misses)

    def press_until(self, *keys: str, sees: str) -> None:
        """Press keys with time between them, again and again: something may stand in the way at first."""
        until = time.monotonic() + PATIENCE
        while sees not in self.text:
            assert time.monotonic() < until, f"waited for {sees!r}; the page shows:\n{self.text}"
            for key in keys:
                self.page.keyboard.press(key)
                self.page.wait_for_timeout(500)

    def type(self, text: str, sees: str = "") -> str:
        self.page.keyboard.type(text)
        return self.wait(sees)

    def sign_in(self, name: str, password: str) -> None:
        """From the sign-in screen to the Dashboard; nothing was clicked before."""
        self.wait("Password")
        self.type(name, sees=name)
        self.press("Enter")
        self.type(password, sees="•")
        self.press("Enter", sees="1 Dashboard")

    def read_qr(self) -> str:
        """What a camera reads from the picture of the page; empty if it can read nothing."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = zxingcpp.read_barcodes(grey(self.page.screenshot()))
            if found:
                return str(found[0].text)
            self.page.wait_for_timeout(200)
        return ""


@contextmanager
def at_the_browser(url: str, width: int = 1280, height: int = 720) -> Iterator[Screen]:
    """A fresh Chromium with one page open at `url`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        try:
            page = browser.new_page(viewport={"width": width, "height": height}, locale="en-GB")
            page.set_default_timeout(PATIENCE * 1000)
            screen = Screen(page)
            page.goto(url)
            yield screen
        finally:
            browser.close()


def grey(png: bytes) -> Any:
    """The pixels of a PNG of eight bits a colour, as shades of grey. Source: W3C PNG, third edition."""
    place, data, (width, height, colours) = 8, b"", (0, 0, 0)
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        chunk = png[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, _bits, colour = struct.unpack(">IIBB", chunk[:10])
            colours = {2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            data += chunk
        place += 12 + length
    lines = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(height, 1 + width * colours)
    pixels = np.zeros((height + 1, width + 1, colours), dtype=np.int64)
    for y, line in enumerate(lines, 1):
        _undo(int(line[0]), line[1:].reshape(width, colours), pixels, y)
    return pixels[1:, 1:, :3].mean(axis=2).astype(np.uint8)


def _undo(kind: int, line: Any, pixels: Any, y: int) -> None:
    """Take back the filter of one line, whose neighbours are to the left, above, and above to the left."""
    if kind in (0, 2):
        pixels[y, 1:] = (line + (pixels[y - 1, 1:] if kind == 2 else 0)) % 256
        return
    for x, value in enumerate(line, 1):
        left, above, corner = pixels[y, x - 1], pixels[y - 1, x], pixels[y - 1, x - 1]
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + above) // 2
        else:
            nearest = left + above - corner
            distances = [abs(nearest - each) for each in (left, above, corner)]
            guess = np.where(
                (distances[0] <= distances[1]) & (distances[0] <= distances[2]),
                left,
                np.where(distances[1] <= distances[2], above, corner),
            )
        pixels[y, x] = (value + guess) % 256
