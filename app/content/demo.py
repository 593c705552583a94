"""Fictional customers for trying the portal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """Somebody who signs in; staff have no customers."""

    user_name: str
    name: str
    email: str
    language: str
    role: str
    customers: tuple[str, ...]
    """Numbers of the customer accounts, the first one is shown at sign-in."""
    line: str
    """Name of the person's own line; empty if there is none."""
    areas: tuple[str, ...] = ()
    """Of a sub-account: what it was given."""


@dataclass(frozen=True, slots=True)
class DemoContact:
    """Somebody without a login who may call; `services` are names of groups, none for all of them."""

    name: str
    kind: str
    """`internal` or `external`."""
    company: str
    email: str
    phone: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoLine:
    """One line with its settings. Codes are those of the catalogue; volumes are bytes."""

    name: str
    number: str
    """E.164 with the plus sign."""
    sim: str
    options: tuple[str, ...]
    roaming_bundles: tuple[str, ...]
    bundle_cap: int
    limit_cents: int
    hard_limit: bool
    bars: tuple[str, ...]
    """Names of app.rating.codes.Bar in small letters."""
    zero_lifted: bool
    usage_notice: int
    roaming_notice: int
    fixed_ip: str


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """Lines with one subscription, one data bundle and one end date."""

    name: str
    department: str
    subscription: str
    data_bundle: str
    term_months: int
    started_months_ago: int
    lines: tuple[DemoLine, ...]


@dataclass(frozen=True, slots=True)
class DemoAddress:
    """Where a customer is reached; `country` is ISO 3166, `phone` E.164."""

    contact_name: str
    street: str
    postcode: str
    city: str
    country: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """A company or a person with groups of lines."""

    number: str
    name: str
    kind: str
    """`company` or `person`."""
    language: str
    groups: tuple[DemoGroup, ...]
    contacts: tuple[DemoContact, ...]
    address: DemoAddress


@dataclass(frozen=True, slots=True)
class Demo:
    """All fictional customers and those who sign in, with one password for all."""

    password: str
    telephone_password: str
    """Of every customer: what callers say to the helpdesk; empty: they are sent a code."""
    customers: tuple[DemoCustomer, ...]
    logins: tuple[DemoLogin, ...]
