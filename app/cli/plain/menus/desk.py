"""The helpdesk: calls, cases, customers and their orders, usage that waits."""

from __future__ import annotations

from typing import Final

from app.cli.plain import call_steps
from app.cli.plain.entry import Entry, Menu, Step
from app.cli.plain.talk import Talk
from app.i18n import mark


def is_helping(talk: Talk) -> bool:
    """Whether an agent works for a customer now."""
    return talk.session.visit is not None and talk.session.visit.assistance is not None


def is_free(talk: Talk) -> bool:
    """Whether staff have no caller now."""
    visit = talk.session.visit
    return visit is not None and visit.is_staff and visit.assistance is None


def has_customer(talk: Talk) -> bool:
    """Whether there is a customer to look at: one's own, or that of a verified caller."""
    return talk.session.visit is not None and talk.session.visit.account_id is not None


CALL: Final = Menu(
    mark("This call"),
    (
        Entry(mark("Who calls, why, until when"), "assistance.current"),
        Entry(mark("Notes of colleagues"), "notes.page", empty=mark("There are no notes.")),
        Entry(mark("Write a note"), "notes.add", done=mark("The note is kept.")),
        Step(mark("More time"), call_steps.extend_call, ("assistance.extend",)),
        Step(mark("End the call"), call_steps.end_call, ("assistance.end",)),
    ),
    offered=is_helping,
)
CUSTOMERS: Final = Menu(
    mark("Customers and orders"),
    (
        Entry(mark("Search everything"), "search.everything", empty=mark("Nothing fits this.")),
        Entry(mark("List of customers"), "accounts.page", empty=mark("No customer fits this.")),
        Entry(mark("How many customers there are"), "accounts.count", leave=("text",)),
        Entry(mark("New customer"), "customers.create"),
        Entry(mark("Orders"), "customers.orders", empty=mark("No orders.")),
        Entry(
            mark("An order is delivered"),
            "customers.provision",
            shows="customers.get",
            sure=mark("Is it delivered? The customer gets the mails now."),
        ),
        Entry(
            mark("Send the mails of an order again"),
            "customers.resend",
            sure=mark("Send the mails again?"),
        ),
        Entry(
            mark("Withdraw an order"),
            "customers.withdraw",
            shows="customers.get",
            sure=mark("Withdraw this order?"),
        ),
    ),
    offered=is_free,
)
CASES: Final = Menu(
    mark("Cases"),
    (
        Entry(mark("How many wait"), "cases.count"),
        Entry(mark("List of cases"), "cases.page", opens="cases.get", empty=mark("No cases.")),
        Entry(
            mark("Release a case"),
            "cases.release",
            shows="cases.get",
            sure=mark("Release it? What it says is done then."),
        ),
        Entry(
            mark("Reject a case"),
            "cases.reject",
            shows="cases.get",
            sure=mark("Reject it? Who asked reads your answer."),
        ),
        Step(
            mark("Somebody cannot get in any more"),
            call_steps.lost_login,
            (
                "callers.card",
                "cases.find_person",
                "cases.open_recovery",
                "cases.open_second_factor_reset",
            ),
        ),
    ),
    offered=is_free,
)
WAITING: Final = Menu(
    mark("What waits"),
    (
        Entry(mark("Alerts"), "alerts.page", leave=("all",), empty=mark("There are no alerts.")),
        Entry(mark("An alert is settled"), "alerts.settle", done=mark("Settled.")),
        Entry(
            mark("Usage that could not be rated"),
            "usage.suspense",
            leave=("status", "reason"),
            empty=mark("No usage waits."),
        ),
        Entry(mark("Try all that waits again"), "usage.replay"),
        Entry(
            mark("Let a row go"),
            "usage.dismiss",
            sure=mark("Let this row go? It will never be rated. It stays on record."),
            done=mark("Let go."),
        ),
    ),
    offered=is_free,
)
TAKE_CALL: Final = Step(
    mark("Take a call"),
    call_steps.take_call,
    (
        "callers.card",
        "search.everything",
        "callers.verify",
        "callers.send_code",
        "callers.verify_code",
    ),
    offered=is_free,
)
DESK: Final = (TAKE_CALL, CALL, CUSTOMERS, CASES, WAITING)
"""What the main menu of staff begins with."""
