"""Asking for one parameter: by its choices, by a search, or as text that is read at once."""

from __future__ import annotations

from typing import Any, Final

from app import units
from app.cli.parameters import Parameter
from app.cli.plain.asks import Ask, ask_of
from app.cli.plain.picks import SEARCHED
from app.cli.plain.talk import NO, NONE, YES, Back, Choice, Talk, chosen_of, is_word
from app.cli.plain.values import country
from app.i18n import _
from app.operations.core.errors import OperationError
from app.unit_input import UnitError

NEW_SECRETS: Final = ("new", "telephone_password")
"""New passwords are typed twice: nobody sees a slip of the finger."""
CLEAR: Final = "-"
"""Typed alone, it empties a field that had a value."""


def ask(
    talk: Talk,
    operation: str,
    parameter: Parameter,
    given: dict[str, Any],
    present: Any = None,
    *,
    alone: bool = False,
) -> Any:
    """The value of a parameter; what it was, or its default, for an empty line.

    Args:
        given: the values of the parameters before it.
        present: what is stored now, where something is changed.
        alone: nothing else is changed with it, so an empty line changes nothing.

    Raises:
        Back: it has to be given and was not.
    """
    how = ask_of(operation, parameter.name)
    if parameter.kind == "secret":
        twice = parameter.name in NEW_SECRETS and operation != "callers.verify"
        return talk.secret(_(how.label), twice=twice, help=_(how.hint) if how.hint else "")
    default = present if present is not None else (None if parameter.required else parameter.default)
    must = (parameter.required or how.needed) and present is None
    if alone and present is not None and not isinstance(present, list):
        talk.say(_("Now: {value}").format(value=_present_text(talk, parameter, how, given, present)))
        default, must = None, True
    if how.search:
        return _searched(talk, how, must)
    if parameter.kind == "bool":
        return _yes_or_no(talk, how, default)
    if how.choices is not None and how.many:
        return _several(talk, how, given, default, must)
    if how.choices is not None:
        return _one(talk, how, given, default, must)
    return _text(talk, how, parameter, default, must)


def _present_text(talk: Talk, parameter: Parameter, how: Ask, given: dict[str, Any], present: Any) -> str:
    if isinstance(present, bool):
        return _("yes") if present else _("no")
    choices = how.choices(talk, given) if how.choices is not None else []
    named = [each.text for each in choices if each.value == present]
    return named[0] if named else stored_text(talk, parameter.name, present)


def _searched(talk: Talk, how: Ask, must: bool) -> Any:
    try:
        return SEARCHED[how.search](talk, _(how.label))
    except Back:
        if must:
            raise
        return None


def _yes_or_no(talk: Talk, how: Ask, default: Any) -> bool:
    if how.hint:
        talk.say(_(how.hint))
    told = (
        "" if default is None else " " + _("(Enter: {value})").format(value=_("yes") if default else _("no"))
    )
    while True:
        typed = talk.line(f"{_(how.label)} {_('(yes or no)')}{told}: ", help=_("Type yes or no."))
        if not typed:
            if default is None:
                raise Back
            return bool(default)
        if is_word(typed, YES) or is_word(typed, NO):
            return is_word(typed, YES)
        talk.say(_("Type yes or no."))


def _one(talk: Talk, how: Ask, given: dict[str, Any], default: Any, must: bool) -> Any:
    choices = how.choices(talk, given) if how.choices else []
    if not must and default is None:
        choices = [Choice(None, _(NONE)), *choices]
        return talk.choose(_(how.label), choices, hint=_(how.hint) if how.hint else "")
    if not must and default not in [each.value for each in choices] and choices:
        default = choices[0].value
    if not must and len(choices) == 1:
        return default
    return talk.choose(_(how.label), choices, default=default, hint=_(how.hint) if how.hint else "")


def _several(talk: Talk, how: Ask, given: dict[str, Any], default: Any, must: bool) -> list[Any]:
    choices = how.choices(talk, given) if how.choices else []
    if not choices:
        talk.say(_("There is nothing to choose."))
        raise Back
    talk.say(_(how.label))
    if how.hint:
        talk.say(_(how.hint))
    for number, each in enumerate(choices, 1):
        on = _(" (now)") if default and each.value in default else ""
        why_not = f" ({each.why_not})" if each.why_not else ""
        talk.say(f"{number}. {each.text}{on}{why_not}")
    end = _("Enter leaves it") if must else _("Enter: as it is") if default else _("Enter: none")
    prompt = _('Numbers, such as "1 3", or "{none}" ({end}): ').format(none=_(NONE), end=end)
    while True:
        typed = talk.line(prompt, help=_("Type the numbers of all that is meant, with spaces between them."))
        if not typed:
            if must:
                raise Back
            return list(default or [])
        if is_word(typed, NONE) and not must:
            return []
        found = [chosen_of(word, choices) for word in typed.replace(",", " ").split()]
        refused = next((each.why_not for each in found if each is not None and each.why_not), "")
        if refused:
            talk.say(refused)
        elif None in found:
            talk.say(_("Type a number from 1 to {count}.").format(count=len(choices)))
        else:
            values = [each.value for each in found if each is not None]
            # A part of a token's rights is several rights.
            return [one for value in values for one in (value if isinstance(value, tuple) else (value,))]


def _text(talk: Talk, how: Ask, parameter: Parameter, default: Any, must: bool) -> Any:
    shown = stored_text(talk, parameter.name, default)
    if how.hint:
        talk.say(_(how.hint))
    told = " " + _("(Enter: {value})").format(value=shown) if shown else ""
    while True:
        typed = talk.line(f"{_(how.label)}{told}: ", help=_(how.hint) if how.hint else "")
        if not typed:
            if must:
                raise Back
            return default
        if typed == CLEAR and shown:
            return "" if isinstance(default, str) else default
        try:
            if how.check is not None:
                return how.check(typed, talk.session)
            return int(typed) if parameter.kind == "int" else typed
        except OperationError as error:
            talk.say(error.message)
        except UnitError as error:
            talk.say(str(error))
        except ValueError:
            talk.say(_("Write a whole number."))


def stored_text(talk: Talk, name: str, value: Any) -> str:
    """What is stored, as people read and type it."""
    if value is None or value == "" or isinstance(value, list | tuple):
        return ""
    if name.endswith("_bytes"):
        return units.volume(int(value)) if value else "0"
    if name == "country":
        return country(str(value), talk.session.content)
    return units.phone(str(value)) if name == "phone" else str(value)
