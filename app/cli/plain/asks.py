"""How each parameter of an operation is asked: its label, what helps, what can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from app.cli.plain import picks
from app.cli.plain.picks import Pick, fixed, of_line, rows_of
from app.cli.plain.session import Session
from app.i18n import mark
from app.operations.core import contact_fields
from app.unit_input import parse_volume


@dataclass(frozen=True, slots=True)
class Ask:
    """A parameter in plain words.

    many: several may be chosen. search: asked by a search of app.cli.plain.picks. check: what reads the
    text. when: whether it is asked, by what was given before. needed: it may not be left empty.
    """

    label: str
    hint: str = ""
    choices: Pick | None = None
    many: bool = False
    search: str = ""
    check: Callable[[str, Session], Any] | None = None
    when: Callable[[dict[str, Any]], bool] = lambda _given: True
    needed: bool = False


def _email(text: str, _session: Session) -> str:
    return contact_fields.email(text)


def _country(text: str, session: Session) -> str:
    return contact_fields.country(text, session.content)


def _gigabytes(text: str, _session: Session) -> int:
    return parse_volume(text, unit="GB")


def _megabytes(text: str, _session: Session) -> int:
    return parse_volume(text, unit="MB")


def _list(text: str, _session: Session) -> list[str]:
    return text.replace(",", " ").split()


NUMBER = mark("Write a whole number.")
DAY = mark("Like 2026-12-01; empty: at once.")
NAME = Ask(mark("Name"), needed=True)
CODE = Ask(mark("Code"))
CASE = mark("Which case?")
SIM = Ask(mark("SIM"), choices=picks.sims)
ESIM = Ask(
    mark("Does the device support eSIM?"),
    mark("An eSIM works only in devices that support it. Look in the device's settings."),
    when=lambda given: given.get("sim") == "esim",
)
ORDERED = Ask(
    mark("Which order?"),
    choices=rows_of("customers.orders", limit=picks.LISTED, when=lambda row: row.status == "ordered"),
)
NEW_PASSWORD = mark("New password")
CLASSES = mark("Roaming bundles")

ASKS: Final[dict[str, Ask]] = {
    # Lines
    "line_id": Ask(mark("Line"), search="line"),
    "limit_cents": Ask(mark("Cost limit outside the EU"), choices=picks.limits),
    "hard": Ask(mark("Hard limit"), mark("On: the user cannot lift the block of the cost limit.")),
    "usage_bytes": Ask(
        mark("Usage notice, NL and EU"), mark("A volume such as 5 GB; 0 for no notice."), check=_gigabytes
    ),
    "roaming_bytes": Ask(
        mark("Roaming data notice"), mark("A volume such as 5 GB; 0 for no notice."), check=_megabytes
    ),
    "barring.set.bars": Ask(
        mark("What the line may not do"),
        mark("What is not named is allowed."),
        of_line("barring.get", "code"),
        many=True,
    ),
    "bundles.quote.classes": Ask(CLASSES, choices=picks.enabling, many=True, needed=True),
    "bundles.disable.classes": Ask(
        CLASSES,
        choices=of_line("bundles.offer", "code", when=lambda row: row.enabled),
        many=True,
        needed=True,
    ),
    "cap": Ask(mark("Most roaming bundles a month"), choices=picks.caps),
    "data_bundle": Ask(mark("Data in NL and the EU"), choices=picks.data_bundles),
    "feature": Ask(mark("Feature"), choices=of_line("features.get", "code", when=lambda row: row.can_change)),
    "on": Ask(mark("On")),
    "option": Ask(
        mark("Option"),
        choices=of_line("features.get", "code", when=lambda row: row.can_order and row.status != "on"),
    ),
    "sim": SIM,
    "device_supports_esim": ESIM,
    "orders.quote.kind": Ask(mark("Subscription"), choices=picks.subscriptions),
    "orders.quote.bundles": Ask(CLASSES, choices=picks.classes, many=True),
    "orders.quote.person": Ask(mark("Person or device"), mark("Who or what uses the line."), needed=True),
    "department": Ask(mark("Department")),
    "term": Ask(mark("Term"), mark("A group has its own term."), picks.terms),
    "group_id": Ask(mark("Group"), choices=picks.groups),
    "quote_id": Ask(mark("Which offer?"), choices=rows_of("services.open_quotes")),
    # Usage
    "month": Ask(mark("Month"), choices=picks.used_months),
    "usage.simulate.month": Ask(mark("Month"), choices=picks.past_months),
    "usage.simulate.what": Ask(
        mark("What to compare"),
        choices=fixed(("data", mark("Data bundles")), ("roaming", mark("Roaming bundles"))),
    ),
    "usage.records.kind": Ask(
        mark("Show"),
        choices=fixed(
            ("", mark("Everything")), ("data", mark("Data")), ("voice", mark("Calls")), ("sms", mark("SMS"))
        ),
    ),
    "text": Ask(mark("Part of the text"), mark("Empty: all of them.")),
    "lines.page.text": Ask(
        mark("Number, person, department or group"), mark("A part of it is enough; empty: all of them.")
    ),
    "search.everything.text": Ask(mark("Search"), mark("A number, a name or a country."), needed=True),
    "tariffs.search.text": Ask(mark("Country"), needed=True),
    "tariffs.country.code": Ask(mark("Country"), search="country"),
    "articles.search.text": Ask(mark("Search"), mark("A few words; typos do not matter."), needed=True),
    "articles.page.topic": Ask(mark("Topic"), choices=picks.topics),
    "article": Ask(mark("Which article?"), choices=rows_of("articles.page")),
    "helpful": Ask(mark("Was it helpful?")),
    "form": Ask(
        mark("Format"),
        choices=fixed(("csv", mark("CSV, for a spreadsheet")), ("json", mark("JSON, for programs"))),
    ),
    "suspense_id": Ask(mark("Which row?"), choices=rows_of("usage.suspense", limit=picks.LISTED)),
    # The customer
    "contact_name": Ask(mark("Contact person")),
    "street": Ask(mark("Street and number")),
    "postcode": Ask(mark("Postcode")),
    "city": Ask(mark("City")),
    "country": Ask(mark("Country"), check=_country),
    "phone": Ask(mark("Telephone")),
    "email": Ask(mark("E-mail"), check=_email),
    "reason": Ask(mark("Reason"), mark("Optional; kept with the change.")),
    "name": NAME,
    "company": Ask(mark("Company")),
    "contacts.add.kind": Ask(mark("Kind"), choices=picks.words("ContactRow.kind")),
    "contacts.edit.kind": Ask(mark("Kind"), choices=picks.words("ContactRow.kind")),
    "everything": Ask(mark("May speak about all services")),
    "services": Ask(
        mark("May speak about"),
        choices=picks.services,
        many=True,
        when=lambda given: not given.get("everything"),
    ),
    "invoice_id": Ask(mark("Which invoice?"), choices=rows_of("invoices.page", limit=picks.LISTED)),
    "contact_id": Ask(mark("Which contact?"), choices=rows_of("contacts.page")),
    "topic": Ask(
        mark("Which mails?"), choices=rows_of("mailings.page", "topic", when=lambda row: row.kind != "always")
    ),
    "wanted": Ask(mark("Should they be sent")),
    "telephone_password": Ask(
        mark("Telephone password"),
        mark("At least 6 letters or digits, words that can be said. Not the password you sign in with."),
    ),
    # People
    "member_id": Ask(
        mark("Who?"), choices=rows_of("members.page", when=lambda row: row.changeable or row.linkable)
    ),
    "invitation_id": Ask(mark("Which invitation?"), choices=rows_of("invitations.page")),
    "invitations.send.email": Ask(
        mark("E-mail address"), mark("A code goes there by mail."), check=_email, needed=True
    ),
    "invitations.send.name": Ask(mark("Name")),
    "invitations.send.line_id": Ask(mark("Own line, if any"), search="line"),
    "role": Ask(mark("Role"), choices=picks.roles),
    "areas": Ask(
        mark("What a sub-account may"),
        choices=picks.areas,
        many=True,
        needed=True,
        when=lambda given: given.get("role") == "sub",
    ),
    "language": Ask(mark("Language"), choices=picks.languages),
    # One's own login
    "old": Ask(mark("Your password")),
    "new": Ask(NEW_PASSWORD),
    "code": CODE,
    "session": Ask(mark("Which session?"), choices=rows_of("sessions.page", when=lambda row: not row.this)),
    "key": Ask(mark("Public key"), mark("The line of your .pub file."), needed=True),
    "ssh_keys.add.name": Ask(mark("What it is called"), mark("Empty: as its owner wrote into it.")),
    "key_id": Ask(mark("Which key?"), choices=rows_of("ssh_keys.page")),
    "token_id": Ask(
        mark("Which token?"), choices=rows_of("tokens.page", when=lambda row: row.state == "valid")
    ),
    "tokens.add.name": Ask(mark("What it is for"), needed=True),
    "tokens.add.rights": Ask(mark("What it may do"), choices=picks.token_rights, many=True, needed=True),
    "networks": Ask(mark("Only from (address)"), mark("Empty: from anywhere."), check=_list),
    "days": Ask(mark("Valid for days"), NUMBER),
    "idle_days": Ask(mark("Ends unused after"), NUMBER),
    "network": Ask(mark("Address or network"), needed=True),
    "label": Ask(mark("What it is")),
    "address_id": Ask(mark("Which address?"), choices=rows_of("allowed_addresses.page")),
    # Requests and cases
    "cases.ask_name.name": Ask(mark("New name"), needed=True),
    "from_day": Ask(mark("From day"), DAY),
    "new_name": Ask(mark("New holder's name"), needed=True),
    "new_email": Ask(mark("New holder's e-mail address"), check=_email, needed=True),
    "cases.ask_ownership.reason": Ask(mark("Reason"), mark("Sale, inheritance, merger …"), needed=True),
    "cases.withdraw.case_id": Ask(
        CASE, choices=rows_of("cases.mine", limit=picks.LISTED, when=lambda row: row.status == "waiting")
    ),
    "case_id": Ask(CASE, choices=rows_of("cases.page", limit=picks.LISTED)),
    "cases.page.status": Ask(mark("Which cases?"), choices=picks.words("CaseView.status")),
    "checks": Ask(
        mark("What was checked"),
        mark("A colleague releases the case; until then nothing changes. Check everything."),
        picks.checks,
        many=True,
        needed=True,
    ),
    "cases.open_recovery.email": Ask(mark("New e-mail address"), check=_email, needed=True),
    "cases.open_recovery.reason": Ask(mark("What happened"), needed=True),
    "cases.open_second_factor_reset.reason": Ask(mark("What happened"), needed=True),
    "answer": Ask(mark("Answer"), mark("Who asked reads this."), needed=True),
    "privacy.ask_erasure.reason": Ask(mark("Reason"), mark("Optional; kept with the change.")),
    # The helpdesk
    "account_id": Ask(mark("Customer"), search="customer"),
    "accounts.page.text": Ask(mark("Number or name"), mark("A part of it is enough; empty: all of them.")),
    "notes.add.text": Ask(mark("Note"), needed=True),
    "customers.create.kind": Ask(mark("Kind"), choices=picks.words("account_kind")),
    "customers.create.email": Ask(
        mark("E-mail of the contract holder"),
        mark("User name and password code are mailed there."),
        check=_email,
        needed=True,
    ),
    "customers.create.name": Ask(mark("Name"), mark("Of the company or person."), needed=True),
    "customers.create.contact_name": Ask(
        mark("Contract holder"), mark("Who gets the mails; left empty: the name above.")
    ),
    "customers.create.country": Ask(mark("Country"), mark("Two letters, like NL.")),
    "customers.create.language": Ask(mark("Language of the mails"), choices=picks.languages),
    "product": Ask(mark("Ordered"), mark("In the words of the mails: Installation of your …"), needed=True),
    "customers.provision.order_id": ORDERED,
    "customers.withdraw.order_id": ORDERED,
    "order_id": Ask(mark("Which order?"), choices=rows_of("customers.orders", limit=picks.LISTED)),
    "waiting": Ask(mark("Only those that wait")),
    "alert_id": Ask(mark("Which alert?"), choices=rows_of("alerts.page", limit=picks.LISTED)),
    "site": Ask(mark("Which site?"), choices=rows_of("handover.sites")),
    "handover.make_for_line.site": Ask(mark("Which site?"), choices=of_line("handover.sites_of_line", "id")),
    "sim_id": Ask(mark("Which eSIM?"), choices=of_line("esim.page", "id", when=lambda row: row.ready)),
    "item": Ask(mark("What?"), choices=of_line("connection.get", "id", when=lambda row: row.secret)),
}
"""By `operation.parameter` where one operation asks differently, else by the parameter's name."""


def ask_of(operation: str, parameter: str) -> Ask:
    """How a parameter is asked.

    Raises:
        KeyError: nobody has said how.
    """
    return ASKS.get(f"{operation}.{parameter}") or ASKS[parameter]
