"""Cases: what customers and agents ask for and somebody else releases, never who asked."""

from __future__ import annotations

from app.i18n import _
from app.operations.core import Invalid, Refused, Visit, audit, operation
from app.operations.core.cases import ownership
from app.operations.core.cases.days import start_of
from app.operations.core.cases.deciding import at_account, decide, personal
from app.operations.core.cases.kinds import KINDS
from app.operations.core.cases.opening import account_of, address, one_line, open_case, reason_text
from app.operations.core.cases.reach import customer, in_queue, open_for, page_of, queued
from app.operations.core.cases.recovery import (
    PersonName,
    check_new_address,
    made_checks,
    person_named,
    person_of,
)
from app.operations.core.cases.rows import read
from app.operations.core.cases.view import CaseView, view
from app.operations.core.fresh import require_fresh
from app.operations.core.paging import Order, Page

STATUSES = ("waiting", "released", "rejected", "withdrawn")
OLDEST_FIRST = Order(("service_case.id",), (int,))
NEWEST_FIRST = Order(("service_case.id",), (int,), descending=True)


@operation("cases.page", right="RELEASE_CASES", changes=False)
def page(
    visit: Visit,
    status: str = "waiting",
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
) -> Page[CaseView]:
    """Cases for a second pair of eyes: those that wait the longest first, decided ones the newest first.

    Args:
        status: waiting, released, rejected or withdrawn.
        after: the page below the row with this key.
        before: the page above the row with this key.
        limit: rows of the page.
    """
    if status not in STATUSES:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(STATUSES)), "status")
    order = OLDEST_FIRST if status == "waiting" else NEWEST_FIRST
    return page_of(
        visit,
        order,
        f"service_case.status = :status AND {in_queue(visit)}",
        after,
        before,
        limit,
        status=status,
    )


@operation("cases.count", right="RELEASE_CASES", changes=False)
def count(visit: Visit) -> int:
    """How many cases wait for a second pair of eyes."""
    row = visit.row(
        f"SELECT count(*) FROM service_case WHERE status = 'waiting' AND {in_queue(visit)}",
        account=visit.account_id,
    )
    return int(row[0]) if row else 0


@operation("cases.get", right="RELEASE_CASES", changes=False)
def get(visit: Visit, case_id: int) -> CaseView:
    """One case, with what releasing it will do.

    Args:
        case_id: its id, as `cases page` shows it.
    """
    return view(visit, queued(visit, case_id))


@operation("cases.mine", right="VIEW_ACCOUNT", changes=False)
def mine(
    visit: Visit, after: str | None = None, before: str | None = None, limit: int = 128
) -> Page[CaseView]:
    """What was asked for the account, or for one's own login, and what became of it; the newest first.

    Args:
        after: the page below the row with this key.
        before: the page above the row with this key.
        limit: rows of the page.
    """
    whose = "service_case.account_id = :account"
    if visit.reach("VIEW_ACCOUNT") == "own":
        whose += " AND :login IN (asked_by, service_case.login_id)"
    return page_of(visit, NEWEST_FIRST, whose, after, before, limit, login=visit.login_id)


@operation("cases.ask_name", right="EDIT_ACCOUNT")
def ask_name(visit: Visit, name: str, reason: str = "", from_day: str = "") -> CaseView:
    """Ask for another name of the customer; the present one stays until staff have released it.

    Args:
        name: the name that is asked for.
        reason: why: a company says what the trade register says.
        from_day: from when, like 2026-12-01; empty for at once.
    """
    kind, old = account_of(visit)
    name = one_line(name, "name")
    if name == old:
        raise Invalid(_("This is the name that is stored already."), "name")
    if kind == "company" and not reason.strip():
        raise Invalid(_("Say why: what does the trade register say?"), "reason")
    start = start_of(visit, from_day)
    number = open_case(visit, "name_change", {"old": old, "new": name}, reason=reason, effective_at=start)
    return view(visit, read(visit, number))


@operation("cases.ask_ownership", right="ASK_OWNERSHIP")
def ask_ownership(visit: Visit, new_email: str, new_name: str, reason: str) -> CaseView:
    """Ask for a change of ownership: another person holds the contract once staff have released it.

    Args:
        new_email: the new holder's e-mail address.
        new_name: the new holder's name.
        reason: why the contract passes on.
    """
    require_fresh(visit)
    account_of(visit)
    login_id, name, _email = ownership.holder_of(visit)
    email = address(new_email, "new_email")
    ownership.check_new_holder(visit, email, login_id)
    if not reason.strip():
        raise Invalid(_("Say why."), "reason")
    asked = {"old_name": name, "new_name": one_line(new_name, "new_name"), "new_email": email}
    return view(visit, read(visit, open_case(visit, "ownership", asked, reason=reason, login_id=login_id)))


