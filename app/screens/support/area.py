"""Support: how to reach people, what can be learnt, and what phones can be told by text message."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from app import units
from app.i18n import _, language, mark
from app.operations.support import ContactCard, SmsCommand
from app.screens.area import Area
from app.screens.panel import Facts, Panel, rows
from app.screens.support.learn import LearnPanel
from app.text import safe


class SupportArea(Area):
    """Everything here can be read without a form; the numbers are the operator's own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "learn", mark("Learn step by step"), id="support.learn"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="support", classes="columns"):
            yield Panel(_("Reach us"), id="support-contact")
            yield LearnPanel()
            yield Panel(_("Text messages to {code}").format(code=self.short_code), id="support-sms")
            yield Panel(_("When something is wrong"), id="support-advice")

    @property
    def short_code(self) -> str:
        """The number that users' phones send commands to."""
        content = self.desk.content
        return safe(content.operator.sms_short_code) if content else ""

    @property
    def zone(self) -> str:
        """The operator's time zone."""
        return self.desk.content.operator.time_zone if self.desk.content else "UTC"

    async def refresh_data(self) -> None:
        card: ContactCard | None = await self.attempt("support.contact")
        commands: list[SmsCommand] | None = await self.attempt("support.sms_commands")
        if card is not None:
            self.query_one("#support-contact", Panel).show(contact_lines(card, self.zone))
        if commands is not None:
            self.query_one("#support-sms", Panel).show(command_lines(commands))
        self.query_one("#support-advice", Panel).show(advice_lines(self.short_code))
        await self.query_one(LearnPanel).refresh_data()

    def action_learn(self) -> None:
        """Go to the tasks that can be shown."""
        self.query_one("#learn-list").focus()

    def focus_first(self) -> None:
        self.query_one("#support").focus()


def contact_lines(card: ContactCard, zone: str) -> Facts:
    """Numbers, hours and whether somebody is there now, in a zone's time."""
    state = Content.styled("● " + _("open now"), "$text-success")
    if not card.open_now:
        state = Content.styled("○ " + _("closed now"), "$text-warning")
    if card.turns_at is not None:
        turn = units.instant(card.turns_at, zone, language())
        says = _("until {time}") if card.open_now else _("opens {time}")
        state = Content.assemble(state, "  ", says.format(time=turn))
    hours = [(days_name(days), Content(f"{opens} – {closes}")) for days, opens, closes in card.hours]
    return rows(
        [
            (_("Now"), state),
            (_("Telephone"), Content(safe(card.phone))),
            (_("E-mail"), Content(safe(card.email))),
            (_("Website"), Content(safe(card.website))),
            (_("Address"), Content(safe(f"{card.street}, {card.postcode} {card.city}"))),
            *hours,
        ]
    )


def days_name(days: tuple[str, ...]) -> str:
    """Days in a row as the first and the last, others one by one."""
    order = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    places = [order.index(day) for day in days]
    if len(days) > 2 and places == list(range(places[0], places[0] + len(days))):
        return f"{day_name(days[0])} – {day_name(days[-1])}"
    return " ".join(day_name(day) for day in days)


def day_name(day: str) -> str:
    """A weekday, short."""
    names = {
        "mon": _("Mon"), "tue": _("Tue"), "wed": _("Wed"), "thu": _("Thu"),
        "fri": _("Fri"), "sat": _("Sat"), "sun": _("Sun"),
    }  # fmt: skip
    return names[day]


def command_lines(commands: list[SmsCommand]) -> Facts:
    """What each text does."""
    return rows([(command.text, Content(meaning(command))) for command in commands])


def meaning(command: SmsCommand) -> str:
    """One text in words."""
    if command.switches == "help":
        return _("Sends the list of these texts")
    if command.switches == "answer":
        return _("As the answer to a block: data outside the EU works again")
    what = {
        "tell_usage": _("messages on data use abroad"),
        "tell_border": _("tariffs of a country at its border"),
        "tell_limit": _("notices of the cost limit abroad"),
    }[command.switches]
    return (_("On: {what}") if command.on else _("Off: {what}")).format(what=what)


def advice_lines(short_code: str) -> Facts:
    """First aid for what callers ask most."""
    return rows(
        [
            (_("No data abroad"), Content(_("My Products, open the line: a roaming bundle must be on."))),
            (
                _("Data is blocked"),
                Content(_("Open the line and press the key beside the block, or answer the SMS.")),
            ),
            (_("Phone is lost"), Content(_("Call us: we block the SIM at once."))),
            (
                _("A price is odd"),
                Content(_("Open the line, choose the record and ask why: every step is shown.")),
            ),
            (_("Another name, another holder"), Content(_("My Data, Requests: ask there and follow it."))),
            (
                _("Too many texts"),
                Content(
                    _("Send HELP to {code} from that phone; it lists what can be off.").format(
                        code=short_code
                    )
                ),
            ),
        ]
    )
