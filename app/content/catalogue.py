"""What the operator sells: data/catalogue.toml. Usage beyond the monthly prices is priced by the tariff."""

from __future__ import annotations

from typing import Final, NamedTuple

from app.content.texts import Texts
from app.rating.codes import RoamingClass

SUBSCRIPTIONS: Final = ("voice_data", "data_only")
ROAMING_CLASSES: Final = tuple(member.name or "" for member in RoamingClass)
SIMS: Final = ("physical", "esim")
OPTIONS: Final = ("combi_sim", "multisim", "mobile_internet_extended")
FEATURES: Final = ("wifi_calling", "visual_voicemail", "call_forwarding", "call_waiting", "dual_sim")
BYTES_PER_MEGABYTE: Final = 1_000_000


class Subscription(NamedTuple):
    """A kind of line. `monthly_cents` is net of VAT, as everywhere here."""

    code: str
    name: Texts
    monthly_cents: int
    voice: bool
    includes: tuple[Texts, ...]


class DataBundle(NamedTuple):
    """Data at home and in the EU a month. `volume` is bytes; an unlimited bundle has volume 0."""

    code: str
    name: Texts
    volume: int
    unlimited: bool
    monthly_cents: int

    @property
    def is_zero(self) -> bool:
        """The 0 GB bundle: data is blocked at activation."""
        return self.volume == 0 and not self.unlimited


class RoamingBundle(NamedTuple):
    """Data outside the EU; paid only when it starts. `code` is a name of RoamingClass, `volume` bytes."""

    code: str
    name: Texts
    volume: int
    excludes: tuple[str, ...]
    """Codes that cannot be enabled beside it; holds both ways."""


class SimKind(NamedTuple):
    """A card or a profile on the device's chip."""

    code: str
    name: Texts
    text: Texts
    once_cents: int
    default: bool


class Option(NamedTuple):
    """Something a line can have at a monthly price."""

    code: str
    name: Texts
    text: Texts
    monthly_cents: int
    subscriptions: tuple[str, ...]
    fixed_ip: bool
    risk: Texts | None
    """Shown before it is chosen."""


class PhoneCode(NamedTuple):
    """What to type on the phone; `{number}` stands for a phone number."""

    code: str
    name: Texts


class Feature(NamedTuple):
    """Something a line can do without a price."""

    code: str
    name: Texts
    text: Texts
    subscriptions: tuple[str, ...]
    switch: bool
    """Whether the portal turns it on and off."""
    needs: Texts | None
    help: str
    """A page with more; empty if there is none."""
    codes: tuple[PhoneCode, ...]


class ConnectionFact(NamedTuple):
    """Something that is set up on a device, as an access point or the number of the voicemail."""

    id: str
    name: Texts
    value: str
    subscriptions: tuple[str, ...]
    secret: bool
    """Shown only to who asks for it, which is written down."""


class Catalogue(NamedTuple):
    """Everything by code, in the order of the file."""

    tariff_plan: str
    """The plan of new lines: a folder in tariffs/."""
    terms_months: tuple[int, ...]
    subscriptions: dict[str, Subscription]
    data_bundles: dict[str, DataBundle]
    roaming_bundles: dict[str, RoamingBundle]
    sims: dict[str, SimKind]
    options: dict[str, Option]
    features: dict[str, Feature]
    connection: tuple[ConnectionFact, ...]

    def features_of(self, subscription: str) -> list[Feature]:
        """The features that lines of a kind have."""
        return [feature for feature in self.features.values() if subscription in feature.subscriptions]

    def options_of(self, subscription: str) -> list[Option]:
        """The options that lines of a kind can have."""
        return [option for option in self.options.values() if subscription in option.subscriptions]

    def connection_of(self, subscription: str) -> list[ConnectionFact]:
        """What is set up on the devices of lines of a kind."""
        return [fact for fact in self.connection if subscription in fact.subscriptions]

    def may_combine(self, codes: set[str]) -> bool:
        """Can these roaming bundles be enabled together?"""
        return not any(codes & set(self.roaming_bundles[code].excludes) for code in codes)
