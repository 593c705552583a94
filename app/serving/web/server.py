"""textual-serve's server behind our limits: who may open a session, how many, how large, how long."""

from __future__ import annotations

import asyncio
import json
import secrets
from hmac import compare_digest
from typing import Any, Final, cast
from urllib.parse import quote

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from app.content.operator import Operator
from app.i18n import LANGUAGES, _, use_language
from app.serving.request import Request, clamped, window
from app.serving.web.activity import is_person, size_in, typed
from app.serving.web.files import HEADERS, STATIC, content, page
from app.serving.web.options import WebOptions
from app.serving.web.peers import Seats, client_address
from app.serving.web.service import Session
from app.serving.zygote_client import NoZygote, Zygote

COOKIE: Final = "loket"
LOOK_SECONDS: Final = 5.0
HEARTBEAT: Final = 15.0
"""Seconds between pings: a browser that is gone is noticed within twice that."""


class WebServer(Server):
    """Pages, websockets and downloads."""

    def __init__(self, options: WebOptions, operator: Operator, zygote: Zygote) -> None:
        super().__init__("", options.host, options.port, operator.name)
        self.options = options
        self.operator = operator
        self.zygote = zygote
        self.seats = Seats(options.limits)
        self.sockets: set[web.WebSocketResponse] = set()
        self.origins: frozenset[str] = frozenset()
        """Pages that may open sessions; known once the port is."""

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self.with_headers], client_max_size=1024)
        app.add_routes(
            [
                web.get("/", self.handle_page),
                web.get("/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.get("/static/{name}", self.handle_static),
            ]
        )
        app.on_shutdown.append(self.on_shutdown)
        return app

    @staticmethod
    @web.middleware
    async def with_headers(request: web.Request, handler: Any) -> web.StreamResponse:
        """What every answer says of how it may be used."""
        try:
            response = await handler(request)
        except web.HTTPException as error:
            error.headers.update(HEADERS)
            raise
        if not response.prepared:
            response.headers.update(HEADERS)
        return cast(web.StreamResponse, response)

    async def on_shutdown(self, app: web.Application) -> None:
        """The server goes: every session ends now, and its process with it."""
        closing = [socket.close(code=WSCloseCode.GOING_AWAY) for socket in self.sockets]
        await asyncio.gather(*closing, return_exceptions=True)

    async def handle_page(self, request: web.Request) -> web.Response:
        """The page with the terminal, in the browser's language."""
        language = preferred(request.headers.get("Accept-Language", ""), self.operator)
        with use_language(language):
            text = page(
                language=language,
                title=self.operator.name,
                kiosk="yes" if self.options.kiosk else "no",
                websocket=self.websocket_url(request),
                font_size=str(min(max(to_int(request.query.get("fontsize", ""), 16), 8), 48)),
                ended=_("The session is over."),
                again=_("Start anew"),
            )
        response = web.Response(text=text, content_type="text/html")
        response.headers["Cache-Control"] = "no-store"
        if not request.cookies.get(COOKIE):
            response.set_cookie(
                COOKIE,
                secrets.token_urlsafe(24),
                httponly=True,
                samesite="Strict",
                secure=self.options.encrypted,
            )
        return response

    def websocket_url(self, request: web.Request) -> str:
        """Where the page opens its session: on the host that it came from."""
        scheme = "wss" if self.options.encrypted else "ws"
        return f"{scheme}://{request.host}/ws"

    async def handle_static(self, request: web.Request) -> web.Response:
        """One of the page's own files; there is no list of them."""
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "public, max-age=3600"}
        return web.Response(body=content(name), content_type=STATIC[name][1], headers=headers)

    # Sessions

    def address_of(self, request: web.Request) -> str:
        """Where the browser is."""
        # A balancer may add a line of its own below the one that a client has made up.
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
        return client_address(request.remote or "", forwarded, self.options.balancers)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A session, from the page's first word to its last."""
        cookie = request.cookies.get(COOKIE, "")
        if request.headers.get("Origin", "") not in self.origins or not cookie:
            raise web.HTTPForbidden
        address = self.address_of(request)
        leave = self.seats.take(address)
        if leave is None:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=self.options.limits.message)
        try:
            await socket.prepare(request)
            self.sockets.add(socket)
            await self.serve_session(request, socket, address, cookie)
        finally:
            self.sockets.discard(socket)
            leave()
        return socket

    async def serve_session(
        self, request: web.Request, socket: web.WebSocketResponse, address: str, cookie: str
    ) -> None:
        """Have a process made, carry messages, and end it with the socket."""
        asked = self.asked(request, address)
        session = Session(
            self.zygote,
            asked,
            cookie,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,
            download_manager=self.download_manager,
        )
        try:
            await session.start(asked.window.columns, asked.window.rows)
            await self._process_messages(socket, session)
        except (NoZygote, ConnectionError):
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
        finally:
            await session.stop()

    def asked(self, request: web.Request, address: str) -> Request:
        """What the process is to be."""
        columns, rows = (max(to_int(request.query.get(name, ""), 0), 0) for name in ("width", "height"))
        language = preferred(request.headers.get("Accept-Language", ""), self.operator)
        variables = {"LANG": f"{language}.UTF-8", "COLORTERM": "truecolor"}
        return Request(
            kind="web",
            channel="kiosk" if self.options.kiosk else "web",
            address=address,
            window=window("xterm-256color", variables, columns, rows),
        )

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Carry what the page says to the process until one of both ends, or nobody is there any more."""
        loop, limits = asyncio.get_running_loop(), self.options.limits
        began = person_at = loop.time()
        while not websocket.closed:
            try:
                message = await websocket.receive(timeout=LOOK_SECONDS)
            except TimeoutError:
                if loop.time() - person_at > limits.idle or loop.time() - began > limits.longest:
                    await websocket.close()
                continue
            if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
                return
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                told = json.loads(message.data)
            except ValueError:
                await websocket.close(code=WSCloseCode.INVALID_TEXT)
                return
            if is_person(typed(told)):
                person_at = loop.time()
            await self.carry(told, websocket, app_service)

    @staticmethod
    async def carry(told: object, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """One message of the page."""
        if keys := typed(told):
            await app_service.send_bytes(keys.encode("utf-8", "replace"))
        elif size := size_in(told):
            await app_service.set_terminal_size(*clamped(*size))
        elif isinstance(told, list) and told[:1] == ["ping"]:
            await websocket.send_json(["pong", told[1] if isinstance(told[-1], int | float) else 0])
        elif isinstance(told, list) and told[:1] == ["focus"]:
            await app_service.focus()
        elif isinstance(told, list) and told[:1] == ["blur"]:
            await app_service.blur()

    # Files

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file of a session, once, to the browser that the session is shown in."""
        key = request.match_info["key"]
        try:
            found = await self.download_manager.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound from None
        session = found.app_service
        cookie = request.cookies.get(COOKIE, "")
        if not isinstance(session, Session) or not compare_digest(cookie.encode(), session.cookie.encode()):
            raise web.HTTPNotFound
        response = web.StreamResponse(headers=HEADERS | disposition(found.file_name))
        response.content_type = found.mime_type or "application/octet-stream"
        await response.prepare(request)
        async for chunk in self.download_manager.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response


def disposition(name: str) -> dict[str, str]:
    """The header that says: save this, under that name."""
    plain = "".join(
        sign if sign.isalnum() or sign in "-_. " else "_" for sign in name.encode("ascii", "replace").decode()
    )
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
    }


def preferred(accepted: str, operator: Operator) -> str:
    """The first language of the browser that the operator offers, else the operator's first."""
    for word in accepted.split(","):
        language = word.strip()[:2].lower()
        if language in operator.languages and language in LANGUAGES:
            return language
    return operator.languages[0]
