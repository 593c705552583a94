"""What can be chosen for a parameter: read when it is asked, so it is what there is now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from app import units
from app.cli.plain.showing import brief
from app.cli.plain.talk import ALL, Back, Choice, Talk, is_word
from app.cli.plain.values import AREAS, LANGUAGE_NAMES, WORDS
from app.clock import add_months, month_of
from app.i18n import _, language
from app.operations.core.names import BUNDLES, class_name
from app.screens.my_products.words import months
from app.screens.role_names import role_name

Given = dict[str, Any]
Pick = Callable[[Talk, Given], list[Choice]]
MONTHS = 12
LISTED = 200
EXPORT = "EXPORT"


def rows_of(
    operation: str, value: str = "id", *, when: Callable[[Any], bool] = lambda _row: True, **arguments: Any
) -> Pick:
    """The rows of a read, by one of their fields."""

    def pick(talk: Talk, _given: Given) -> list[Choice]:
        found = talk.session.do(operation, **arguments)
        rows = getattr(found, "rows", found)
        content = talk.session.content
        return [Choice(getattr(row, value), brief(row, content)) for row in rows if when(row)]

    return pick


def of_line(operation: str, value: str, *, when: Callable[[Any], bool] = lambda _row: True) -> Pick:
    """The same of the line that it is about."""

    def pick(talk: Talk, given: Given) -> list[Choice]:
        found = talk.session.do(operation, line_id=given["line_id"])
        content = talk.session.content
        return [Choice(getattr(row, value), brief(row, content)) for row in found if when(row)]

    return pick


def words(table: str) -> Pick:
    """The codes of app.cli.plain.values.WORDS."""
    return lambda _talk, _given: [Choice(code, _(text)) for code, text in WORDS[table].items()]


def fixed(*choices: tuple[Any, str]) -> Pick:
    """The same for everybody; texts are English."""
    return lambda _talk, _given: [Choice(value, _(text)) for value, text in choices]


def limits(talk: Talk, _given: Given) -> list[Choice]:
    """The operator's cost limits."""
    return [Choice(cents, units.money(cents)) for cents in talk.session.do("limits.choices")]


def caps(talk: Talk, _given: Given) -> list[Choice]:
    """How many roaming bundles may start in a month."""
    most = talk.session.content.operator.policies.highest_bundle_cap
    return [Choice(count, str(count)) for count in range(1, most + 1)]


def subscriptions(talk: Talk, _given: Given) -> list[Choice]:
    """Kinds of lines."""
    found = talk.session.content.catalogue.subscriptions.values()
    return [Choice(each.code, each.name.in_language(language())) for each in found]


def data_bundles(talk: Talk, _given: Given) -> list[Choice]:
    """Data bundles with their price."""
    price = _("{price} a month")
    return [
        Choice(
            each.code,
            f"{each.name.in_language(language())}, {price.format(price=units.money(each.monthly_cents))}",
        )
        for each in talk.session.content.catalogue.data_bundles.values()
    ]


def terms(talk: Talk, _given: Given) -> list[Choice]:
    """Terms of contracts."""
    return [Choice(count, months(count)) for count in talk.session.content.catalogue.terms_months]


def sims(talk: Talk, _given: Given) -> list[Choice]:
    """Kinds of SIMs."""
    found = talk.session.content.catalogue.sims.values()
    return [Choice(each.code, each.name.in_language(language())) for each in found]


def classes(_talk: Talk, _given: Given) -> list[Choice]:
    """Roaming bundles, for a new line."""
    return [Choice(code, class_name(code)) for code in BUNDLES]


def enabling(talk: Talk, given: Given) -> list[Choice]:
    """Roaming bundles that are off."""
    offers = talk.session.do("bundles.offer", line_id=given["line_id"])
    text = _("{size} for {price}, only when used")
    return [
        Choice(
            each.code,
            f"{each.name}: "
            + text.format(size=units.volume(each.size_bytes), price=units.money_micro(each.price_micro)),
            "" if each.can_enable else each.why_not,
        )
        for each in offers
        if not each.enabled
    ]


def groups(talk: Talk, _given: Given) -> list[Choice]:
    """Groups of lines."""
    return [Choice(each.id, each.name) for each in talk.session.do("lines.groups")]


def services(talk: Talk, _given: Given) -> list[Choice]:
    """Services, as contacts are given them: ids as text."""
    return [Choice(str(each.id), each.name) for each in talk.session.do("lines.services")]


def used_months(talk: Talk, given: Given) -> list[Choice]:
    """The months with records of the line."""
    return [Choice(each, units.month(each)) for each in _months(talk, given)]


