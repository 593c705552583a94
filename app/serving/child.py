"""What runs after the fork: one session, in a process of its own."""

from __future__ import annotations

import importlib
import socket
from typing import Final

from app.serving.request import Request

KINDS: Final[dict[str, tuple[str, str]]] = {
    "portal": ("app.serving.portal_child", "run_portal"),
    "kiosk": ("app.serving.portal_child", "run_kiosk"),
    "command": ("app.serving.commands", "run_command"),
    "files": ("app.serving.files", "run_files"),
    "web": ("app.serving.web.child", "run_web"),
}
"""Kind to module and function `(request, control) -> exit code`.

Standard input, output and error are the terminal, or three pipes. The process is a session leader with no
other descriptor open but `control`, the child's own socket to the server (SOCK_SEQPACKET): a portal hears
there `attach` and `warn`. Settings come from `app.settings.read_settings()`; the door is in `request`.
"""


def run(request: Request, control: socket.socket) -> int:
    """Run what is asked for; the exit code."""
    module, function = KINDS[request.kind]
    code: int = getattr(importlib.import_module(module), function)(request, control)
    return code
