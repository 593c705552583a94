"""How people get in and how long they stay: data/access.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.content.errors import ContentError
from app.content.reading import Section, read_toml
from app.content.rights import ROLES
from app.content.texts import Texts

FILE: Final = "access.toml"
RULES: Final = ("composed", "long")
DAY: Final = 86_400
PRODUCTS: Final = ("", "line")
"""What has an administration of its own on another site."""


@dataclass(frozen=True, slots=True)
class PasswordRule:
    """`symbols` are those that count as one; `classes` asks for upper, lower, digit and symbol."""

    name: str
    shortest: int
    classes: bool
    symbols: str


@dataclass(frozen=True, slots=True)
class Sessions:
    """Seconds: of a whole session, without a key by role, and since the password was last given."""

    longest_seconds: int
    recheck_seconds: int
    idle_seconds: dict[str, int]

    def idle(self, role: str) -> int:
        """How long a role may do nothing."""
        return self.idle_seconds.get(role, self.idle_seconds["others"])


@dataclass(frozen=True, slots=True)
class Codes:
    """How long codes are valid, in seconds."""

    reset_seconds: int
    first_password_seconds: int
    invitation_seconds: int
    new_email_seconds: int
    short_code_seconds: int


@dataclass(frozen=True, slots=True)
class Help:
    """Of the helpdesk: seconds for a caller, and how often a telephone password may be wrong."""

    seconds: int
    extension_seconds: int
    wrong_passwords: int
    wait_seconds: int
    advice_seconds: int


@dataclass(frozen=True, slots=True)
class RecoveryCheck:
    """Something that is checked before a person without e-mail or second factor gets in again."""

    id: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a customer can switch on and off; `kind` is "notice" or "newsletter"."""

    topic: str
    kind: str
    wanted: bool
    name: Texts


@dataclass(frozen=True, slots=True)
class Site:
    """Another site of the operator. `product`: what it administers, as "line"; or nothing."""

    id: str
    name: Texts
    url: str
    product: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """All of data/access.toml. `second_factor`: the roles that must have one; `code_after_key`: whether who
    has one is asked for it after an SSH key too."""

    passwords: PasswordRule
    sessions: Sessions
    codes: Codes
    second_factor: tuple[str, ...]
    code_after_key: bool
    help: Help
    recovery: tuple[RecoveryCheck, ...]
    notices: tuple[Notice, ...]
    sites: tuple[Site, ...]


def read_access(folder: Path, errors: list[ContentError]) -> Access:
    """What an operator decided about access; mistakes are added to `errors`."""
    root = read_toml(folder / FILE, FILE, errors)
    factor = root.section("second_factor")
    access = Access(
        passwords=_passwords(root.section("passwords")),
        sessions=_sessions(root.section("sessions")),
        codes=_codes(root.section("codes")),
        second_factor=factor.words("required", choices=ROLES),
        code_after_key=factor.boolean("after_key", default=True),
        help=_help(root.section("help")),
        recovery=_recovery(root.section("recovery")),
        notices=tuple(_notice(section) for section in root.sections("notices", optional=True)),
        sites=tuple(_site(section) for section in root.sections("sites", optional=True)),
    )
    factor.finish()
    root.finish()
    return access


def _passwords(section: Section) -> PasswordRule:
    chosen = section.text("rule", choices=RULES)
    rules = {name: _rule(section.section(name), name) for name in RULES}
    section.finish()
    return rules.get(chosen, rules["composed"])


def _rule(section: Section, name: str) -> PasswordRule:
    rule = PasswordRule(
        name,
        section.integer("shortest", low=8, high=128),
        section.boolean("classes"),
        section.text("symbols", default=""),
    )
    if rule.classes and not rule.symbols:
        section.error("symbols", "No symbol would do.", 'List some, like "@#$%".')
    section.finish()
    return rule


def _sessions(section: Section) -> Sessions:
    idle = section.section("idle_seconds")
    seconds = {
        role: idle.integer(role, low=30, high=DAY) for role in (*ROLES, "others") if idle.has(role)
    } | {"others": idle.integer("others", low=30, high=DAY)}
    idle.finish()
    sessions = Sessions(
        section.integer("longest_seconds", low=600, high=DAY),
        section.integer("recheck_seconds", low=0, high=DAY),
        seconds,
    )
    section.finish()
    return sessions


def _codes(section: Section) -> Codes:
    names = ("reset", "first_password", "invitation", "new_email", "short_code")
    codes = Codes(*(section.integer(f"{name}_seconds", low=60, high=90 * DAY) for name in names))
    section.finish()
    return codes


def _help(section: Section) -> Help:
    found = Help(
        section.integer("seconds", low=60, high=DAY),
        section.integer("extension_seconds", low=60, high=DAY),
        section.integer("wrong_passwords", low=1, high=10),
        section.integer("wait_seconds", low=60, high=DAY),
        section.integer("advice_seconds", low=60, high=DAY),
    )
    section.finish()
    return found


def _recovery(section: Section) -> tuple[RecoveryCheck, ...]:
    checks = tuple(_check(each) for each in section.sections("checks"))
    if not checks and section.sound:
        section.error("checks", "Nothing would be checked.", "Add a [[recovery.checks]].")
    section.finish()
    return checks


def _check(section: Section) -> RecoveryCheck:
    check = RecoveryCheck(
        section.text("id", pattern="[a-z_]{1,40}", form="small letters"), section.texts("text")
    )
    section.finish()
    return check


def _notice(section: Section) -> Notice:
    notice = Notice(
        section.text("topic", pattern="[a-z_]{1,40}", form="small letters"),
        section.text("kind", choices=("notice", "newsletter")),
        section.boolean("wanted"),
        section.texts("name"),
    )
    section.finish()
    return notice


def _site(section: Section) -> Site:
    site = Site(
        section.text("id", pattern="[a-z0-9-]{1,40}", form="small letters and digits"),
        section.texts("name"),
        section.text("url", pattern=r"https://\S+", form="like https://shop.example.org/enter"),
        section.text("product", default="", choices=PRODUCTS),
    )
    section.finish()
    return site
