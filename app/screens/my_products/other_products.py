"""Sections of products that this account does not have, and how to get them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.i18n import _
from app.screens.area import desk_of
from app.text import safe


class OtherProducts(VerticalScroll, can_focus=True):
    """What is true: nothing of the kind is on this account."""

    def __init__(self) -> None:
        super().__init__(id="other-products")

    def compose(self) -> ComposeResult:
        yield Static("", id="other-products-text")

    def show(self, section: str) -> None:
        """Say it for one section."""
        visit = desk_of(self).visit
        if visit is None or section == "mobile":
            return
        operator = visit.content.operator
        has_not = {
            "hosting": _("There is no web hosting and no domain on this account."),
            "servers": _("There are no servers on this account."),
            "other": _("There are no other products on this account."),
        }[section]
        how = _("To get them, ask {operator}: call {phone} or write to {email}.").format(
            operator=safe(operator.name),
            phone=safe(operator.contact.phone),
            email=safe(operator.contact.email),
        )
        then = _("What is delivered shows here.")
        text = Content.assemble((has_not, "bold"), "\n\n", how, "\n", (then, "$text-quiet"))
        self.query_one("#other-products-text", Static).update(text)
