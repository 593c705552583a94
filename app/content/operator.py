"""The operator whose portal this is: data/operator.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from app.content.errors import ContentError
from app.content.reading import Section, read_toml
from app.content.texts import Texts
from app.i18n import LANGUAGES

FILE: Final = "operator.toml"
LOGIN_SCHEMES: Final = ("customer_number", "user_name", "email")
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COLOUR: Final = r"#[0-9A-Fa-f]{6}"
OCTET: Final = r"(25[0-5]|2[0-4]\d|1?\d?\d)"
RANGE: Final = rf"{OCTET}(\.{OCTET}){{3}}/(1[6-9]|2\d|3[0-2])"
EMAIL: Final = r"[^@\s]+@[^@\s]+\.[^@\s]+"


class Brand(NamedTuple):
    """Colours as #RRGGBB."""

    primary: str
    secondary: str
    accent: str


class Contact(NamedTuple):
    """Where customers reach the operator."""

    phone: str
    email: str
    website: str
    street: str
    postcode: str
    city: str
    country: str


class Hours(NamedTuple):
    """Opening hours on some days (mon … sun), in the operator's time zone; `closes` is exclusive."""

    days: tuple[str, ...]
    opens: time
    closes: time


class Senders(NamedTuple):
    """From whom messages come."""

    mail_name: str
    mail_address: str
    reply_to: str
    sms: str


class Policies(NamedTuple):
    """What the operator decided once for all customers."""

    invoice_day: int
    usage_due_day: int
    close_day: int
    late_months: int
    limit_choices_cents: tuple[int, ...]
    default_limit_cents: int
    highest_bundle_cap: int
    default_bundle_cap: int
    block_note: Texts
    """Shown when a block is confirmed: what a block cannot prevent."""


class Invoicing(NamedTuple):
    """What stands on every invoice, and how it is paid."""

    iban: str
    """Where customers pay, without spaces (ISO 13616)."""
    holder: str
    """In whose name that account is."""
    vat_number: str
    vat_rate: int
    """Hundredths of a percent."""
    payment_days: int
    """Until when: so many days after the invoice's."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator."""

    name: str
    short_name: str
    languages: tuple[str, ...]
    home_country: str
    time_zone: str
    currency: str
    sms_short_code: str
    fixed_ip_range: str
    """Addresses that lines with a fixed IP get, like 192.0.2.0/24; empty if there are none."""
    login_scheme: tuple[str, ...]
    brand: Brand
    contact: Contact
    hours: tuple[Hours, ...]
    senders: Senders
    policies: Policies
    invoicing: Invoicing


def read_operator(folder: Path, errors: list[ContentError]) -> Operator:
    """The operator of a content folder; mistakes are added to `errors`."""
    root = read_toml(folder / FILE, FILE, errors)
    operator = Operator(
        name=root.text("name"),
        short_name=root.text("short_name"),
        languages=_some(root, "languages", LANGUAGES),
        home_country=root.text("home_country", pattern="[A-Z]{2}", form="two capitals, like NL"),
        time_zone=_time_zone(root),
        currency=root.text("currency", pattern="[A-Z]{3}", form="three capitals, like EUR"),
        sms_short_code=root.text("sms_short_code", pattern="[0-9]{3,6}", form="3 to 6 digits"),
        fixed_ip_range=root.text(
            "fixed_ip_range", default="", pattern=RANGE, form="a range like 192.0.2.0/24"
        ),
        login_scheme=_some(root, "login_scheme", LOGIN_SCHEMES),
        brand=_brand(root.section("brand")),
        contact=_contact(root.section("contact")),
        hours=tuple(_hours(section) for section in root.sections("hours")),
        senders=_senders(root.section("senders")),
        policies=_policies(root.section("policies")),
        invoicing=_invoicing(root.section("invoicing")),
    )
    root.finish()
    return operator


