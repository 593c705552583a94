"""The program that `benchmarks.balloons` drives: the portal, with a key that shows a balloon at a field.

F9 shows it, F10 points it at something else, F11 changes its words, F12 takes it away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.binding import Binding

from app.content.operator import read_operator
from app.i18n import set_language
from app.portal import Portal
from app.settings import read_settings
from app.tours.spotlight import Spotlight
from app.widgets.balloon_page import BalloonKey, BalloonText

KEYS = (
    BalloonKey("F1", "Next", "next"),
    BalloonKey("⇧F1", "Back", "back"),
    BalloonKey("F2", "Show me", "show_me"),
    BalloonKey("Esc", "Leave", "leave"),
)
TEXT = BalloonText(
    "Find a line",
    "Type a part of the number or of the person's name. The list below follows.",
    "2/5",
    keys=KEYS,
)


class Shown(Portal):
    """The portal with balloons by hand."""

    BINDINGS = [
        Binding("f9", "show_balloon", priority=True),
        Binding("f10", "move_balloon", priority=True),
        Binding("f11", "reword_balloon", priority=True),
        Binding("f12", "hide_balloon", priority=True),
    ]
    spotlight: Spotlight | None = None
    turn = 0

    def action_show_balloon(self) -> None:
        """At the field that has the cursor."""
        self.spotlight = self.spotlight or Spotlight(self)
        self.spotlight.show(self.screen, self.focused, None, TEXT)

    def action_move_balloon(self) -> None:
        """At another control of the same screen, and back."""
        self.turn += 1
        controls: list[Any] = self.screen.focus_chain
        assert self.spotlight is not None
        self.spotlight.show(self.screen, controls[self.turn % 2], None, TEXT)

    def action_reword_balloon(self) -> None:
        """The coach says something else."""
        self.turn += 1
        assert self.spotlight is not None
        self.spotlight.update(replace(TEXT, coach=f"That is not it yet ({self.turn})."))

    def action_hide_balloon(self) -> None:
        """As it was before."""
        assert self.spotlight is not None
        self.spotlight.hide()


def main() -> None:
    """Open it."""
    settings = read_settings()
    set_language(settings.language)
    Shown(settings, read_operator(settings.content, [])).run()


if __name__ == "__main__":
    main()
