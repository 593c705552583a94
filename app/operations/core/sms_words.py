"""What users may send to the short code, as people type it.

The commands are the operator's names for them (BERICHT, INFO, LIMIET with AAN or UIT), the same in every
language; an answer to the message of a block may be said in any of ours.
"""

from __future__ import annotations

from app.i18n import _, language
from app.text import safe

SWITCHES = {"BERICHT": "tell_usage", "INFO": "tell_border", "LIMIET": "tell_limit"}
"""Command to the column of `line` that it sets."""
STATES = {"AAN": True, "UIT": False}
HELP = "HELP"
ANSWERS = ("JA", "YES", "OK", "AAN", "ON")
"""What lifts a block; anything else does not."""
ANSWER_TO_GIVE = {"en": "YES", "nl": "JA", "de": "JA"}


def answer_word() -> str:
    """The answer that a block message asks for, in the language in force."""
    return ANSWER_TO_GIVE.get(language(), "YES")


def normalise(text: str) -> str:
    """What was typed, in upper case with single spaces; signs around and between words do not matter."""
    words = "".join(sign if sign.isalnum() else " " for sign in safe(text, lines=True)).upper().split()
    return " ".join(words)


def split_switch(said: str) -> tuple[str, bool] | None:
    """The command and its state, if a normalised text is one: `BERICHT AAN`, or together `BERICHTAAN`."""
    together = said.replace(" ", "")
    for command in SWITCHES:
        state = STATES.get(together.removeprefix(command)) if together.startswith(command) else None
        if state is not None:
            return command, state
    return None


def help_text(short_code: str) -> str:
    """The list of commands."""
    return _(
        "Send to {code}: BERICHT AAN or UIT (data use abroad), INFO AAN or UIT (tariffs at the border), "
        "LIMIET AAN or UIT (limit notices abroad), HELP (this list). AAN is on, UIT is off."
    ).format(code=short_code)
