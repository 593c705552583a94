"""`loket plain` on the command line: what it needs it asks."""

from __future__ import annotations

import argparse

from app.cli.parser import Parser
from app.clock import Clock
from app.i18n import _
from app.settings import read_settings


def run_command(argv: list[str], clock: Clock | None) -> int:
    """Start the conversation, or say its help; the exit code."""
    text = _(
        "The whole portal line by line: questions and numbered answers, without full screen, cursor motion "
        "or colour. For screen readers, braille lines, slow lines and dumb terminals."
    )
    parser = Parser(
        prog="loket plain", description=text, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    signs = _("only letters and signs of ASCII, for terminals without others")
    parser.add_argument("--ascii", action="store_true", help=signs)
    given = parser.parse_args(argv)
    from app.cli.plain import run_plain
    from app.cli.plain.terminal import Terminal

    return run_plain(read_settings(), clock, Terminal(ascii=given.ascii))
