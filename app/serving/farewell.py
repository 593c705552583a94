"""What stands in a person's own shell after the portal has gone from the screen."""

from __future__ import annotations

from typing import Final

from app.i18n import _, mark, use_language
from app.serving.request import Window
from app.settings import machine_language
from app.text import safe

NO_TERMINAL: Final = mark("This service needs a terminal. Connect with: ssh -t")
REASONS: Final = {
    "left": mark("You have left the portal. Until next time."),
    "idle": mark("Nobody typed anything for a while, so the connection was ended. Connect again to go on."),
    "longest": mark("The connection lasted as long as one may. Connect again to go on."),
    "stopping": mark("The service is being stopped. Connect again in a few minutes to go on."),
    "crashed": mark("Something went wrong in this session and it had to end. Connect again to go on."),
    "unavailable": mark("The service cannot open a session now. Try again in a minute."),
    "host": mark("Too many people are connected. Try again in a few minutes."),
    "address": mark("Too many sessions are open from where you are. Close one, or try again later."),
    "login": mark("You have too many sessions open. Close one of them first."),
    "no_terminal": NO_TERMINAL,
    "no_command": mark(
        "Commands and files need your own name: ssh YOUR-USER-NAME@…, with a password or a key."
    ),
    "unfinished": mark(
        "The sign-in is not complete: connect without a command first and answer what is asked."
    ),
}
"""Why a session ended or never began, and the sentence for it."""
WARNINGS: Final = {
    "idle": mark("This connection ends in a minute unless you press a key."),
    "longest": mark("This connection ends in a minute: it has lasted as long as one may."),
    "stopping": mark("The service stops in {n} seconds. Save what you are doing; drafts are kept."),
}
"""What is shown on the screen before that."""


def farewell(reason: str, window: Window | None) -> bytes:
    """The sentence in the language of the person's machine, as a line of its own."""
    variables = {"LANG": window.locale} if window is not None else {}
    with use_language(machine_language(variables)):
        return safe(_(REASONS[reason])).encode() + b"\r\n"
