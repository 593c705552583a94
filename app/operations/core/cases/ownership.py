"""A contract that passes to somebody else: the only way in which its holder changes."""

from __future__ import annotations

from app.i18n import _
from app.operations.core import access_codes, sessions, ssh_keys, tokens
from app.operations.core.cases.letters import send_code, tell_holder, tell_old_holder
from app.operations.core.cases.rows import Case
from app.operations.core.errors import Invalid, Refused
from app.operations.core.invited import KIND, subject_of
from app.operations.core.login_edits import free_user_name
from app.operations.core.membership import end_calls
from app.operations.core.visit import Visit


def steps(_visit: Visit, case: Case) -> list[str]:
    """What releasing it does, in the reader's language."""
    who = {"person": case.said("new_name"), "email": case.said("new_email"), "old": case.said("old_name")}
    return [
        each.format(**who)
        for each in (
            _("{person} ({email}) holds the contract, and gets a mail that says how to sign in."),
            _("{old} loses access at once: all sessions end, keys for scripts of this customer too."),
            _("The telephone password is taken away; the new holder sets another one."),
        )
    ]


def holder_of(visit: Visit) -> tuple[int, str, str]:
    """Login, name and e-mail address of who holds the contract of the account that is worked for.

    Raises:
        Refused: nobody does.
    """
    row = visit.row(
        "SELECT login.id, login.name, login.email FROM membership"
        " JOIN login ON login.id = membership.login_id WHERE account_id = :account AND role = 'holder'",
        account=visit.account_id,
    )
    if row is None:
        raise Refused(_("Nobody holds this contract."))
    return row[0], row[1], row[2]


def check_new_holder(visit: Visit, email: str, old_login: int) -> int | None:
    """The login with this address, if there is one.

    Raises:
        Invalid: it cannot hold a contract, or does already.
    """
    row = visit.row(
        "SELECT id, staff_role, status FROM login WHERE lower(email) = lower(:email)", email=email
    )
    if row is None:
        return None
    if row[0] == old_login:
        raise Invalid(_("This is who holds the contract now."), "new_email")
    if row[1] or row[2] == "disabled":
        raise Invalid(_("The login of this address cannot hold a contract."), "new_email")
    return int(row[0])


def carry_out(visit: Visit, case: Case) -> None:
    """Pass the contract on, in the open transaction."""
    old_login, old_name, old_email = holder_of(visit)
    email, name = case.said("new_email"), case.said("new_name")
    new_login = check_new_holder(visit, email, old_login)
    known = new_login is not None
    if new_login is None:
        new_login = _pending_login(visit, name, email)
    _pass_on(visit, old_login, new_login)
    _end_what_was_begun(visit, case, old_login)
    _rename(visit, case, old_name, old_email)
    sessions.end_all(visit, old_login, "revoked")
    for kind, number in (("account", case.account_id), ("login", old_login), ("login", new_login)):
        visit.touch(kind, number)
    tell_old_holder(visit, case, old_login)
    active = visit.row("SELECT 1 FROM login WHERE id = :id AND status = 'active'", id=new_login)
    if known and active:
        tell_holder(visit, case, new_login)
    else:
        send_code(visit, case, new_login)


def _pass_on(visit: Visit, old_login: int, new_login: int) -> None:
    tx, account = visit.change, visit.account_id
    # Who was something else for this customer is its holder now.
    tx.execute(
        "DELETE FROM membership WHERE account_id = :account AND login_id = :new",
        account=account,
        new=new_login,
    )
    tx.execute(
        "UPDATE membership SET login_id = :new WHERE account_id = :account AND role = 'holder'",
        account=account,
        new=new_login,
    )
    tx.execute(
        "UPDATE login SET line_id = NULL, version = version + 1 WHERE id = :old"
        " AND line_id IN (SELECT id FROM line WHERE account_id = :account)",
        account=account,
        old=old_login,
    )
    tokens.end_all(visit, old_login, account)
    ssh_keys.end_of_strangers(visit, old_login)


def _end_what_was_begun(visit: Visit, case: Case, old_login: int) -> None:
    """Invitations, other requests and calls of the old holder would reach into the new one's contract."""
    invited = visit.rows(
        "SELECT id FROM invitation WHERE account_id = :account AND invited_by = :old AND status = 'pending'",
        account=visit.account_id,
        old=old_login,
    )
    for (number,) in invited:
        visit.change.execute(
            "UPDATE invitation SET status = 'withdrawn', ended_at = :now WHERE id = :id",
            now=visit.now,
            id=number,
        )
        access_codes.end(visit, KIND, subject_of(number), "withdrawn")
        visit.touch(KIND, number)
    visit.change.execute(
        "UPDATE service_case SET status = 'withdrawn', decided_by = :by, decided_at = :now,"
        " version = version + 1 WHERE account_id = :account AND asked_by = :old AND status = 'waiting'"
        " AND id <> :this",
        by=visit.login_id,
        now=visit.now,
        account=visit.account_id,
        old=old_login,
        this=case.id,
    )
    end_calls(visit, case.account_id, old_login)


def _rename(visit: Visit, case: Case, old_name: str, old_email: str) -> None:
    """Where the old holder stood for the customer, the new one does; the telephone password is void."""
    visit.change.execute(
        "UPDATE account SET telephone_hash = '', version = version + 1,"
        " name = CASE WHEN kind = 'person' THEN :name ELSE name END,"
        " email = CASE WHEN lower(email) = lower(:old_email) THEN :email ELSE email END,"
        " contact_name = CASE WHEN contact_name IN ('', :old) THEN :name ELSE contact_name END"
        " WHERE id = :account",
        name=case.said("new_name"),
        email=case.said("new_email"),
        old=old_name,
        old_email=old_email,
        account=case.account_id,
    )


def _pending_login(visit: Visit, name: str, email: str) -> int:
    row = visit.change.row(
        "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme,"
        " failures, locked_until, version) SELECT :user_name, :email, :name, '', language, '', 'pending', '',"
        " 0, 0, 1 FROM account WHERE id = :account RETURNING id",
        user_name=free_user_name(visit, email),
        email=email,
        name=name,
        account=visit.account_id,
    )
    assert row is not None
    return int(row[0])
