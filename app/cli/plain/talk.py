"""The conversation: every question knows the same words, numbers its choices, says what it did not take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.cli.plain.session import Session
from app.cli.plain.terminal import Terminal, Waited, without_marks
from app.i18n import _, mark, ngettext
from app.operations.core.errors import SignedOut
from app.secret import Secret

PAGE: Final = 20
"""Rows of a list before "more" is asked."""
WARNING_SECONDS: Final = 60
ESCAPE: Final = "="
"""Before a word of the conversation: it is meant as text."""
BACK, HOME, QUIT, MORE = mark("back"), mark("home"), mark("quit"), mark("more")
YES, NO, NONE, ALL = mark("yes"), mark("no"), mark("none"), mark("all")


class Back(Exception):
    """Leave this question."""


class Home(Exception):
    """To the main menu."""


class Quit(Exception):
    """Sign out and end."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its value, and what is said of it. why_not: why it cannot be chosen now."""

    value: Any
    text: str
    why_not: str = ""


class Talk:
    """Asks and says, for one session."""

    def __init__(self, terminal: Terminal, session: Session) -> None:
        self.terminal, self.session = terminal, session
        session.ask_password = self.ask_password

    def say(self, text: str = "") -> None:
        """Say something on a line of its own."""
        self.terminal.say(text)

    def line(self, prompt: str, *, help: str = "", hidden: bool = False) -> str:
        """A line of the person; what is hidden is taken as it is, but a lone `?`.

        Raises:
            Back, Home, Quit, EndOfInput, SignedOut
        """
        while True:
            typed = self._typed(prompt, hidden=hidden)
            if typed.strip() == "?":
                self.help(help)
                continue
            if hidden:
                return typed
            if any(not sign.isprintable() for sign in typed):
                self.say(_("This holds signs that do not show. Type it again."))
                continue
            word = typed.strip()
            if word.startswith(ESCAPE) and _command(word[1:]):
                return word[1:]
            command = _command(word)
            if command is not None:
                raise command
            return word

    def _typed(self, prompt: str, *, hidden: bool) -> str:
        warned = False
        while True:
            left = self.session.seconds_left()
            if left is not None and left <= 0:
                self._over()
            wait = None if left is None else float(left if warned else max(left - WARNING_SECONDS, 1))
            try:
                typed = self.terminal.ask(prompt, hidden=hidden, seconds=wait)
            except KeyboardInterrupt:
                self.terminal.forget()
                self.say()
                raise Back from None
            except Waited:
                left = self.session.seconds_left() or 0
                if left <= 0:
                    self._over()
                self.say()
                text = ngettext(
                    "Still there? In {n} second you are signed out. Press Enter to go on.",
                    "Still there? In {n} seconds you are signed out. Press Enter to go on.",
                    left,
                )
                self.say(text.format(n=left))
                warned = True
                continue
            left = self.session.seconds_left()
            if left is not None and left <= 0:
                self._over()
            self.session.seen()
            if warned and not typed:
                warned = False
                continue
            return typed

    def _over(self) -> None:
        idle = self.session.is_idle()
        self.session.sign_out("idle" if idle else "too_old")
        self.say()
        if idle:
            raise SignedOut(_("Nothing was done for a while. Sign in again to go on."))
        raise SignedOut(_("The session has lasted as long as it may. Sign in again to go on."))

    def help(self, about: str) -> None:
        """What can be typed here, and everywhere."""
        if about:
            self.say(about)
        words = {"back": _(BACK), "home": _(HOME), "quit": _(QUIT)}
        self.say(
            _(
                "Everywhere: {back} or an empty line leaves the question, {home} goes to the main menu, "
                "{quit} signs out and ends, ? says this. Ctrl+C leaves the question, Ctrl+D signs out."
            ).format(**words)
        )
        text = _("To give one of these words as an answer, write = before it, like ={back}.")
        self.say(text.format(**words))

    def choose(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        default: Any = None,
        hint: str = "",
        empty: str = "",
        known: bool = False,
    ) -> Any:
        """One of numbered choices; long lists come in pages. An empty line is the default, or leaves.

        Args:
            known: the choices were said just before; they are said again on `?` only.

        Raises:
            Back, and all that `line` raises
        """
        if not choices:
            self.say(empty or _("There is nothing to choose."))
            raise Back
        self.say(title)
        if hint:
            self.say(hint)
        shown = len(choices) if known else self._show_choices(choices, 0)
        given = next((each for each in choices if default is not None and each.value == default), None)
        while True:
            prompt = self._prompt(len(choices), shown, given, known=known)
            answer = self.line(prompt, help=self._listed(choices[:shown]))
            if not answer:
                if given is None:
                    raise Back
                return given.value
            if is_word(answer, MORE) and shown < len(choices):
                shown = self._show_choices(choices, shown)
                continue
            found = chosen_of(answer, choices)
            if found is None:
                text = _("Type a number from 1 to {count}.")
                self.say(text.format(count=len(choices)))
            elif found.why_not:
                self.say(found.why_not)
            else:
                return found.value

    def _show_choices(self, choices: Sequence[Choice], start: int) -> int:
        self.say(self._listed(choices[start : start + PAGE], start + 1))
        return min(start + PAGE, len(choices))

    @staticmethod
    def _listed(choices: Sequence[Choice], first: int = 1) -> str:
        return "\n".join(
            f"{number}. {each.text}" + (f" ({each.why_not})" if each.why_not else "")
            for number, each in enumerate(choices, first)
        )

    @staticmethod
    def _prompt(count: int, shown: int, given: Choice | None, *, known: bool) -> str:
        text = _("Number 1 to {count}").format(count=count)
        if known:
            text += ", " + _("? lists them")
        if shown < count:
            text += ", " + _("or {more}").format(more=_(MORE))
        if given is not None:
            text += " " + _("(Enter: {value})").format(value=given.text)
        return text + ": "

    def sure(self, text: str) -> bool:
        """Whether the person types yes to it; anything else leaves things as they are."""
        self.say(text)
        answer = self.line(
            _('Type "{yes}" to do it, or press Enter to leave it: ').format(yes=_(YES)),
            help=_("Only the whole word counts."),
        )
        return is_word(answer, YES)

    def secret(self, label: str, *, twice: bool = False, help: str = "") -> Secret:
        """A text that is typed unseen; empty leaves the question.

        Raises:
            Back, and all that `line` raises
        """
        while True:
            typed = self.line(_("{label} (not shown): ").format(label=label), hidden=True, help=help)
            if not typed:
                raise Back
            if not twice:
                return Secret(typed)
            if self.line(_("{label} once more: ").format(label=label), hidden=True) == typed:
                return Secret(typed)
            self.say(_("This is not the same as above."))

    def ask_password(self) -> Secret | None:
        """The password again, before a sensitive change."""
        self.say(_("Give your password again to change this."))
        try:
            return self.secret(_("Password"))
        except Back:
            return None


def is_word(answer: str, word: str) -> bool:
    """Whether the whole word was typed, in English or the person's language."""
    said = answer.strip().casefold()
    own = _(word).casefold()
    return said in (word.casefold(), own, without_marks(own))


def chosen_of(answer: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice of a number, or of a text that only one begins with."""
    if answer.isascii() and answer.isdigit():
        number = int(answer) if len(answer) < 6 else 0
        return choices[number - 1] if 1 <= number <= len(choices) else None
    wanted = answer.casefold()
    same = [each for each in choices if each.text.casefold() == wanted]
    close = same or [each for each in choices if each.text.casefold().startswith(wanted)]
    return close[0] if len(close) == 1 else None


def _command(word: str) -> Exception | None:
    words = {BACK: Back, HOME: Home, QUIT: Quit}
    return next((found() for english, found in words.items() if is_word(word, english)), None)