def past_months(talk: Talk, _given: Given) -> list[Choice]:
    """The months that are over, the newest first."""
    now = month_of(talk.session.clock.now(), talk.session.zone)
    found = [add_months(now, -back) for back in range(1, MONTHS + 1)]
    return [Choice(each, units.month(each)) for each in found]


def _months(talk: Talk, given: Given) -> list[int]:
    found: list[int] = talk.session.do("usage.months", line_id=given["line_id"])
    return found or [month_of(talk.session.clock.now(), talk.session.zone)]


def roles(talk: Talk, given: Given) -> list[Choice]:
    """What people may become; only the holder gives more than the role of a user."""
    visit = talk.session.visit
    all_of_them = visit is not None and visit.reach("SET_ROLES") is not None
    names = ("user", "sub", "admin", "reseller") if all_of_them else ("user",)
    return [Choice(name, role_name(name)) for name in names]


def areas(_talk: Talk, _given: Given) -> list[Choice]:
    """What a sub-account may be given."""
    return [Choice(code, _(text)) for code, text in AREAS.items()]


def languages(talk: Talk, _given: Given) -> list[Choice]:
    """The operator's languages."""
    return [Choice(code, LANGUAGE_NAMES[code]) for code in talk.session.content.operator.languages]


def checks(talk: Talk, _given: Given) -> list[Choice]:
    """What is checked before a lost login is given back."""
    return [
        Choice(each.id, each.text.in_language(language())) for each in talk.session.content.access.recovery
    ]


def topics(talk: Talk, _given: Given) -> list[Choice]:
    """What articles are about; first of all, everything."""
    found = talk.session.do("articles.topics")
    return [Choice("", _("Everything")), *(Choice(each.id, each.title) for each in found)]


def token_rights(talk: Talk, _given: Given) -> list[Choice]:
    """Parts of what the visitor may, for a script; the value is a tuple of rights."""
    visit = talk.session.visit
    assert visit is not None
    found = []
    for area, rights in {**visit.content.matrix.areas, EXPORT: (EXPORT,)}.items():
        mine = tuple(right for right in rights if visit.reach(right) is not None)
        text = _("export lists") if area == EXPORT else _(AREAS.get(area, area))
        if mine:
            found.append(Choice(mine, text))
    return found


def a_line(talk: Talk, label: str) -> int:
    """The one line that fits what is typed; who sees only one is not asked.

    Raises:
        Back: none was chosen.
    """
    session = talk.session
    visit = session.visit
    if visit is not None and visit.reach("VIEW_LINES") == "own" and visit.own_line_id is not None:
        return visit.own_line_id
    hint = _("The number, its last digits, or who uses it.")
    while True:
        prompt = _('{label} (number, last digits or person; "{all}" lists them): ')
        text = talk.line(prompt.format(label=label, all=_(ALL)), help=hint)
        if not text:
            raise Back
        if is_word(text, ALL):
            text = ""
        page = session.do("lines.page", text=text, limit=LISTED)
        choices = [Choice(row.id, brief(row, session.content)) for row in page.rows]
        if not choices:
            talk.say(_("No line fits this."))
        elif len(choices) == 1:
            talk.say(choices[0].text)
            return int(choices[0].value)
        else:
            return int(talk.choose(_("Which line?"), choices))


def a_country(talk: Talk, label: str) -> str:
    """The code of a country that is searched by name."""
    while True:
        text = talk.line(f"{label}: ", help=_("The name of a country in any language, or its code."))
        if not text:
            raise Back
        found = talk.session.do("tariffs.search", text=text)
        if not found:
            talk.say(_("No country fits this."))
        elif len(found) == 1:
            return str(found[0].code)
        else:
            choices = [Choice(each.code, brief(each, talk.session.content)) for each in found]
            return str(talk.choose(_("Which country?"), choices))


def a_customer(talk: Talk, label: str) -> int:
    """A customer, found by number, name, line or person.

    Raises:
        Back: none was chosen.
    """
    while True:
        prompt = _("{label} (number, name, line or person): ").format(label=label)
        text = talk.line(prompt, help=_("At least two letters or digits."))
        if not text:
            raise Back
        found = {hit.account_id: hit for hit in reversed(talk.session.do("search.everything", text=text))}
        found.pop(0, None)
        choices = [Choice(key, brief(hit, talk.session.content)) for key, hit in reversed(found.items())]
        if not choices:
            talk.say(_("No customer fits this."))
        else:
            return int(talk.choose(_("Which customer?"), choices, default=choices[0].value))


SEARCHED: Final[dict[str, Callable[[Talk, str], Any]]] = {
    "line": a_line,
    "country": a_country,
    "customer": a_customer,
}
