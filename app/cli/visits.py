"""Who acts on the command line: the operator's own people on the host, or a user they name."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock, SystemClock
from app.content import load_content
from app.i18n import _
from app.operations.core import Invalid, NotFound, Refused, Visit
from app.operations.core.audit_heads import keep_head
from app.operations.core.tokens import visit_of
from app.secret import Secret
from app.settings import Settings, SettingsError
from app.store import Store, StoreError
from app.vault import Vault

if TYPE_CHECKING:
    from app.content import Content


def open_visit(
    settings: Settings, login: str, account: str, clock: Clock | None, *, database: str = "needed"
) -> Visit:
    """The visit of one command.

    Whoever may read and write the database file on its host is the operator: role `system`. With a file of a
    token it is the token's login instead.

    Args:
        login: user name or e-mail address to act as; empty for the operator.
        account: customer number; empty for none, or the user's only one.
        database: `needed`, `made` if it is missing, or `unused`.

    Raises:
        StoreError, InvalidContent, NotFound, Invalid, Refused, SettingsError
    """
    content = load_content(settings.content)
    store = Store(settings.database_url, settings.home)
    if database != "unused" or login or account or settings.token_file:
        prepare(store, make=database == "made")
    if settings.token_file is not None:
        return _by_token(
            settings.token_file, store, clock or SystemClock(), content, settings, login, account
        )
    visit = Visit(
        store=store,
        clock=clock or SystemClock(),
        content=content,
        role="system",
        person=_operator(),
        language=settings.language,
        channel="command",
        address=settings.address,
        vault=Vault(settings.keys),
        audit_heads=settings.audit_heads,
    )
    if login:
        _act_as(visit, login, account)
    elif account:
        visit.account_id, visit.account_name = _account(visit, account)
    return visit


def _by_token(
    file: Path, store: Store, clock: Clock, content: Content, settings: Settings, login: str, account: str
) -> Visit:
    """The visit of a script with a token; it acts as the token's own login, for the token's customer.

    Raises:
        Refused: the token is not valid, or somebody else was named beside it.
    """
    if login or account:
        raise Refused(_("A token acts for itself: leave --as and --account out, or unset LOKET_TOKEN_FILE."))
    return visit_of(store, clock, content, settings, read_token(file))


def read_token(file: Path) -> Secret:
    """The token in a file that nobody else can read.

    Raises:
        SettingsError: it cannot be read, others can read it, or it is empty.
    """
    name = "LOKET_TOKEN_FILE"
    try:
        with file.open(encoding="utf-8") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if mode & 0o077:
                raise SettingsError(name, f"Others may read {file}.", f"Run: chmod 600 {file}")
            token = stream.readline(1000).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(name, f"{file} cannot be read.", "Name a text file with the token.") from error
    if not token:
        raise SettingsError(name, f"{file} is empty.", "Write the token into its first line.")
    return Secret(token)


def close_visit(visit: Visit, settings: Settings) -> None:
    """The end of a command: what it has written is sealed outside the database too.

    Raises:
        StoreError: the file of heads cannot be written; the command itself is done.
    """
    try:
        if visit.store.wrote:
            keep_head(visit.store, visit.now, settings.audit_heads, Vault(settings.keys))
    finally:
        visit.store.close()


def prepare(store: Store, *, make: bool) -> None:
    """Bring the database up to date, or make it.

    Raises:
        StoreError: there is none and none is to be made.
    """
    if not store.exists() and not make:
        raise StoreError(
            _(
                "{path}: there is no database yet. Run 'loket demo create' for a demo, "
                "or 'loket database create' for an empty one; LOKET_HOME says where it lies."
            ).format(path=store.name)
        )
    from app.store.schema import ensure_schema

    ensure_schema(store)


def _operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _account(visit: Visit, number: str) -> tuple[int, str]:
    found = visit.row("SELECT id, name FROM account WHERE number = :number", number=number)
    if found is None:
        raise NotFound(_("There is no customer {number}.").format(number=number), "account")
    return int(found[0]), str(found[1])


def _act_as(visit: Visit, login: str, account: str) -> None:
    found = visit.row(
        "SELECT id, name, language, staff_role, line_id, status FROM login "
        "WHERE lower(user_name) = lower(:login) OR lower(email) = lower(:login)",
        login=login,
    )
    if found is None or found[5] == "disabled":
        raise NotFound(_("There is no user {login}.").format(login=login), "as")
    visit.login_id, visit.person, visit.language, visit.role, visit.own_line_id, _status = found
    if visit.role:
        if account:
            visit.account_id, visit.account_name = _account(visit, account)
        return
    memberships = visit.rows(
        "SELECT account.id, account.name, membership.role, account.number FROM membership "
        "JOIN account ON account.id = membership.account_id "
        "WHERE login_id = :login AND (:number = '' OR account.number = :number)",
        login=visit.login_id,
        number=account,
    )
    if not memberships:
        raise NotFound(_("{login} belongs to no such customer.").format(login=login), "account")
    if len(memberships) > 1:
        numbers = ", ".join(str(row[3]) for row in memberships)
        text = _("{login} acts for several customers; name one with --account: {numbers}.")
        raise Invalid(text.format(login=login, numbers=numbers), "account")
    visit.account_id, visit.account_name, visit.role = memberships[0][:3]


def roles_allowed(content: Content, right: str) -> list[str]:
    """The roles that may do what needs this right."""
    return list(content.matrix.roles(right))
