"""Style sheets are read before the fork: they are the same for all, and a quarter of the work of a start."""

from __future__ import annotations

from typing import Any, Final

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from app.settings import Settings

_parse: Final = Stylesheet._parse_rules
_parsed: Final[dict[object, list[RuleSet]]] = {}


def install() -> None:
    """What was read once is not read again, in this process or in one that it forks."""
    Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign,assignment]


def _parse_once(
    sheet: Stylesheet,
    css: str,
    read_from: Any,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    key = css, read_from, is_default_rules, tie_breaker, scope, *sorted(sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]


def read_ahead(settings: Settings, brand: str) -> None:
    """Read the portal's own sheets and those of every kind of widget that is loaded, for the first theme."""
    sheet = Stylesheet(variables=_variables(brand))
    for path in (settings.first_sheet, settings.stylesheet):
        sheet.read(path)
    sheet.parse()
    for kind in _kinds(DOMNode):
        for read_from, css, tie_breaker, scope in DOMNode._get_default_css(kind.__new__(kind)):
            sheet._parse_rules(css, read_from, True, tie_breaker, scope)


def _variables(brand: str) -> dict[str, str]:
    """As an application has them on its first screen."""
    from app.widgets.base_app import SafeApp

    return SafeApp(brand=brand).get_css_variables()


def _kinds(base: type[DOMNode]) -> set[type[DOMNode]]:
    found = {base}
    for kind in base.__subclasses__():
        found |= _kinds(kind)
    return found
