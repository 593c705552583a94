"""The customer's own data: what is stored, and changing all of it but the name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from app.i18n import _, use_language
from app.operations.core import Invalid, NotFound, Visit, account_mail, contact_fields, mail_words, operation
from app.operations.core.fresh import require_fresh

EDITABLE: Final = ("contact_name", "street", "postcode", "city", "country", "phone", "email")
"""What an employee does not read."""
COLUMNS: Final = (
    "id, number, kind, name, language, contact_name, street, postcode, city, country, phone, email,"
    " telephone_hash <> '', created_at, version"
)


@dataclass(frozen=True, slots=True)
class LastEdit:
    """When the data was last changed, by whom, for which caller, and why; empty where nobody said."""

    at: int
    person: str
    caller: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccountData:
    """Master data of a customer. `kind` is "company" or "person"; phone is E.164, country ISO 3166."""

    id: int
    number: str
    kind: str
    name: str
    language: str
    contact_name: str
    street: str
    postcode: str
    city: str
    country: str
    phone: str
    email: str
    has_telephone_password: bool
    created_at: int
    version: int
    last_edit: LastEdit | None = None


@operation("account.get", right="VIEW_ACCOUNT", changes=False)
def get(visit: Visit) -> AccountData:
    """All master data of the customer; an employee reads name and number only."""
    row = visit.row(f"SELECT {COLUMNS} FROM account WHERE id = :account", account=visit.account_id)
    if row is None:
        raise NotFound(_("No customer is open."))
    values: list[Any] = [*row]
    if visit.reach("VIEW_ACCOUNT") == "own":
        values[5:13] = [""] * len(EDITABLE) + [False]
        return AccountData(*values)
    values[12] = bool(values[12])
    return AccountData(*[*values, _last_edit(visit)])


@operation("account.edit", right="EDIT_ACCOUNT")
def edit(
    visit: Visit,
    street: str | None = None,
    postcode: str | None = None,
    city: str | None = None,
    country: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    contact_name: str | None = None,
    language: str | None = None,
    reason: str = "",
    version: int | None = None,
) -> int:
    """Change address, telephone, e-mail, contact person or language; what is left out stays. The new version.

    Where security mails go is not changed without the password, given shortly before.

    Args:
        street: street and house number.
        postcode: as the country writes it.
        city: the place.
        country: its name, or its code of two letters.
        phone: with or without the country code; empty takes it away.
        email: where mails about the account go; empty takes it away.
        contact_name: whom letters greet.
        language: of invoices and mails about the account, like en.
        reason: why it changes, kept in the log.
        version: the version that was read; somebody else's change since then is not overwritten.
    """
    from app.models import Account
    from app.operations.core.editing import edit as edit_entity

    before = _stored(visit)
    said = {
        "street": street,
        "postcode": postcode,
        "city": city,
        "country": country,
        "phone": phone,
        "email": email,
        "contact_name": contact_name,
        "language": language,
    }
    contact_fields.one_line(reason, "reason")
    checked = _checked(visit, {name: text for name, text in said.items() if text is not None}, before)
    changes = {name: value for name, value in checked.items() if value != before[name]}
    if not changes and version in (None, before["version"]):
        raise Invalid(_("Nothing was changed."))
    if "email" in changes and visit.assistance is None:
        require_fresh(visit)
    account = edit_entity(visit, Account, before["id"], checked, version=version)
    visit.touch("account", before["id"])
    if "email" in changes and before["email"]:
        _tell_old_address(visit, before["email"])
    return account.version


def _stored(visit: Visit) -> dict[str, Any]:
    columns = ("id", "version", "language", *EDITABLE)
    row = visit.row(f"SELECT {', '.join(columns)} FROM account WHERE id = :account", account=visit.account_id)
    if row is None:
        raise NotFound(_("No customer is open."))
    return dict(zip(columns, row, strict=True))


def _checked(visit: Visit, said: dict[str, str], before: dict[str, Any]) -> dict[str, str]:
    """What was said, as it is stored. A postcode is checked again when its country changes."""
    content = visit.content
    found: dict[str, str] = {}
    for name in ("contact_name", "street", "city"):
        if name in said:
            found[name] = contact_fields.one_line(said[name], name, required=name != "contact_name")
    if "country" in said:
        found["country"] = contact_fields.country(said["country"], content)
    here = found.get("country", before["country"])
    if "postcode" in said or here != before["country"]:
        found["postcode"] = contact_fields.postcode(said.get("postcode", before["postcode"]), here)
    if "phone" in said:
        found["phone"] = contact_fields.phone(said["phone"], here, content)
    if "email" in said:
        found["email"] = contact_fields.email(said["email"])
    if "language" in said:
        known = content.operator.languages
        if said["language"] not in known:
            raise Invalid(_("Choose from: {words}.").format(words=", ".join(known)), "language")
        found["language"] = said["language"]
    return found


def _last_edit(visit: Visit) -> LastEdit | None:
    row = visit.row(
        "SELECT audit.at, coalesce(login.name, ''), coalesce(assistance.caller_name, ''),"
        " coalesce(audit_personal.text, '') FROM audit LEFT JOIN login ON login.id = audit.login_id"
        " LEFT JOIN assistance ON assistance.id = audit.assistance_id"
        " LEFT JOIN audit_personal USING (seq)"
        " WHERE audit.account_id = :account AND operation = 'account.edit' AND outcome = 'done'"
        " ORDER BY seq DESC LIMIT 1",
        account=visit.account_id,
    )
    if row is None:
        return None
    at, person, caller, said = row
    return LastEdit(at, person, caller, str(json.loads(said or "{}").get("reason", "")))


def _tell_old_address(visit: Visit, address: str) -> None:
    to = account_mail.addressee(visit)
    with use_language(to.language):
        text = _("Mails about customer {number} do not come to this address any more: it was changed.")
        account_mail.send(
            visit,
            "account_email",
            address,
            _("Your e-mail address was changed"),
            to,
            text.format(number=to.number),
            mail_words.call_us(visit.content),
        )
