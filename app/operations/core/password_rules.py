"""What a new password must be: the operator's rule, no common password, none of the customer's own words."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from app.content import Content
from app.content.access import Access
from app.i18n import _
from app.operations.core import block_list
from app.operations.core.errors import Invalid
from app.operations.core.visit import Visit
from app.secret import Secret

SHORTEST_WORD: Final = 4
"""Shorter names are parts of too many other words."""
LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a password must be; `key` is how `broken` calls it."""

    key: str
    text: str


def rules(access: Access) -> tuple[Rule, ...]:
    """The rules in the order they are shown, in the language in force."""
    rule = access.passwords
    length = Rule("length", _("At least {count} characters").format(count=rule.shortest))
    classes = (
        Rule("upper", _("A capital letter")),
        Rule("lower", _("A small letter")),
        Rule("digit", _("A digit from 0 to 9")),
        Rule("symbol", _("A symbol: {symbols}").format(symbols=" ".join(rule.symbols))),
    )
    others = (
        Rule("common", _("Not a common password, also not with digits or symbols around it"))
        if rule.classes
        else Rule("common", _("Not a common password, nor one word with digits or symbols around it")),
        Rule("own", _("Without your name, customer number or address, our name or products")),
    )
    return (length, *(classes if rule.classes else ()), *others)


def broken(access: Access, password: str, words: Collection[str] = ()) -> set[str]:
    """Keys of the rules that a password does not meet; quick enough for every key that is typed.

    Args:
        words: see `own_words`.
    """
    rule, text = access.passwords, unicodedata.normalize("NFC", password)
    met = {
        "length": rule.shortest <= len(text) and len(password) <= LONGEST,
        "common": bool(text)
        and not block_list.is_common(text)
        and (rule.classes or not block_list.is_one_word(text)),
        "own": bool(text) and not _holds_word(text, words),
    }
    if rule.classes:
        met["upper"] = any(sign.isupper() for sign in text)
        met["lower"] = any(sign.islower() for sign in text)
        met["digit"] = any(sign in "0123456789" for sign in text)
        met["symbol"] = any(sign in rule.symbols for sign in text)
    return {key for key, good in met.items() if not good}


def require(visit: Visit, password: Secret, words: Collection[str] = ()) -> None:
    """Refuse a password that does not meet the rules.

    Raises:
        Invalid: its field is `password`, its text lists what is missing.
    """
    text = password.reveal()
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(_("{name} is not readable text.").format(name="password"), "password") from error
    if len(text) > LONGEST:
        raise Invalid(_("A password has at most {count} characters.").format(count=LONGEST), "password")
    if missing := broken(visit.content.access, text, words):
        wanted = [rule.text for rule in rules(visit.content.access) if rule.key in missing]
        raise Invalid(_("The new password needs: {rules}.").format(rules="; ".join(wanted)), "password")


def own_words(content: Content, *texts: str) -> frozenset[str]:
    """Words that no password of a customer's holds: the operator's, and those of some texts.

    Args:
        texts: names, user name, e-mail address, customer number, name of the company.
    """
    operator, sold = content.operator, content.catalogue
    texts_of_products = [each.name for each in sold.subscriptions.values()]
    texts_of_products += [each.name for each in sold.roaming_bundles.values()]
    products = [name.in_language(language) for name in texts_of_products for language in operator.languages]
    found = {_bare(name) for name in (operator.name, *products, *texts)}
    found |= {_bare(part) for text in (operator.name, operator.short_name, *texts) for part in _parts(text)}
    return frozenset(word for word in found if len(word) >= SHORTEST_WORD)


def words_of_login(visit: Visit, login_id: int | None, *more: str) -> frozenset[str]:
    """The same for a login and all customers it acts for."""
    row = visit.row("SELECT user_name, email, name FROM login WHERE id = :id", id=login_id)
    accounts = visit.rows(
        "SELECT account.number, account.name FROM membership JOIN account ON account.id = account_id"
        " WHERE login_id = :id",
        id=login_id,
    )
    return own_words(visit.content, *(row or ()), *(text for account in accounts for text in account), *more)


def require_unsaid(
    visit: Visit, password: Secret, login_id: int | None, account_id: int | None = None
) -> None:
    """Refuse the telephone password as one to sign in with: the helpdesk hears it.

    Only for who manages the customer and may set it: others would learn what it is by trying. Costs a hash
    for each customer that has one.

    Args:
        account_id: a customer that the login is about to manage.

    Raises:
        Invalid: its field is `password`.
    """
    from app.operations.core.passwords import verify

    rows = visit.rows(
        "SELECT telephone_hash FROM account WHERE telephone_hash <> '' AND (id = :account OR id IN"
        " (SELECT account_id FROM membership WHERE login_id = :login AND role IN ('holder', 'admin')))",
        account=account_id,
        login=login_id,
    )
    if any(verify(stored, password.reveal()) for (stored,) in rows):
        text = _("This is the telephone password, which the helpdesk hears. Choose another one.")
        raise Invalid(text, "password")


def _holds_word(password: str, words: Iterable[str]) -> bool:
    folded = block_list.fold(password)
    forms = (_bare(folded), _bare(folded.translate(block_list.LEET)))
    return any(word in form for word in words for form in forms)


def _parts(text: str) -> list[str]:
    """The words of a name, a user name or an address; of its domain only what is before the last dot."""
    local, at, domain = text.partition("@")
    kept = f"{local} {domain.rpartition('.')[0]}" if at else local
    return "".join(sign if sign.isalnum() else " " for sign in kept).split()


def _bare(text: str) -> str:
    """Letters and digits only, without capitals."""
    return "".join(sign for sign in block_list.fold(text) if sign.isalnum())
