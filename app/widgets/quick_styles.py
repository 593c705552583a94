"""Rules of a style sheet are told apart by what they are, as everything is that does not say otherwise.

Textual says the same in Python, and asks for it some 360 times for each widget that it styles: a sixth of
that work.
"""

from __future__ import annotations

from textual.css.model import RuleSet


def install() -> None:
    """For all applications of this process."""
    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]
