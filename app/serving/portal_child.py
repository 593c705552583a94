"""The portal in a child: it knows its peer, hears the server, and may be painted before anybody comes."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.content.errors import ContentError
from app.content.operator import Operator, read_operator
from app.i18n import _, set_language
from app.log import keep_log
from app.serving.arrival import ArrivalPortal
from app.serving.driver import ServedDriver
from app.serving.farewell import WARNINGS
from app.serving.request import Request
from app.settings import Settings, machine_language, read_settings

PACKET: Final = 65_536
NOT_NOW: Final = 75
"""Exit code of a screen that could not be prepared: the database is away (EX_TEMPFAIL)."""


class ServedPortal(ArrivalPortal):
    """The portal on a terminal that somebody else holds."""

    def __init__(self, settings: Settings, request: Request, control: socket.socket, **options: Any) -> None:
        super().__init__(
            settings,
            operator_of(settings.content),
            arrival=request.identity,
            driver_class=ServedDriver,
            **options,
        )
        self.request = request
        self.control = control
        control.setblocking(False)

    def on_mount(self) -> None:
        asyncio.get_running_loop().add_reader(self.control, self._heard)
        if self.request.waits:
            # A group of its own: what prepares the rest ends all others of its group.
            self.call_after_refresh(self.run_worker, self._tell_painted(), group="painted")

    async def _tell_painted(self) -> None:
        """Say that somebody may come: the first screen stands and the database is open."""
        from app.operations.core.errors import Unavailable

        try:
            await self.desk.opened()
        except (Unavailable, ContentError):
            self.exit(return_code=NOT_NOW)
            return
        assert isinstance(self._driver, ServedDriver)
        await self._driver.written()
        self._say("painted")

    def _say(self, what: str) -> None:
        with suppress(OSError):
            self.control.send(json.dumps({"say": what}).encode())

    def _heard(self) -> None:
        """The server says something, or is gone; then the terminal hangs up too."""
        try:
            data = self.control.recv(PACKET)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self.control)
            return
        told = json.loads(data)
        if told["say"] == "attach":
            self.attached(told["address"])
        elif told["say"] == "warn":
            text = _(WARNINGS[told["what"]]).format(n=told["seconds"])
            self.notify(text, severity="warning", timeout=told["seconds"], markup=False)

    def attached(self, address: str) -> None:
        """Somebody has come to this screen, from there."""
        self.settings = self.desk.settings = replace(self.settings, address=address)


def run_portal(request: Request, control: socket.socket) -> int:
    """Run the portal for who is at the other end; the exit code."""
    settings = replace(
        read_settings(),
        channel=request.channel,
        address=request.address,
        language=machine_language(os.environ),
    )
    set_language(settings.language)
    keep_log(settings.home)
    portal = ServedPortal(settings, request, control)
    portal.run()
    return portal.return_code or 0


@cache
def operator_of(content: Path) -> Operator:
    """The operator's own words and colours; read once, before the fork.

    Raises:
        ContentError: the file is wrong.
    """
    errors: list[ContentError] = []
    operator = read_operator(content, errors)
    if errors:
        raise errors[0]
    return operator
