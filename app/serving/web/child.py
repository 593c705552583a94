"""The portal, or a kiosk, in a child whose terminal is a page in a browser."""

from __future__ import annotations

import os
import socket
from dataclasses import replace

from app.i18n import set_language
from app.kiosk.application import Kiosk
from app.log import keep_log
from app.portal import Portal
from app.serving.portal_child import operator_of
from app.serving.request import Request
from app.serving.web.driver import PipeDriver
from app.settings import machine_language, read_settings


def run_web(request: Request, control: socket.socket) -> int:
    """Run the portal for the page at the other end, or, where the channel is `kiosk`, a kiosk's visit."""
    os.environ["COLUMNS"], os.environ["ROWS"] = str(request.window.columns), str(request.window.rows)
    settings = replace(
        read_settings(),
        channel=request.channel,
        address=request.address,
        language=machine_language(os.environ),
    )
    operator = operator_of(settings.content)
    at_kiosk = request.channel == "kiosk"
    set_language(operator.languages[0] if at_kiosk else settings.language)
    keep_log(settings.home)
    portal = (Kiosk if at_kiosk else Portal)(settings, operator, driver_class=PipeDriver)
    portal.run()
    control.close()
    return portal.return_code or 0
