"""Erasure: nothing names the customer's people any more; amounts and the audit chain stay as they are.

Ids stay, so that the books fit together; texts and numbers that name somebody are emptied or replaced by the
row's id. Afterwards the file is written anew, or deleted text would linger in its free pages.
"""

from __future__ import annotations

import json
from typing import Final

from app.i18n import _
from app.operations.core.errors import NotFound, Refused
from app.operations.core.export_folder import forget_people
from app.operations.core.outbox import raise_alert
from app.operations.core.privacy.owners import LINES
from app.operations.core.privacy.preview import hindrances
from app.operations.core.visit import Visit
from app.store import StoreError

NOWHERE: Final = "@erased.invalid"
"""Where erased logins have their address: nothing is ever sent there (RFC 2606)."""
SHORTEST_TRACE: Final = 4
"""A shorter text is in too many others to be looked for."""

ONLY_HERE: Final = (
    "(SELECT login_id FROM membership AS here JOIN login ON login.id = here.login_id"
    " WHERE here.account_id = :account AND login.staff_role = '' AND NOT EXISTS (SELECT 1 FROM membership"
    " WHERE membership.login_id = here.login_id AND membership.account_id <> :account))"
)
"""People who act for nobody else; the others keep their login and lose their place here."""
TRACES: Final = (
    "SELECT name FROM account WHERE id = :account",
    "SELECT contact_name FROM account WHERE id = :account",
    "SELECT email FROM account WHERE id = :account",
    "SELECT phone FROM account WHERE id = :account",
    *(
        f"SELECT {column} FROM login WHERE id IN {ONLY_HERE}"
        for column in ("user_name", "email", "name", "mobile")
    ),
    f"SELECT address FROM known_source WHERE login_id IN {ONLY_HERE}",
    *(f"SELECT {column} FROM contact WHERE account_id = :account" for column in ("name", "email", "phone")),
    "SELECT email FROM invitation WHERE account_id = :account",
    "SELECT name FROM invitation WHERE account_id = :account",
    "SELECT person FROM line WHERE account_id = :account",
    f"SELECT value FROM identifier WHERE line_id IN {LINES}",
    "SELECT number FROM line WHERE account_id = :account",
)
"""What names the customer's people, to be looked for where rows belong to nobody: others' rows are theirs."""
TRACED: Final = "EXISTS (SELECT 1 FROM erased_trace AS trace WHERE instr(lower({column}), trace.text) > 0)"

BY_TRACE: Final = (
    "DELETE FROM audit_personal WHERE seq IN (SELECT seq FROM audit WHERE account_id IS NULL)"
    f" AND {TRACED.format(column='audit_personal.text')}",
    f"UPDATE suspense SET raw = '{{}}', detail = '' WHERE {TRACED.format(column='raw')}"
    f" OR {TRACED.format(column='detail')}",
    f"UPDATE alert SET detail = '' WHERE {TRACED.format(column='detail')}",
    f"DELETE FROM throttle WHERE {TRACED.format(column='throttle.key')}",
    "UPDATE message SET recipient = '', subject = '', body = '', secret = '', error = '',"
    " status = CASE WHEN status IN ('queued', 'claimed') THEN 'muted' ELSE status END"
    " WHERE account_id IS NULL AND lower(recipient) IN (SELECT text FROM erased_trace)",
    'UPDATE quote SET lines = \'{"lines": [], "notes": []}\' WHERE account_id = :account AND'
    f" (status <> 'accepted' OR {TRACED.format(column='lines')})",
)
OF_LOGINS: Final = (
    "DELETE FROM audit_personal WHERE seq IN (SELECT seq FROM audit WHERE login_id IN {people})",
    "DELETE FROM draft WHERE login_id IN {people}",
    "DELETE FROM article_vote WHERE login_id IN {people}",
    "DELETE FROM tour_step WHERE run_id IN (SELECT id FROM tour_run WHERE login_id IN {people})",
    "DELETE FROM tour_run WHERE login_id IN {people}",
    "DELETE FROM presence WHERE session_id IN (SELECT id FROM session WHERE login_id IN {people})",
    "UPDATE session SET address = '', ssh_key_id = NULL, ended_at = coalesce(ended_at, :now)"
    " WHERE login_id IN {people}",
    "DELETE FROM known_source WHERE login_id IN {people}",
    "DELETE FROM second_factor WHERE login_id IN {people}",
    "DELETE FROM recovery_code WHERE login_id IN {people}",
    "DELETE FROM api_token WHERE login_id IN {people}",
    "DELETE FROM ssh_key WHERE login_id IN {people}",
    "DELETE FROM access_code WHERE login_id IN {people}",
    "UPDATE login SET user_name = 'erased-' || id, email = 'erased-' || id || :nowhere, name = '',"
    " mobile = '', password_hash = '', status = 'disabled', line_id = NULL, version = version + 1"
    " WHERE id IN {people}",
)
OF_ACCOUNT: Final = (
    "DELETE FROM audit_personal WHERE seq IN (SELECT seq FROM audit WHERE account_id = :account)",
    "DELETE FROM access_code WHERE account_id = :account",
    "DELETE FROM api_token WHERE account_id = :account",
    "DELETE FROM allowed_address WHERE account_id = :account",
    "DELETE FROM invitation WHERE account_id = :account",
    "DELETE FROM contact_service WHERE contact_id IN (SELECT id FROM contact WHERE account_id = :account)",
    "DELETE FROM contact WHERE account_id = :account",
    "DELETE FROM account_note WHERE account_id = :account",
    "DELETE FROM notice_choice WHERE account_id = :account",
    "UPDATE assistance SET caller_name = '', reason = '', ended_at = coalesce(ended_at, :now)"
    " WHERE account_id = :account",
    "UPDATE service_case SET payload = '{{}}', reason = '', answer = '' WHERE account_id = :account",
    "UPDATE quote SET payload = '{{}}', status = CASE WHEN status = 'open' THEN 'expired' ELSE status END"
    " WHERE account_id = :account",
    f"UPDATE inbound_sms SET sender = '', text = '' WHERE line_id IN {LINES}",
    "UPDATE message SET recipient = '', subject = '', body = '', secret = '', error = '',"
    " status = CASE WHEN status IN ('queued', 'claimed') THEN 'muted' ELSE status END"
    f" WHERE account_id = :account OR line_id IN {LINES}",
    f"UPDATE usage_record SET number = 0, digest = 0 WHERE line_id IN {LINES}",
    f"UPDATE identifier SET value = 'erased-' || id WHERE line_id IN {LINES}",
    f"UPDATE sim SET iccid = 'erased-' || id, label = '', activation = '' WHERE line_id IN {LINES}",
    "UPDATE line SET number = 'erased-' || id, person = '', department = '', fixed_ip = '', last_place = -1,"
    " status = 'ended', version = version + 1 WHERE account_id = :account",
    "UPDATE line_group SET name = 'erased-' || id WHERE account_id = :account",
    "UPDATE login SET line_id = NULL WHERE line_id IN (SELECT id FROM line WHERE account_id = :account)",
    "DELETE FROM membership WHERE account_id = :account AND role <> 'holder'",
    "UPDATE account SET name = 'erased-' || id, contact_name = '', street = '', postcode = '', city = '',"
    " country = '', phone = '', email = '', telephone_hash = '', status = 'ended', erased_at = :now,"
    " version = version + 1 WHERE id = :account",
)


