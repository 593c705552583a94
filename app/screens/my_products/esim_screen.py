"""What a device scans to fetch an eSIM's profile: shown for a minute, kept nowhere."""

from __future__ import annotations

from typing import Final

from textual.widget import Widget
from textual.widgets import Static

from app.clock import Clock
from app.i18n import _
from app.operations.esim import EsimCode
from app.screens.area import attempt, desk_of
from app.screens.picture_screen import PictureScreen

SHOWN_SECONDS: Final = 60


async def show_esim(widget: Widget, line_id: int, sim_id: int) -> None:
    """Ask for the code of a profile and show it; to be awaited in a worker."""
    visit = desk_of(widget).visit
    assert visit is not None
    code: EsimCode | None = await attempt(widget, "esim.show", line_id=line_id, sim_id=sim_id)
    if code is not None:
        await widget.app.push_screen_wait(EsimScreen(code, visit.clock))


class EsimScreen(PictureScreen):
    """Goes by itself when its time is over: the screen may have been left alone."""

    def __init__(self, esim: EsimCode, clock: Clock) -> None:
        super().__init__()
        self.esim = esim
        self.clock = clock
        self.until = clock.now() + SHOWN_SECONDS

    def code(self) -> str:
        return self.esim.code

    def heading(self) -> str:
        return _("Activate the eSIM")

    def what_to_do(self, picture: bool) -> str:
        if picture:
            return _("On the device: settings, mobile network, add an eSIM. Scan the picture, or type:")
        return _("On the device: settings, mobile network, add an eSIM. Type:")

    def facts(self) -> list[tuple[str, str]]:
        _version, address, matching, *_more = self.esim.code.split("$")
        return [(_("SM-DP+ address"), address), (_("Activation code"), matching)]

    def what_then(self) -> str:
        seconds = max(self.until - self.clock.now(), 0)
        return _("Shown for {count} s. Who scans it first has the number.").format(count=seconds)

    def on_mount(self) -> None:
        self.set_interval(1, self.tick)

    def on_unmount(self) -> None:
        """The code goes with the screen."""
        self.esim = EsimCode("", "")

    def tick(self) -> None:
        """Count down."""
        if self.clock.now() >= self.until:
            self.action_leave()
        else:
            self.query_one("#picture-then", Static).update(self.what_then())
