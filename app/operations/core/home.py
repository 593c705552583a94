"""The calling code of the operator's country."""

from __future__ import annotations

from app.content import Content


def home_code(content: Content) -> str:
    """Such as "31": what a national number stands for. Empty where the country has none."""
    places = content.places
    calling = places.calling(places.index(content.operator.home_country))
    return calling[0] if calling else ""
