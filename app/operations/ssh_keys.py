"""Public keys of one's own login: who has the other half signs in over SSH without a password."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import Invalid, NotFound, Visit, operation, own_mail, ssh_keys
from app.operations.core.fresh import require_fresh
from app.operations.core.public_keys import LONGEST_COMMENT, name_of, parse
from app.text import safe

MOST = 20


@dataclass(frozen=True, slots=True)
class SshKeyRow:
    """A public key. `fingerprint`: as `ssh-keygen -l` shows it; instants are unix seconds."""

    id: int
    name: str
    algorithm: str
    fingerprint: str
    created_at: int
    last_used_at: int | None


@operation("ssh_keys.page", right="OWN_LOGIN", changes=False)
def page(visit: Visit) -> list[SshKeyRow]:
    """Your SSH keys, newest first."""
    rows = visit.rows(
        "SELECT id, name, algorithm, fingerprint, created_at, last_used_at FROM ssh_key"
        " WHERE login_id = :login ORDER BY id DESC",
        login=visit.login_id,
    )
    return [
        SshKeyRow(number, name, algorithm, f"SHA256:{fingerprint}", created, used)
        for number, name, algorithm, fingerprint, created, used in rows
    ]


@operation("ssh_keys.add", right="CHANGE_LOGIN")
def add(visit: Visit, key: str, name: str = "") -> SshKeyRow:
    """Let whoever has the other half of a key sign in over SSH as you, without your password.

    Args:
        key: the line of your .pub file: ssh-ed25519, ecdsa-sha2, ssh-rsa from 3072 bits, or sk- of these.
        name: what it is called, like "laptop"; default: as its owner wrote into it.
    """
    require_fresh(visit)
    assert visit.login_id is not None
    found = parse(key)
    called = name_of(found, name)
    if len(called) > LONGEST_COMMENT:
        raise Invalid(_("At most {n} letters.").format(n=LONGEST_COMMENT), "name")
    listed = page(visit)
    fingerprint = f"SHA256:{found.fingerprint}"
    if same := next((each for each in listed if each.fingerprint == fingerprint), None):
        raise Invalid(_("You have this key already: {name}.").format(name=same.name), "key")
    if len(listed) >= MOST:
        raise Invalid(_("You have {most} keys. Remove one first.").format(most=MOST), "key")
    row = visit.change.row(
        "INSERT INTO ssh_key (login_id, name, algorithm, fingerprint, public_key, created_at)"
        " VALUES (:login, :name, :algorithm, :fingerprint, :public_key, :now) RETURNING id",
        login=visit.login_id,
        name=called,
        algorithm=found.algorithm,
        fingerprint=found.fingerprint,
        public_key=found.text,
        now=visit.now,
    )
    assert row is not None
    visit.touch("ssh_key", row[0])
    _tell(visit, _("An SSH key was added to your login: {name}, {fingerprint}."), called, fingerprint)
    return SshKeyRow(int(row[0]), called, found.algorithm, fingerprint, visit.now, None)


@operation("ssh_keys.remove", right="CHANGE_LOGIN")
def remove(visit: Visit, key_id: int) -> None:
    """Take away an SSH key; nobody signs in with it any more, and other sessions that it began end.

    Args:
        key_id: the number that `ssh-keys page` shows.
    """
    removed = ssh_keys.remove(visit, "id = :key AND login_id = :login", key=key_id, login=visit.login_id)
    if not removed:
        raise NotFound(_("There is no such key."), "key_id")
    ((name, fingerprint),) = removed
    visit.touch("ssh_key", key_id)
    _tell(
        visit,
        _("An SSH key was removed from your login: {name}, {fingerprint}."),
        name,
        f"SHA256:{fingerprint}",
    )


def _tell(visit: Visit, what: str, name: str, fingerprint: str) -> None:
    about = f"ssh_key:{visit.login_id}"
    own_mail.tell(visit, about, what.format(name=safe(name), fingerprint=fingerprint))