def erase(visit: Visit, account_id: int) -> None:
    """Erase a customer's personal data in the open transaction, and from the file once that is committed.

    Raises:
        Refused: something still runs.
        NotFound: there is no such customer.
    """
    row = visit.row("SELECT erased_at FROM account WHERE id = :account", account=account_id)
    if row is None:
        raise NotFound(_("There is no such customer."), "account_id")
    if running := hindrances(visit, account_id):
        raise Refused(running[0])
    tx = visit.change
    people = [
        number for (number,) in tx.rows(f"SELECT login_id FROM {ONLY_HERE} AS people", account=account_id)
    ]
    _collect_traces(visit, account_id)
    for statement in BY_TRACE:
        tx.execute(statement, account=account_id)
    tx.execute("DROP TABLE erased_trace")
    among = "(SELECT CAST(value AS BIGINT) FROM json_each(:people))"
    said = {"people": json.dumps(people), "now": visit.now, "nowhere": NOWHERE}
    for statement in OF_LOGINS:
        tx.execute(statement.format(people=among), **said)
    _replace_holder(visit, account_id)
    for statement in OF_ACCOUNT:
        tx.execute(statement.format(), account=account_id, now=visit.now)
    visit.touch("account", account_id)
    tx.afterwards.append(lambda: forget_people(visit, account_id, people))
    tx.afterwards.append(lambda: _scrub(visit, account_id))


def _collect_traces(visit: Visit, account_id: int) -> None:
    """Fill a table with what to look for, as it is stored and as it stands in JSON."""
    tx = visit.change
    tx.execute("CREATE TEMP TABLE erased_trace (text TEXT PRIMARY KEY)")
    found = {
        form
        for sql in TRACES
        for (text,) in tx.rows(sql, account=account_id)
        for form in _forms(text or "")
        if len(form) >= SHORTEST_TRACE
    }
    tx.executemany("INSERT INTO erased_trace VALUES (?)", ((text,) for text in sorted(found)))


def _forms(text: str) -> set[str]:
    """How a text may be written, in the small letters that SQLite knows; numbers without their plus too."""
    small = "".join(sign.lower() if sign.isascii() else sign for sign in text)
    return {small, json.dumps(small)[1:-1], small.removeprefix("+")}


def _replace_holder(visit: Visit, account_id: int) -> None:
    """A holder who acts for others too keeps the login; a nameless one takes its place here."""
    tx = visit.change
    row = tx.row(
        "SELECT membership.id FROM membership JOIN login ON login.id = login_id WHERE account_id = :account"
        " AND role = 'holder' AND login.status <> 'disabled'",
        account=account_id,
    )
    if row is None:
        return
    nobody = tx.row(
        "INSERT INTO login (user_name, email, name, password_hash, language, staff_role, status, theme,"
        " failures, locked_until, version) VALUES (:name, :email, '', '', 'en', '', 'disabled', '', 0, 0, 1)"
        " RETURNING id",
        name=f"erased-account-{account_id}",
        email=f"erased-account-{account_id}{NOWHERE}",
    )
    assert nobody is not None
    tx.execute("UPDATE membership SET login_id = :login WHERE id = :id", login=nobody[0], id=row[0])


def _scrub(visit: Visit, account_id: int) -> None:
    try:
        visit.store.scrub()
    except StoreError as error:
        # It is done and cannot be undone; that old pages still hold it is for staff to mend.
        with visit.store.transaction() as tx:
            raise_alert(tx, f"scrub:{account_id}", "scrub_failed", str(error), visit.now)
