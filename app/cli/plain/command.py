"""`loket plain` on the command line: it takes no arguments; what it needs it asks."""

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
    Parser(
        prog="loket plain", description=text, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args(argv)
    from app.cli.plain import run_plain

    return run_plain(read_settings(), clock)
