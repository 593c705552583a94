"""What the six areas share: getting data through the desk, and telling people what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from app.screens.desk import Desk
from app.text import safe
from app.widgets.base_app import ScreenGone

if TYPE_CHECKING:
    from app.operations.core import Visit


class HasDesk(Protocol):
    """The application, as areas see it."""

    desk: Desk


class Practising(Protocol):
    """While somebody practises, the real screens behind keep their own desk."""

    def desk_of(self, widget: Widget) -> Desk:
        """The desk that a widget works with."""


def desk_of(widget: Widget) -> Desk:
    """The session's desk; while somebody practises, the one of the widget's own screen."""
    practising: Practising | None = getattr(widget.app, "practising", None)
    return cast(HasDesk, widget.app).desk if practising is None else practising.desk_of(widget)


class OpenArea(Message):
    """Open another area, and an object in it: ("line", 5)."""

    def __init__(self, name: str, target: tuple[str, int] | None = None) -> None:
        super().__init__()
        self.name = name
        self.target = target


class VisitChanged(Message):
    """Another account is worked on from now; everything is shown anew."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit


class Restyle(Message):
    """The person chose another language or other colours."""

    def __init__(self, language: str, theme: str) -> None:
        super().__init__()
        self.language = language
        self.theme = theme


class LeaveArea(Message):
    """This area is done; show the start."""


class HelpWanted(Message):
    """Somebody wants to know how something is done here."""


class TourWanted(Message):
    """Somebody chose a task to be shown; `step` is where to begin, the first one if it is empty."""

    def __init__(self, tour: str, step: str = "") -> None:
        super().__init__()
        self.tour = tour
        self.step = step


class PracticeWanted(Message):
    """Somebody wants to practise a task where nothing is real."""

    def __init__(self, tour: str) -> None:
        super().__init__()
        self.tour = tour


async def attempt(widget: Widget, name: str, /, **arguments: Any) -> Any:
    """Perform an operation; an error is shown to the person and answered with None.

    Raises:
        ScreenGone: the widget was left before the answer came.
    """
    from app.operations.core import HelpEnded, OperationError, SignedOut

    answer, problem = None, ""
    try:
        answer = await desk_of(widget).do(name, **arguments)
    except (HelpEnded, SignedOut):
        pass  # the shell says it and goes home, or the first screen says it
    except OperationError as error:
        problem = error.message
    if not widget.is_attached or widget._pruning:  # its parts may be gone before it is
        raise ScreenGone
    if problem:
        widget.app.notify(safe(problem), severity="error", markup=False, timeout=8)
    return answer


class Area(Container):
    """One of the six areas. It is mounted on the first visit and stays."""

    DEFAULT_CSS = "Area { height: 1fr; width: 1fr; }"

    stale = False
    """Whether something changed while another area was shown."""

    @property
    def desk(self) -> Desk:
        """The session's desk."""
        return desk_of(self)

    @property
    def place(self) -> str:
        """Which part of the area is shown, as "my_data/login"; empty where there are no parts."""
        return ""

    async def refresh_data(self) -> None:
        """Load again what is shown; called on the first visit and after changes."""

    async def open_target(self, kind: str, number: int) -> None:
        """Show one object of this area, such as ("line", 5)."""

    async def may_leave(self) -> bool:
        """Whether nothing unsaved would be lost; asks the person where something would."""
        return True

    async def go_home(self) -> None:
        """Show the area as it is on the first visit."""

    def focus_first(self) -> None:
        """Put the focus where work starts."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return

    async def attempt(self, name: str, /, **arguments: Any) -> Any:
        """Perform an operation; an error is shown to the person and answered with None."""
        return await attempt(self, name, **arguments)