@operation("cases.find_person", right="OPEN_CASES", changes=False)
def find_person(visit: Visit, account_id: int, who: str) -> PersonName:
    """Whose login it is that somebody cannot get into, told by all of its user name or e-mail address.

    Args:
        account_id: the customer.
        who: what the person signed in with.
    """
    return person_named(customer(visit, account_id), who)


@operation("cases.open_recovery", right="OPEN_CASES", own_transactions=True)
def open_recovery(
    visit: Visit, account_id: int, login_id: int, email: str, checks: list[str], reason: str
) -> CaseView:
    """Open a case for somebody whose e-mail address is lost; a colleague releases it.

    Args:
        account_id: the customer.
        login_id: whose login it is.
        email: the address that it gets.
        checks: what was checked; all of data/access.toml must be.
        reason: what happened.
    """
    about = customer(visit, account_id)
    person = person_of(about, login_id)
    new = address(email, "email")
    check_new_address(about, new, person.id)
    asked = {"old_email": person.email, "email": new, "checks": made_checks(visit, checks)}
    return open_for(about, "cases.open_recovery", "recovery", asked, reason, person.id)


@operation("cases.open_second_factor_reset", right="OPEN_CASES", own_transactions=True)
def open_second_factor_reset(
    visit: Visit, account_id: int, login_id: int, checks: list[str], reason: str
) -> CaseView:
    """Open a case for somebody whose second factor is lost; a colleague releases it.

    Args:
        account_id: the customer.
        login_id: whose login it is.
        checks: what was checked; all of data/access.toml must be.
        reason: what happened.
    """
    about = customer(visit, account_id)
    person = person_of(about, login_id)
    asked = {"checks": made_checks(visit, checks)}
    return open_for(about, "cases.open_second_factor_reset", "second_factor", asked, reason, person.id)


@operation("cases.release", right="RELEASE_CASES", own_transactions=True)
def release(visit: Visit, case_id: int, version: int | None = None, from_day: str = "") -> CaseView:
    """Release a case, never one's own; what it does is done at once, or on its day.

    Args:
        case_id: the case.
        version: as it was when it was read.
        from_day: from when, like 2026-12-01, where that can be chosen; empty for as it was asked.
    """
    require_fresh(visit)
    case = queued(visit, case_id)
    if from_day.strip() and not KINDS[case.kind].dated:
        raise Invalid(_("This takes effect at once."), "from_day")
    start = start_of(visit, from_day)
    done = decide(visit, "cases.release", case, "released", version=version, effective_at=start)
    return view(visit, done)


@operation("cases.reject", right="RELEASE_CASES", own_transactions=True)
def reject(visit: Visit, case_id: int, answer: str, version: int | None = None) -> CaseView:
    """Reject a case, never one's own, and say why.

    Args:
        case_id: the case.
        answer: what who asked will read.
        version: as it was when it was read.
    """
    answer = reason_text(answer)
    if not answer:
        raise Invalid(_("Write why it is rejected."), "answer")
    case = queued(visit, case_id)
    done = decide(visit, "cases.reject", case, "rejected", version=version, answer=answer)
    return view(visit, done)


@operation("cases.withdraw", right="OWN_LOGIN", own_transactions=True)
def withdraw(visit: Visit, case_id: int) -> None:
    """Take back what one asked for oneself, as long as it waits.

    Args:
        case_id: the case.
    """
    mine = "asked_by = :login AND :account IN (service_case.account_id, 0)"
    case = read(visit, case_id, mine, login=visit.login_id, account=visit.account_id or 0)
    about = at_account(visit, case.account_id, case.customer)
    with about.transaction() as tx:
        done = tx.execute(
            "UPDATE service_case SET status = 'withdrawn', decided_by = :by, decided_at = :now,"
            " version = version + 1 WHERE id = :id AND status = 'waiting'",
            by=visit.login_id,
            now=visit.now,
            id=case.id,
        ).rowcount
        if not done:
            raise Refused(_("It has been decided."))
        about.touch("case", case.id)
        audit.append(about, "cases.withdraw", "done", personal(case))
