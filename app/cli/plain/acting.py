"""Doing what an entry of a menu stands for: ask, check, say what it costs, do it, say what it did."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any, Final

from app import units
from app.cli.parameters import Parameter, parameters
from app.cli.plain.asking import ask
from app.cli.plain.asks import ask_of
from app.cli.plain.entry import Entry
from app.cli.plain.listing import show_list
from app.cli.plain.showing import brief, record_lines
from app.cli.plain.talk import Choice, Talk
from app.i18n import _
from app.operations.core.errors import Conflict, HelpEnded, OperationError, SignedOut
from app.operations.core.registry import Operation, get
from app.screens.my_products.setting_words import field_name, field_value

NEVER_ASKED: Final = ("version", "was", "was_cents", "after", "before", "limit", "most", "confirmed")
"""What a person does not type: which version was seen, where a page begins."""
ACCEPT: Final = "quotes.accept"
ALSO_CALLED: Final = {"password": "new"}
"""Fields that errors name otherwise than the operation's parameters."""
ACCOUNT_FIELDS: Final = (
    "street",
    "postcode",
    "city",
    "country",
    "phone",
    "email",
    "contact_name",
    "version",
)
CONTACT_FIELDS: Final = ("name", "kind", "company", "email", "phone", "everything", "version")


def act(talk: Talk, entry: Entry, about: dict[str, Any]) -> None:
    """Go through one entry, to its end or until the person leaves it.

    Args:
        about: what the menu is about, such as `line_id`.

    Raises:
        Back, Home, Quit, SignedOut, HelpEnded
    """
    operation = get(entry.operation)
    known = {each.name: each for each in parameters(operation.function, {})}
    for name in entry.first:
        say_read(talk, name, about)
    given = {name: value for name, value in about.items() if name in known} | dict(entry.fixed)
    present = present_values(talk, entry.operation, given)
    asked = [each for each in known.values() if each.name not in (*given, *entry.leave, *NEVER_ASKED)]
    if not operation.changes and ("after" in known or _answers_list(operation)):
        given |= ask_all(talk, entry.operation, asked, given, {})
        show_list(talk, entry, given, paged="after" in known)
        return
    given |= ask_all(talk, entry.operation, asked, given, present)
    given |= seen_version(talk, known, given, present)
    if entry.shows:
        say_read(talk, entry.shows, given)
    if entry.sure and not talk.sure(_(entry.sure)):
        talk.say(_("Nothing was changed."))
        return
    done, answer = insist(talk, entry.operation, given, {each.name: each for each in asked})
    if done:
        tell(talk, entry, operation, answer)


def ask_all(
    talk: Talk, operation: str, asked: list[Parameter], given: dict[str, Any], present: dict[str, Any]
) -> dict[str, Any]:
    """Ask for one parameter after another; one that does not matter here is left out."""
    found: dict[str, Any] = {}
    for each in asked:
        if ask_of(operation, each.name).when({**present, **given, **found}):
            known = {**given, **found}
            found[each.name] = ask(
                talk, operation, each, known, present.get(each.name), alone=len(asked) == 1
            )
    return found


def present_values(talk: Talk, operation: str, given: dict[str, Any]) -> dict[str, Any]:
    """What is stored now, for operations that change fields of a record; by parameter, and its version."""
    session = talk.session
    if operation == "account.edit":
        account = session.do("account.get")
        return {name: getattr(account, name) for name in ACCOUNT_FIELDS}
    if operation == "contacts.edit":
        contacts = session.do("contacts.page")
        choices = [Choice(each, each.name) for each in contacts]
        found = talk.choose(_("Which contact?"), choices)
        given["contact_id"] = found.id
        services = [str(each.id) for each in found.services]
        return {name: getattr(found, name) for name in CONTACT_FIELDS} | {"services": services}
    if operation in ("limits.set", "limits.set_notices", "limits.set_hard", "barring.set", "bundles.set_cap"):
        line = session.do("lines.get", line_id=given["line_id"])
        return {
            "limit_cents": line.limit_cents,
            "was_cents": line.limit_cents,
            "hard": line.hard_limit,
            "usage_bytes": line.usage_notice_bytes,
            "roaming_bytes": line.roaming_notice_bytes,
            "bars": list(line.bars),
            "was": list(line.bars),
            "cap": line.bundle_cap,
            "version": line.version,
        }
    return {}


