"""My requests: another name or holder is asked for here, and staff decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Label, Static

from app import units
from app.i18n import _, mark
from app.operations.core.cases.days import example_day
from app.operations.core.cases.view import CaseView
from app.screens.area import attempt, desk_of
from app.screens.case_words import case_lines, status_tone, status_word
from app.screens.my_products.dialogs import Choose, Option
from app.screens.my_products.fact_list import FactList
from app.screens.operation_form import OperationForm
from app.text import safe
from app.widgets.columns import Column
from app.widgets.dialog import Action, Confirm, Dialog
from app.widgets.form_field import FormField

SHOWN = 200


class RequestsPanel(Vertical):
    """What was asked and what became of it; N asks for something new. `renew` reads it."""

    DEFAULT_CSS = "RequestsPanel { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "ask", mark("New request"), id="requests.ask"),
        Binding("w", "withdraw", mark("Take back"), id="requests.withdraw"),
    ]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.cases: dict[int, CaseView] = {}

    def compose(self) -> ComposeResult:
        with Horizontal(classes="dialog-buttons"):
            yield Button(Content(_("New request") + " N"), id="requests-ask", compact=True)
            yield Button(Content(_("Take back") + " W"), id="requests-withdraw", compact=True)
        table = FactList(
            [
                Column(_("Case"), 7),
                Column(_("What"), 20, flex=1),
                Column(_("Asked by"), 16, flex=1, shown_from=70),
                Column(_("When"), 17),
                Column(_("State"), 12, tone=status_tone),
            ],
            empty=_("Nothing was asked yet: N asks for another name or holder."),
            id="requests",
        )
        yield table

    async def renew(self) -> None:
        """Read the requests again, or for the first time."""
        page: Any = await attempt(self, "cases.mine", limit=SHOWN)
        visit = desk_of(self).visit
        if page is None or visit is None:
            return
        self.cases = {case.id: case for case in page.rows}
        self.query_one("#requests", FactList).set_rows(
            [
                (
                    case.number,
                    case.title,
                    case.asked_by,
                    units.instant(case.asked_at, visit.zone),
                    status_word(case),
                )
                for case in page.rows
            ],
            [case.id for case in page.rows],
        )

    @property
    def chosen(self) -> CaseView | None:
        """The request under the cursor."""
        key = self.query_one("#requests", FactList).key
        return self.cases.get(int(str(key))) if key is not None else None

    @on(FactList.RowActivated, "#requests")
    def open_request(self, event: FactList.RowActivated) -> None:
        """Enter shows a request in full."""
        event.stop()
        if self.chosen is not None:
            self.app.push_screen(RequestView(self.chosen))

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """The keys, by mouse."""
        if event.button.id in ("requests-ask", "requests-withdraw"):
            event.stop()
            (self.action_ask if event.button.id == "requests-ask" else self.action_withdraw)()

    @work(exclusive=True, group="request")
    async def action_ask(self) -> None:
        """Ask for something new."""
        if await ask(self) is not None:
            await self.renew()

    @work(exclusive=True, group="request")
    async def action_withdraw(self) -> None:
        """Take one's own request back."""
        case = self.chosen
        if case is None:
            return
        question = Confirm(
            _("Take {number} back?").format(number=case.number),
            "\n".join(case.steps) or case.title,
            yes=_("Take back"),
            no=_("Keep it"),
        )
        if await self.app.push_screen_wait(question):
            await attempt(self, "cases.withdraw", case_id=case.id)
            await self.renew()


class RequestView(Dialog):
    """A request in full."""

    def __init__(self, case: CaseView) -> None:
        super().__init__(f"{case.number} · {case.title}")
        self.case = case

    def body(self) -> Iterable[Widget]:
        visit = desk_of(self).visit
        assert visit is not None
        yield Static(case_lines(self.case, visit.zone))

    def actions(self) -> Sequence[Action]:
        return [Action("cancel", _("Close"))]


async def ask(widget: Widget, what: str = "") -> CaseView | None:
    """Ask for another name or holder. To be awaited in a worker, for it asks which.

    Args:
        what: `name` or `ownership`; empty to let the person choose.
    """
    visit = desk_of(widget).visit
    profile: Any = await attempt(widget, "profile.get")
    if visit is None or profile is None or not profile.account_number:
        return None
    if not what:
        no_name = "" if visit.reach("EDIT_ACCOUNT") else _("Only an administrator can ask for this.")
        no_holder = "" if visit.reach("ASK_OWNERSHIP") else _("Only the contract holder can ask for this.")
        options = [
            Option("name", _("Another name"), _("The same customer under another name"), no_name),
            Option("ownership", _("Change of ownership"), _("Somebody else holds the contract"), no_holder),
        ]
        title = _("Documents › Change of name or ownership")
        what = await widget.app.push_screen_wait(Choose(title, options)) or ""
    if not what:
        return None
    form = NameForm(profile, visit.account_id) if what == "name" else OwnershipForm(profile, visit.account_id)
    case: CaseView | None = await widget.app.push_screen_wait(form)
    if case is not None:
        text = _("Your request is {number}. We answer by mail; until then nothing changes.")
        widget.app.notify(safe(text.format(number=case.number)), markup=False, timeout=8)
    return case


class NameForm(OperationForm):
    """The present name and the one that is asked for."""

    def __init__(self, profile: Any, account_id: int | None) -> None:
        super().__init__(_("Request another name"), "cases.ask_name", f"account:{account_id}")
        self.profile = profile

    def body(self) -> Iterable[Widget]:
        company = self.profile.account_kind == "company"
        yield Label(Content(_("Name now: {name}").format(name=safe(self.profile.account_name))))
        if company:
            text = _("A company passes to somebody else? Then choose change of ownership instead.")
            yield Label(Content(text), classes="dialog-text quiet")
        yield from super().body()

    def fields(self) -> Iterable[FormField]:
        company = self.profile.account_kind == "company"
        yield FormField("name", _("New name"), self.profile.account_name, required=True)
        hint = _("What the trade register says, and since when.") if company else _("Marriage, for instance.")
        yield FormField("reason", _("Reason"), hint=hint, required=company, max_length=300)
        visit = desk_of(self).visit
        assert visit is not None
        hint = _("Like {example}; empty: at once.").format(example=example_day(visit))
        yield FormField("from_day", _("From day"), hint=hint, max_length=10)

    def actions(self) -> Sequence[Action]:
        return [Action("save", _("Send the request"), "primary"), Action("cancel", _("Cancel"))]


class OwnershipForm(OperationForm):
    """Who holds the contract from then on."""

    def __init__(self, profile: Any, account_id: int | None) -> None:
        super().__init__(_("Change of ownership"), "cases.ask_ownership", f"account:{account_id}")
        self.profile = profile

    def body(self) -> Iterable[Widget]:
        text = _(
            "{customer} passes to another contract holder once we have released it. "
            "The present holder loses access at that moment."
        )
        yield Label(Content(text.format(customer=safe(self.profile.account_name))), classes="dialog-text")
        yield from super().body()

    def fields(self) -> Iterable[FormField]:
        yield FormField("new_name", _("New holder's name"), required=True)
        yield FormField("new_email", _("New holder's e-mail address"), required=True, max_length=254)
        yield FormField(
            "reason", _("Reason"), hint=_("Sale, inheritance, merger …"), required=True, max_length=300
        )

    def actions(self) -> Sequence[Action]:
        return [Action("save", _("Send the request"), "primary"), Action("cancel", _("Cancel"))]
