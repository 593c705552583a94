"""Issuing an invoice: its number is taken in the transaction that writes it, so none is missing or twice."""

from __future__ import annotations

from typing import Final

from app.clock import month_of
from app.i18n import use_language
from app.operations.core.billing.items import Item, items, window
from app.operations.core.billing.ledger import book
from app.operations.core.billing.sums import vat
from app.operations.core.names import country_name
from app.operations.core.visit import Visit

DAY: Final = 86_400


def issue(visit: Visit, account_id: int, month: int) -> int | None:
    """Issue an account's invoice for a month in the open transaction; its id.

    None: there is nothing on it, so there is none.
    """
    account = visit.row(
        "SELECT language, name, contact_name, street, postcode, city, country FROM account"
        " WHERE id = :account",
        account=account_id,
    )
    assert account is not None
    language, *address = account
    with use_language(language):
        found = items(visit, account_id, month)
        if not found:
            return None
        buyer, seller = _address(visit, *address), _seller(visit)
    invoice = _write(visit, account_id, month, language, buyer, seller, sum(item.net_cents for item in found))
    _positions(visit, invoice, found)
    _mark(visit, account_id, month, invoice)
    row = visit.row("SELECT total_cents FROM invoice WHERE id = :id", id=invoice)
    assert row is not None
    book(visit, account_id, "invoice", int(row[0]), invoice_id=invoice)
    visit.touch("invoice", invoice)
    return invoice


def _write(
    visit: Visit, account_id: int, month: int, language: str, buyer: str, seller: str, net: int
) -> int:
    ours = visit.content.operator.invoicing
    year = month_of(visit.now, visit.zone) // 100
    row = visit.row("SELECT coalesce(max(serial), 0) + 1 FROM invoice WHERE year = :year", year=year)
    serial = int(row[0]) if row else 1
    tax = vat(net, ours.vat_rate)
    return visit.change.added(
        "INSERT INTO invoice (account_id, number, year, serial, month, issued_at, due_at, language, seller,"
        " buyer, reference, vat_rate, net_cents, vat_cents, total_cents, paid_cents) VALUES (:account,"
        " :number, :year, :serial, :month, :now, :due, :language, :seller, :buyer, :reference, :rate, :net,"
        " :vat, :total, :paid) RETURNING id",
        account=account_id,
        number=f"{year}-{serial:06}",
        year=year,
        serial=serial,
        month=month,
        now=visit.now,
        due=visit.now + ours.payment_days * DAY,
        language=language,
        seller=seller,
        buyer=buyer,
        reference=creditor_reference(year, serial),
        rate=ours.vat_rate,
        net=net,
        vat=tax,
        total=net + tax,
        # What is given back is owed to nobody: the ledger keeps it for the next invoice.
        paid=min(net + tax, 0),
    )


def creditor_reference(year: int, serial: int) -> str:
    """What a payment is known by: ISO 11649, `RF`, two check digits, year and serial."""
    from stdnum.iso7064 import mod_97_10

    body = f"{year}{serial:06}"
    return f"RF{mod_97_10.calc_check_digits(f'{body}RF')}{body}"


def _positions(visit: Visit, invoice: int, found: list[Item]) -> None:
    visit.change.executemany(
        "INSERT INTO invoice_position (invoice_id, position, part, line_id, number, person, month, text,"
        " net_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(invoice, place, *item) for place, item in enumerate(found, start=1)],
    )


def _mark(visit: Visit, account_id: int, month: int, invoice: int) -> None:
    """What is on this invoice comes on no other."""
    first, last = window(visit, month)
    values = {"invoice": invoice, "account": account_id, "first": first, "last": last}
    visit.change.execute(
        "UPDATE adjustment SET invoice_id = :invoice WHERE invoice_id IS NULL AND closing_id IN (SELECT id"
        " FROM closing WHERE account_id = :account AND month BETWEEN :first AND :last)",
        **values,
    )
    visit.change.execute(
        "UPDATE closing SET invoice_id = :invoice WHERE invoice_id IS NULL AND account_id = :account"
        " AND month BETWEEN :first AND :last",
        **values,
    )


def _address(
    visit: Visit, name: str, contact: str, street: str, postcode: str, city: str, country: str
) -> str:
    land = country_name(country, visit.content)
    return _lines(name, contact if contact != name else "", street, f"{postcode} {city}", land)


def _seller(visit: Visit) -> str:
    us, place = visit.content.operator, visit.content.operator.contact
    return _lines(
        us.name,
        place.street,
        f"{place.postcode} {place.city}",
        country_name(place.country, visit.content),
        us.invoicing.vat_number,
    )


def _lines(*parts: str) -> str:
    return "\n".join(part.strip() for part in parts if part.strip())