def seen_version(
    talk: Talk, known: dict[str, Parameter], given: dict[str, Any], present: dict[str, Any]
) -> dict[str, Any]:
    """The version that the person has seen, so that another's change is not written over."""
    found: dict[str, Any] = {
        name: present[name] for name in ("version", "was", "was_cents") if name in known and name in present
    }
    if "version" in known and "version" not in found:
        if "line_id" in given:
            found["version"] = talk.session.do("lines.get", line_id=given["line_id"]).version
        elif "case_id" in given:
            found["version"] = talk.session.do("cases.get", case_id=given["case_id"]).version
    return found


def insist(
    talk: Talk, operation: str, given: dict[str, Any], asked: dict[str, Parameter]
) -> tuple[bool, Any]:
    """Perform; a field that was refused is asked again. Whether it was done, and the answer.

    Raises:
        SignedOut, HelpEnded, and what asking raises
    """
    while True:
        try:
            return True, talk.session.do(operation, **given)
        except (SignedOut, HelpEnded):
            raise
        except Conflict as conflict:
            if not keep_mine(talk, conflict) or "version" not in given:
                talk.say(_("Nothing was saved."))
                return False, None
            given["version"] = conflict.version
        except OperationError as error:
            if error.field == "confirmed" and not given.get("confirmed"):
                if not talk.sure(error.message):
                    return False, None
                given["confirmed"] = True
                continue
            talk.say(error.message)
            field = error.field if error.field in asked else ALSO_CALLED.get(error.field, "")
            if field not in asked:
                return False, None
            given[field] = ask(talk, operation, asked[field], given)


def keep_mine(talk: Talk, conflict: Conflict) -> bool:
    """Say what somebody else changed meanwhile, and ask whether one's own change is still meant."""
    talk.say(conflict.message)
    for each in conflict.differences:
        text = _("{field}: now {theirs}, you: {mine}")
        theirs, mine = field_value(each.field, each.theirs), field_value(each.field, each.mine)
        talk.say(text.format(field=field_name(each.field), theirs=theirs, mine=mine))
    return talk.sure(_("Save yours over it?"))


def tell(talk: Talk, entry: Entry, operation: Operation, answer: Any) -> None:
    """Say what came of it; a quote is accepted only by the whole word."""
    if operation.costs:
        for line in record_lines(answer, talk.session.content):
            talk.say(line)
        if not talk.sure(_("Accept this offer? It is booked exactly as shown.")):
            talk.say(_("Nothing was ordered. The offer stays open under Services."))
            return
        done, booked = insist(talk, ACCEPT, {"quote_id": answer.id}, {})
        if done:
            talk.say(booked.text)
        return
    if entry.done:
        talk.say(_(entry.done))
    elif isinstance(answer, str) and answer:
        talk.say(answer)
    elif is_dataclass(answer):
        if operation.changes:
            talk.say(_("Done."))
        for line in record_lines(answer, talk.session.content):
            talk.say(line)
    elif operation.changes:
        talk.say(_("Done."))
    elif isinstance(answer, int):
        talk.say(units.count(answer))
    if answer is None and not operation.changes:
        talk.say(_(entry.empty) if entry.empty else _("There is nothing."))


def say_read(talk: Talk, name: str, about: dict[str, Any]) -> None:
    """Say the answer of a read in full."""
    known = {each.name for each in parameters(get(name).function, {})}
    answer = talk.session.do(name, **{key: value for key, value in about.items() if key in known})
    content = talk.session.content
    if isinstance(answer, list | tuple):
        lines = [brief(each, content) for each in answer]
    else:
        lines = record_lines(answer, content)
    for line in lines:
        talk.say(line)


def _answers_list(operation: Operation) -> bool:
    returned = str(operation.function.__annotations__.get("return", ""))
    return returned.startswith(("list[", "Page["))
