"""The banner while an agent helps a customer: who for whom, who calls, and how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from app.clock import Clock
from app.i18n import _
from app.operations.core.visit import NEARLY_OVER
from app.text import safe
from app.widgets.painted import Painted, Run

MINUTE = 60
SHORTEST = 4
"""Cells that are left of a name at least."""


class Asked(Message):
    """A word of the banner was clicked: "about", "extend" or "end"."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what


class NearlyOver(Message):
    """Two minutes are left."""


class Over(Message):
    """The time is over."""


@dataclass(frozen=True, slots=True)
class Call:
    """What the banner says. expires_at: unix seconds."""

    agent: str
    customer: str
    caller: str
    expires_at: int


class HelpBanner(Horizontal):
    """One line across the shell; only the minutes are painted again."""

    def __init__(self, call: Call, clock: Clock) -> None:
        super().__init__(id="help-banner")
        self.call = call
        self.clock = clock

    def compose(self) -> ComposeResult:
        yield Names(self.call)
        yield Countdown(self.call.expires_at, self.clock)
        yield Keys()

    def extend(self, expires_at: int) -> None:
        """The call may last longer."""
        self.query_one(Countdown).extend(expires_at)

    @on(Asked)
    async def ask(self, event: Asked) -> None:
        """Do what the key would."""
        await self.app.run_action(f"call('{event.what}')", self.screen)

    @on(NearlyOver)
    def warn(self) -> None:
        """Say so while there is time to take more."""
        text = _("Two minutes are left for {customer}. F7: more time, while the caller is on the line.")
        said_so = safe(text.format(customer=self.call.customer))
        self.app.notify(said_so, severity="warning", markup=False, timeout=20)

    @on(Over)
    def end(self) -> None:
        """What is open for the customer closes."""
        from app.screens.helpdesk.calls import call_over

        self.app.call_later(call_over, self.screen)


class Names(Painted):
    """Agent, customer and caller; a click tells more of the call."""

    def __init__(self, call: Call) -> None:
        super().__init__(id="help-names")
        self.call = call

    def lines(self, width: int) -> list[list[Run]]:
        return [[(safe(said(self.call, width), cells=width), "")]]

    def on_click(self) -> None:
        self.post_message(Asked("about"))


def said(call: Call, width: int) -> str:
    """The names in a sentence of at most `width` cells; the longest names give first."""
    names = [safe(name) for name in (call.agent, call.customer, call.caller)]
    most = max(cell_len(name) for name in names)
    while True:
        cut = [safe(name, cells=most) for name in names]
        text = _("{agent} for {customer} · caller {caller}").format(
            agent=cut[0], customer=cut[1], caller=cut[2]
        )
        if cell_len(text) <= width or most <= SHORTEST:
            return text
        most -= 1


class Countdown(Painted):
    """The time that is left: by the minute, in the last one by the second."""

    def __init__(self, expires_at: int, clock: Clock) -> None:
        super().__init__(id="help-left")
        self.expires_at = expires_at
        self.clock = clock
        self.warned = False

    @property
    def left(self) -> int:
        """Seconds."""
        return max(self.expires_at - self.clock.now(), 0)

    def on_mount(self) -> None:
        self.wait()

    def wait(self) -> None:
        """Look at the clock again when what is shown changes."""
        left = self.left
        delay = 1 if left <= MINUTE else (left - 1) % MINUTE + 1
        if left > NEARLY_OVER:
            delay = min(delay, left - NEARLY_OVER)
        self.set_timer(delay, self.tick)

    def tick(self) -> None:
        """Paint what is left; say when it is nearly nothing, and when it is nothing."""
        left = self.left
        self.refresh()
        if left <= 0:
            self.post_message(Over())
            return
        if left <= NEARLY_OVER and not self.warned:
            self.warned = True
            self.post_message(NearlyOver())
        self.wait()

    def extend(self, expires_at: int) -> None:
        """More time; the timer that runs finds it."""
        self.expires_at, self.warned = expires_at, False
        self.refresh()

    def lines(self, width: int) -> list[list[Run]]:
        left = self.left
        text = _("{count} s") if left <= MINUTE else _("{count} min")
        count = left if left <= MINUTE else -(-left // MINUTE)
        return [[(text.format(count=count).rjust(width - 1) + " ", "strong")]]


class Keys(Painted):
    """The keys of the call; a click does the same."""

    def __init__(self) -> None:
        super().__init__(id="help-keys")

    def parts(self) -> list[tuple[str, str, str]]:
        """(what, key, word) of each."""
        return [("extend", "F7", _("longer")), ("end", "F8", _("end"))]

    def on_mount(self) -> None:
        self.styles.width = sum(cell_len(f"{key} {word}  ") for _what, key, word in self.parts()) - 2

    def lines(self, width: int) -> list[list[Run]]:
        runs: list[Run] = []
        for _what, key, word in self.parts():
            runs += [(key, "strong"), (f" {word}  ", "")]
        return [runs]

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        left = 0
        for what, key, word in self.parts():
            cells = cell_len(f"{key} {word}  ")
            if left <= event.x < left + cells:
                self.post_message(Asked(what))
            left += cells
