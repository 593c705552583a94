"""`loket tour record`: do a task on a practice copy; its draft is written when the portal is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from textual import work
from textual.events import Event, Key

from app.cli.failures import WrongUsage
from app.cli.parser import parser_of
from app.clock import Clock
from app.i18n import _, set_language
from app.portal import Portal
from app.tours.recorder import Recorder
from app.tours.walk_setting import practising
from app.walking.asked import add_circumstances, asked


class RecordingPortal(Portal):
    """The portal, with somebody who writes down what is pressed."""

    def __init__(self, *arguments: Any, tour: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.recorder = Recorder(self, tour)
        self.login = ""
        """User name of who is in from the start; empty: the first screen asks."""

    def on_mount(self) -> None:
        super().on_mount()
        if self.login:
            self.call_after_refresh(self.come_in)

    @work
    async def come_in(self) -> None:
        """Open the areas for who does the task."""
        from app.tours.practice_desk import PracticeDesk

        await self.desk.opened()
        await cast(PracticeDesk, self.desk).enter(self.login)
        await self.show_shell()

    async def on_event(self, event: Event) -> None:
        """Before a key works it is written down."""
        if isinstance(event, Key) and not event.is_forwarded:
            self.recorder.key(event.key)
        await super().on_event(event)

    def operation_done(self, name: str) -> None:
        """A success ends a step."""
        self.recorder.done(name)
        super().operation_done(name)


def run_record(argv: list[str], clock: Clock | None) -> int:
    """Record one task; the exit code."""
    parser = parser_of("loket tour record", _("Do a task on a practice copy; its draft is written."), [])
    parser.add_argument("tour", help=_("the id of the new tour; it is written to <id>.toml here"))
    parser.add_argument("--who", default="admin", help=_("who does it: a user name of the practice"))
    add_circumstances(parser)
    given = parser.parse_args(argv)
    path = Path(f"{given.tour}.toml")
    if path.exists():
        raise WrongUsage(_("{path} is there already.").format(path=path))
    wanted = asked(given, [], clock)
    how = wanted.hows[0]
    set_language(how.language)

    def make(*arguments: Any) -> RecordingPortal:
        return RecordingPortal(*arguments, tour=given.tour)

    portal, _desk = practising(make, wanted.settings, wanted.content, wanted.clock, given.who, how)
    recording = cast(RecordingPortal, portal)
    recording.login = given.who
    recording.run()
    path.write_text(recording.recorder.draft(), encoding="utf-8")
    print(path)
    return recording.return_code or 0
