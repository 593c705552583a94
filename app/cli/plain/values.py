"""Codes that answers hold, in the reader's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from app import units
from app.i18n import _, language, mark
from app.operations.core.names import bar_name, class_name
from app.screens.my_products.words import state_word
from app.screens.role_names import role_name

if TYPE_CHECKING:
    from app.content import Content

AREAS: Final = {
    "products": mark("see lines and usage"),
    "settings": mark("change settings of lines"),
    "orders": mark("order"),
    "billing": mark("see invoices"),
    "data": mark("customer data"),
    "people": mark("see people"),
}
WAYS: Final = {
    "telephone_password": mark("telephone password"),
    "mail_code": mark("code by mail"),
    "sms_code": mark("code by SMS"),
    "mail": mark("mail"),
    "sms": mark("SMS"),
    "email": mark("e-mail"),
    "terminal": mark("terminal"),
    "kiosk": mark("shop"),
    "command": mark("command line"),
}
WORDS: Final[dict[str, dict[str, str]]] = {
    "direction": {
        "incoming": mark("incoming"),
        "outgoing": mark("outgoing"),
        "forwarded": mark("forwarded"),
        "in": mark("incoming"),
        "out": mark("outgoing"),
    },
    "MemberRow.status": {
        "active": mark("active"),
        "pending": mark("no password yet"),
        "disabled": mark("blocked"),
    },
    "InvitationRow.status": {"pending": mark("open"), "expired": mark("code ran out")},
    "TokenRow.state": {"valid": mark("valid"), "expired": mark("ran out"), "revoked": mark("revoked")},
    "Mailing.kind": {
        "notice": mark("notice"),
        "newsletter": mark("newsletter"),
        "always": mark("always sent"),
    },
    "ContactRow.kind": {"internal": mark("internal"), "external": mark("external")},
    "state": {"paid": mark("paid"), "open": mark("to pay"), "overdue": mark("overdue")},
    "part": {"fees": mark("fees"), "usage": mark("usage")},
    "BookingRow.kind": {"invoice": mark("invoice"), "payment": mark("payment")},
    "CaseView.status": {
        "open": mark("open"),
        "waiting": mark("waiting"),
        "released": mark("released"),
        "rejected": mark("rejected"),
        "withdrawn": mark("withdrawn"),
    },
    "AuditEntry.outcome": {"done": mark("done"), "refused": mark("refused"), "failed": mark("failed")},
    "MessageRow.status": {
        "queued": mark("waiting"),
        "claimed": mark("on its way"),
        "sent": mark("sent"),
        "failed": mark("failed"),
        "muted": mark("not sent"),
        "received": mark("received"),
    },
    "OrderRow.status": {
        "ordered": mark("ordered"),
        "provisioned": mark("delivered"),
        "withdrawn": mark("withdrawn"),
    },
    "account_kind": {"company": mark("company"), "person": mark("person")},
    "AccountData.kind": {"company": mark("company"), "person": mark("person")},
    "SimRow.role": {"main": mark("phone"), "combi": mark("Combi SIM"), "multisim": mark("Multisim")},
    "LearntRow.state": {"new": mark("not yet"), "begun": mark("begun"), "done": mark("done")},
    "LearntRow.area": {
        "sign_in": mark("Sign in"),
        "dashboard": mark("Dashboard"),
        "services": mark("Services"),
        "my_products": mark("My Products"),
        "my_data": mark("My Data"),
        "info": mark("Info"),
        "support": mark("Support"),
        "helpdesk": mark("Helpdesk"),
    },
    "channel": WAYS,
    "verified_by": WAYS,
    "may_code_by": WAYS,
    "areas": AREAS,
}
"""Words by field, or by type and field where one name has several meanings."""
LANGUAGE_NAMES: Final = {"en": "English", "nl": "Nederlands", "de": "Deutsch"}
Worded = Callable[[str, "Content"], str]


def word(type_name: str, field: str, value: Any, content: Content) -> str | None:
    """A code in words; None: the value speaks for itself."""
    if isinstance(value, tuple | list) and value and isinstance(value[0], str):
        found = [word(type_name, field, each, content) for each in value]
        return ", ".join(each or str(was) for each, was in zip(found, value, strict=True))
    if not isinstance(value, str):
        return None
    table = WORDS.get(f"{type_name}.{field}") or WORDS.get(field)
    if table is not None and value in table:
        return _(table[value])
    worded = FUNCTIONS.get(f"{type_name}.{field}") or FUNCTIONS.get(field)
    return worded(value, content) if worded is not None else None


def subscription(code: str, content: Content) -> str:
    """What a kind of line is called."""
    found = content.catalogue.subscriptions.get(code)
    return found.name.in_language(language()) if found else code


def data_bundle(code: str, content: Content) -> str:
    """What a data bundle is called."""
    found = content.catalogue.data_bundles.get(code)
    return found.name.in_language(language()) if found else code


def sim(code: str, content: Content) -> str:
    """What a kind of SIM is called."""
    found = content.catalogue.sims.get(code)
    return found.name.in_language(language()) if found else code


def country(code: str, content: Content) -> str:
    """A country by its code."""
    index = content.places.find(code) if code else None
    return code if index is None else content.places.name(index, language())


def _numbered(number: str, _content: Content) -> str:
    return units.phone(number) if number.startswith("+") else number


FUNCTIONS: Final[dict[str, Worded]] = {
    "LineRow.kind": subscription,
    "LineDetail.kind": subscription,
    "LineRef.kind": subscription,
    "data_bundle": data_bundle,
    "SimRow.kind": sim,
    "LineRow.state": lambda code, _content: state_word(code),
    "LineDetail.state": lambda code, _content: state_word(code),
    "role": lambda code, _content: role_name(code),
    "caller_kind": lambda code, _content: role_name(code),
    "Caller.kind": lambda code, _content: role_name(code),
    "bars": lambda code, _content: bar_name(code),
    "LineDetail.bundles": lambda code, _content: class_name(code),
    "BundleState.bundles": lambda code, _content: class_name(code),
    "language": lambda code, _content: LANGUAGE_NAMES.get(code, code),
    "account_language": lambda code, _content: LANGUAGE_NAMES.get(code, code),
    "AccountData.country": country,
    "number": _numbered,
    "line_number": _numbered,
}
"""What is asked of the catalogue, or of a function that the screens use too."""
