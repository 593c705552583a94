"""From which addresses an account's people may sign in; an empty list lets them in from anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import Invalid, NotFound, Visit, operation, own_mail
from app.operations.core.allowed import may_come_from, network_of, networks_of, parsed, present_address
from app.operations.core.fresh import require_fresh

MOST = 100
LABEL_LETTERS = 100


@dataclass(frozen=True, slots=True)
class AllowedAddress:
    """A network whose people may sign in. `here`: the visitor comes from it now."""

    id: int
    network: str
    label: str
    created_at: int
    here: bool


@dataclass(frozen=True, slots=True)
class AddressList:
    """The list, where the visitor comes from now, and what to know before adding to it."""

    rows: tuple[AllowedAddress, ...]
    present: str
    note: str


@operation("allowed_addresses.page", right="GUARD_ACCOUNT", changes=False)
def page(visit: Visit) -> AddressList:
    """From which addresses people may sign in; an empty list means from anywhere."""
    present = present_address(visit)
    rows = visit.rows(
        "SELECT id, network, label, created_at FROM allowed_address WHERE account_id = :account ORDER BY id",
        account=visit.account_id,
    )
    listed = tuple(
        AllowedAddress(number, network, label, created_at, may_come_from([network], present))
        for number, network, label, created_at in rows
    )
    return AddressList(listed, present, static_only())


def static_only() -> str:
    """What to know before adding an address."""
    return _(
        "Only fixed addresses work in this list. An address that your provider changes now and then,"
        " as at home or on a mobile connection, lets you in until it changes, and then no more."
    )


@operation("allowed_addresses.add", right="GUARD_ACCOUNT")
def add(visit: Visit, network: str, label: str = "", confirmed: bool = False) -> AllowedAddress:
    """Let people sign in from an address or a network, and, unless it is listed too, from nowhere else.

    Args:
        network: like 192.0.2.7, 192.0.2.0/24 or 2001:db8::/48.
        label: what it is, as "office".
        confirmed: do it although your own address is not in the list then.
    """
    require_fresh(visit)
    found = _checked(network)
    account_id = _account(visit)
    if len(label) > LABEL_LETTERS:
        raise Invalid(_("At most {n} letters.").format(n=LABEL_LETTERS), "label")
    listed = networks_of(visit, account_id)
    if found in listed:
        raise Invalid(_("{network} is in the list already.").format(network=found), "network")
    if len(listed) >= MOST:
        raise Invalid(
            _("The list is full. Remove an address, or add a network that holds several."), "network"
        )
    _ask_before_shutting_out(visit, [*listed, found], confirmed)
    row = visit.change.row(
        "INSERT INTO allowed_address (account_id, network, label, created_at)"
        " VALUES (:account, :network, :label, :now) RETURNING id",
        account=account_id,
        network=found,
        label=label,
        now=visit.now,
    )
    assert row is not None
    visit.touch("allowed_address", row[0])
    _tell(visit, _("{network} was added to the addresses from which people may sign in."), found)
    here = may_come_from([found], present_address(visit))
    return AllowedAddress(int(row[0]), found, label, visit.now, here)


@operation("allowed_addresses.remove", right="GUARD_ACCOUNT")
def remove(visit: Visit, address_id: int, confirmed: bool = False) -> None:
    """Take an address out of the list; without any address, people may sign in from anywhere.

    Args:
        address_id: the number that `allowed-addresses page` shows.
        confirmed: do it although your own address is not in the list then.
    """
    require_fresh(visit)
    account_id = _account(visit)
    row = visit.row(
        "SELECT network FROM allowed_address WHERE id = :id AND account_id = :account",
        id=address_id,
        account=account_id,
    )
    if row is None:
        raise NotFound(_("There is no such address in the list."), "address_id")
    left = [network for network in networks_of(visit, account_id) if network != row[0]]
    _ask_before_shutting_out(visit, left, confirmed)
    visit.change.execute("DELETE FROM allowed_address WHERE id = :id", id=address_id)
    visit.touch("allowed_address", address_id)
    _tell(visit, _("{network} was removed from the addresses from which people may sign in."), row[0])


def _account(visit: Visit) -> int:
    if visit.account_id is None:
        raise NotFound(_("There is no such customer."), "account")
    return visit.account_id


def _checked(text: str) -> str:
    found = network_of(text)
    if found is None:
        raise Invalid(_("Write an address like 192.0.2.7, or a network like 192.0.2.0/24."), "network")
    if found.endswith("/0"):
        raise Invalid(_("This would let in everybody. An empty list does that too."), "network")
    return found


def _ask_before_shutting_out(visit: Visit, networks: list[str], confirmed: bool) -> None:
    """Nobody locks themselves out unawares.

    Raises:
        Invalid: of field `confirmed`.
    """
    present = present_address(visit)
    if confirmed or may_come_from(networks, present):
        return
    where = str(parsed(present) or present) or _("an unknown address")
    text = _("You come from {address}, which is not in the list then: you could not sign in again from here.")
    raise Invalid(text.format(address=where) + " " + _("Confirm it if you want that."), "confirmed")


def _tell(visit: Visit, what: str, network: str) -> None:
    subject = _("Who may sign in for {account}").format(account=visit.account_name)
    own_mail.tell(visit, f"allowed_address:{visit.account_id}", what.format(network=network), subject)