def _some(root: Section, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    words = root.words(key, choices=choices)
    if root.has(key) and not words:
        root.error(key, "The list is empty.", f"Choose at least one of {', '.join(choices)}.")
    return words


def _time_zone(root: Section) -> str:
    name = root.text("time_zone")
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        if name:
            cure = "Write a name of the IANA list, like Europe/Amsterdam."
            root.error("time_zone", f"There is no time zone {name!r}.", cure)
        return "UTC"
    return name


def _brand(section: Section) -> Brand:
    brand = Brand(
        *(
            section.text(key, pattern=COLOUR, form="like #0B5FA5")
            for key in ("primary", "secondary", "accent")
        )
    )
    section.finish()
    return brand


def _contact(section: Section) -> Contact:
    contact = Contact(
        phone=section.text("phone"),
        email=section.text("email", pattern=EMAIL, form="like name@example.org"),
        website=section.text("website", pattern=r"https://\S+", form="like https://www.example.org"),
        street=section.text("street"),
        postcode=section.text("postcode"),
        city=section.text("city"),
        country=section.text("country", pattern="[A-Z]{2}", form="two capitals, like NL"),
    )
    section.finish()
    return contact


def _hours(section: Section) -> Hours:
    hours = Hours(
        section.words("days", choices=DAYS), section.clock_time("opens"), section.clock_time("closes")
    )
    if section.sound and hours.closes <= hours.opens:
        section.error("closes", "Closing time is not after opening time.", "Write a later time.")
    section.finish()
    return hours


def _senders(section: Section) -> Senders:
    senders = Senders(
        mail_name=section.text("mail_name"),
        mail_address=section.text("mail_address", pattern=EMAIL, form="like name@example.org"),
        reply_to=section.text("reply_to", pattern=EMAIL, form="like name@example.org"),
        sms=section.text("sms", pattern="[A-Za-z0-9]{3,11}", form="3 to 11 letters and digits"),
    )
    section.finish()
    return senders


def _policies(section: Section) -> Policies:
    policies = Policies(
        invoice_day=section.integer("invoice_day", low=1, high=28),
        usage_due_day=section.integer("usage_due_day", low=1, high=28),
        close_day=section.integer("close_day", low=1, high=28),
        late_months=section.integer("late_months", low=0, high=12),
        limit_choices_cents=section.integers("limit_choices_cents", low=1, high=10_000_000),
        default_limit_cents=section.cents("default_limit_cents"),
        highest_bundle_cap=section.integer("highest_bundle_cap", low=1, high=10),
        default_bundle_cap=section.integer("default_bundle_cap", low=1, high=10),
        block_note=section.texts("block_note"),
    )
    if section.sound:
        _check_policies(section, policies)
    section.finish()
    return policies


def _check_policies(section: Section, policies: Policies) -> None:
    if policies.default_limit_cents not in policies.limit_choices_cents:
        section.error("default_limit_cents", "It is not one of limit_choices_cents.", "Choose one of them.")
    if policies.default_bundle_cap > policies.highest_bundle_cap:
        section.error("default_bundle_cap", "It is above highest_bundle_cap.", "Lower it.")
    if policies.close_day <= policies.usage_due_day:
        problem = "The month would be closed before its usage is due."
        section.error("close_day", problem, "Write a day after usage_due_day.")


def _invoicing(section: Section) -> Invoicing:
    invoicing = Invoicing(
        iban=_iban(section),
        holder=section.text("holder"),
        vat_number=section.text("vat_number", pattern="[A-Z]{2}[0-9A-Z]{2,13}", form="like NL000099998B57"),
        vat_rate=section.integer("vat_rate", low=0, high=10_000),
        payment_days=section.integer("payment_days", low=1, high=90),
    )
    section.finish()
    return invoicing


def _iban(section: Section) -> str:
    text = section.text("iban")
    compact = text.replace(" ", "")
    if text and not is_iban(compact):
        section.error("iban", f"{text!r} is no IBAN: its check digits do not fit.", "Copy it from the bank.")
    return compact


def is_iban(text: str) -> bool:
    """Whether check digits fit (ISO 13616, ISO 7064). A library for it would be 3 MB of each session."""
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1
