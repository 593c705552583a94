"""Read and check data/demo/customers.toml, and practice.toml beside it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from app.content.catalogue import OPTIONS, ROAMING_CLASSES, SIMS, SUBSCRIPTIONS, Catalogue
from app.content.demo import Demo, DemoAddress, DemoContact, DemoCustomer, DemoGroup, DemoLine, DemoLogin
from app.content.errors import ContentError
from app.content.operator import EMAIL, Operator, Policies
from app.content.reading import Section, read_toml
from app.i18n import LANGUAGES
from app.rating.codes import Bar

FILE: Final = "demo/customers.toml"
PRACTICE_FILE: Final = "demo/practice.toml"
BARS: Final = tuple((member.name or "").lower() for member in Bar)
STAFF_ROLES: Final = ("agent", "supervisor")
CUSTOMER_ROLES: Final = ("holder", "admin", "sub", "user")
PHONE: Final = r"\+[1-9][0-9]{7,14}"
BYTES_PER_MEGABYTE: Final = 1_000_000
STRONG: Final = r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z0-9]).{12,}"
STRONG_FORM: Final = "12 signs or more with small and capital letters, a digit and a symbol"


def read_demo(
    folder: Path,
    operator: Operator,
    catalogue: Catalogue,
    areas: Collection[str],
    errors: list[ContentError],
    file: str = FILE,
) -> Demo:
    """The fictional customers of a content folder; mistakes are added to `errors`.

    Args:
        areas: what sub-accounts are given of.
        file: where they stand: those of the demo, or those that people practise on.
    """
    root = read_toml(folder / file, file, errors)
    demo = root.section("demo")
    password = demo.text("password", pattern=STRONG, form=STRONG_FORM)
    telephone_password = demo.text("telephone_password", default="")
    demo.finish()
    logins = [_login(section, STAFF_ROLES, (), ()) for section in root.sections("staff", optional=True)]
    customers = []
    for section in root.sections("customers"):
        customer = _customer(section, operator.policies, catalogue)
        customers.append(customer)
        logins += [
            _login(child, CUSTOMER_ROLES, (customer.number,), areas)
            for child in section.sections("logins", optional=True)
        ]
        section.finish()
    numbers = tuple(customer.number for customer in customers)
    for section in root.sections("resellers", optional=True):
        logins.append(_login(section, ("reseller",), section.words("customers", choices=numbers), ()))
    root.finish()
    found = Demo(password, telephone_password, tuple(customers), tuple(logins))
    _check_unique(root, found)
    _check_own_lines(root, found)
    return found


def _login(
    section: Section, roles: tuple[str, ...], customers: tuple[str, ...], areas: Collection[str]
) -> DemoLogin:
    login = DemoLogin(
        user_name=section.text(
            "user_name", pattern=r"[a-z][a-z0-9._-]{1,63}", form="small letters and digits"
        ),
        name=section.text("name"),
        email=section.text("email", pattern=EMAIL, form="like name@example.org"),
        language=section.text("language", choices=LANGUAGES),
        role=roles[0] if len(roles) == 1 else section.text("role", choices=roles),
        customers=customers,
        line=section.text("line", default="") if customers else "",
        areas=section.words("areas", choices=areas, default=()) if areas else (),
    )
    if bool(login.areas) != (login.role == "sub"):
        section.error("areas", "A sub-account has areas, nobody else.", f"Choose from {', '.join(areas)}.")
    section.finish()
    return login


def _customer(section: Section, policies: Policies, catalogue: Catalogue) -> DemoCustomer:
    groups = tuple(_group(child, policies, catalogue) for child in section.sections("groups"))
    names = tuple(group.name for group in groups)
    return DemoCustomer(
        number=section.text("number", pattern="[0-9]{4,12}", form="4 to 12 digits"),
        name=section.text("name"),
        kind=section.text("kind", choices=("company", "person")),
        language=section.text("language", choices=LANGUAGES),
        groups=groups,
        contacts=tuple(_contact(child, names) for child in section.sections("contacts", optional=True)),
        address=_address(section.section("address")),
    )


def _address(section: Section) -> DemoAddress:
    address = DemoAddress(
        contact_name=section.text("contact_name", default=""),
        street=section.text("street"),
        postcode=section.text("postcode"),
        city=section.text("city"),
        country=section.text("country", pattern="[A-Z]{2}", form="two capitals, like NL"),
        phone=section.text("phone", pattern=PHONE, form="like +31670042001"),
        email=section.text("email", pattern=EMAIL, form="like name@example.org"),
    )
    section.finish()
    return address


def _contact(section: Section, groups: tuple[str, ...]) -> DemoContact:
    contact = DemoContact(
        name=section.text("name"),
        kind=section.text("kind", choices=("internal", "external")),
        company=section.text("company", default=""),
        email=section.text("email", default="", pattern=EMAIL, form="like name@example.org"),
        phone=section.text("phone", default="", pattern=PHONE, form="like +31670042001"),
        services=section.words("services", choices=groups, default=()),
    )
    section.finish()
    return contact


def _group(section: Section, policies: Policies, catalogue: Catalogue) -> DemoGroup:
    names = section.words("names")
    changes = {child.text("name"): child for child in section.sections("lines", optional=True)}
    for name, child in changes.items():
        if name not in names:
            child.error("name", f"There is no line {name!r} in this group.", child.suggest(name, names))
    first = section.text("first_number", pattern=PHONE, form="like +31670042001")
    terms = catalogue.terms_months
    group = DemoGroup(
        name=section.text("name"),
        department=section.text("department", default=""),
        subscription=section.text("subscription", choices=SUBSCRIPTIONS),
        data_bundle=section.text("data_bundle", choices=tuple(catalogue.data_bundles)),
        term_months=section.integer("term_months", low=1, high=60),
        started_months_ago=section.integer("started_months_ago", low=1, high=120),
        lines=tuple(
            _line(name, _following(first, position), section, changes.get(name), policies)
            for position, name in enumerate(names)
        ),
    )
    if section.sound and group.term_months not in terms:
        section.error("term_months", f"{group.term_months} is not sold.", f"Choose one of {terms}.")
    for child in changes.values():
        child.finish()
    section.finish()
    return group


def _following(first: str, position: int) -> str:
    return f"+{int(first.removeprefix('+') or 0) + position}" if first.removeprefix("+").isdigit() else ""


def _line(name: str, number: str, group: Section, own: Section | None, policies: Policies) -> DemoLine:
    """A line's settings: its own table before its group's, then what every new line has."""

    def where(key: str) -> Section:
        in_group = group.has(key)
        return own if own is not None and (own.has(key) or not in_group) else group

    def words(key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        return where(key).words(key, choices=choices, default=())

    def number_of(key: str, high: int, default: Any) -> int:
        return where(key).integer(key, low=0, high=high, default=default)

    limit_cents = number_of("limit_cents", 10_000_000, policies.default_limit_cents)
    if limit_cents not in policies.limit_choices_cents:
        where("limit_cents").error("limit_cents", f"{limit_cents} is no choice.", "See operator.toml.")
    return DemoLine(
        name=name,
        number=number,
        sim=where("sim").text("sim", default="physical", choices=SIMS),
        options=words("options", OPTIONS),
        roaming_bundles=words("roaming_bundles", ROAMING_CLASSES),
        bundle_cap=where("bundle_cap").integer(
            "bundle_cap", low=1, high=policies.highest_bundle_cap, default=policies.default_bundle_cap
        ),
        limit_cents=limit_cents,
        hard_limit=where("hard_limit").boolean("hard_limit", default=False),
        bars=words("bars", BARS),
        zero_lifted=where("zero_lifted").boolean("zero_lifted", default=False),
        usage_notice=number_of("usage_notice_megabytes", 10**7, 0) * BYTES_PER_MEGABYTE,
        roaming_notice=number_of("roaming_notice_megabytes", 10**7, 0) * BYTES_PER_MEGABYTE,
        fixed_ip=where("fixed_ip").text(
            "fixed_ip", default="", pattern=r"[0-9.]{7,15}", form="like 198.51.100.42"
        ),
    )


def _check_unique(root: Section, demo: Demo) -> None:
    """Numbers, user names and addresses are unique in the database."""
    lines = [line for customer in demo.customers for group in customer.groups for line in group.lines]
    for key, values in (
        ("customers.number", [customer.number for customer in demo.customers]),
        ("customers.groups.first_number", [line.number for line in lines]),
        ("logins.user_name", [login.user_name for login in demo.logins]),
        ("logins.email", [login.email.lower() for login in demo.logins]),
    ):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            root.error(key, f"Used twice: {', '.join(twice)}.", "Give each its own.")


def _check_own_lines(root: Section, demo: Demo) -> None:
    """A login's own line is a line of its customer."""
    names = {
        customer.number: {line.name for group in customer.groups for line in group.lines}
        for customer in demo.customers
    }
    for login in demo.logins:
        known = {name for number in login.customers for name in names.get(number, ())}
        if login.line and login.line not in known:
            cure = root.suggest(login.line, known)
            root.error("logins.line", f"{login.user_name} has no line {login.line!r}.", cure)
