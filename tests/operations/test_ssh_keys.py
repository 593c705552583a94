"""SSH keys of one's own login: what is accepted, what all else is answered, who is told, when they end."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.operations.core import Invalid, NotFound, PasswordNeeded, Refused, Visit, perform, ssh_keys
from app.operations.core.public_keys import parse
from app.store import IntegrityError, Store
from tests.databases.stored import stored_bytes
from tests.factories import Factory
from tests.operations.three_customers import PUBLIC_KEY


def made(folder: Path, *kind: str, name: str = "id") -> Path:
    """A key pair of the real program; the path of its private half."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", *kind, "-N", "", "-C", "jo@laptop", "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


def public(path: Path) -> str:
    return path.with_suffix(".pub").read_text(encoding="utf-8")


def refused(text: str) -> str:
    with pytest.raises(Invalid) as caught:
        parse(text)
    assert caught.value.field == "key"
    return caught.value.message


@pytest.mark.parametrize(
    "kind, algorithm",
    [
        (("ed25519",), "ssh-ed25519"),
        (("ecdsa", "-b", "256"), "ecdsa-sha2-nistp256"),
        (("ecdsa", "-b", "384"), "ecdsa-sha2-nistp384"),
        (("ecdsa", "-b", "521"), "ecdsa-sha2-nistp521"),
        (("rsa", "-b", "3072"), "ssh-rsa"),
    ],
)
def test_keys_of_the_real_program_are_taken_with_its_fingerprint(
    kind: tuple[str, ...], algorithm: str, tmp_path: Path
) -> None:
    path = made(tmp_path, *kind)
    found = parse(public(path))
    told = subprocess.run(["ssh-keygen", "-lf", str(path)], check=True, capture_output=True, text=True).stdout
    assert (found.algorithm, found.comment) == (algorithm, "jo@laptop")
    assert f" SHA256:{found.fingerprint} " in told


def test_keys_in_a_security_token_are_taken() -> None:
    for line in SECURITY_TOKENS:
        found = parse(line)
        assert found.algorithm == line.split()[0]


def test_a_terminal_may_have_wrapped_the_line() -> None:
    algorithm, key, comment = PUBLIC_KEY.split()
    assert parse(f"\n  {algorithm}\n{key}\n  {comment}  \n").comment == "anna@laptop"


@pytest.mark.parametrize(
    "text, cure",
    [
        ("", "ssh-keygen -t ed25519"),
        ("hello", "id_ed25519.pub"),
        ("ssh-ed25519", "Paste the whole line"),
        (PUBLIC_KEY[:60], "Copy it once more"),
        (PUBLIC_KEY.replace("AAAAC3", "AAAAC4"), "Copy it once more"),
        (PUBLIC_KEY.replace("YrHo", "YrH!"), "Copy it once more"),
        (PUBLIC_KEY.replace("ssh-ed25519", "ssh-rsa"), "Copy it once more"),
        (f'from="192.0.2.7" {PUBLIC_KEY}', "Leave out what stands before"),
        (PUBLIC_KEY.replace("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com"), "no -cert in it"),
        ("ssh-dss AAAAB3NzaC1kc3MAAACBAP", "not safe any more"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nComment: x\nAAAA", "ssh-keygen -i -f"),
        ("PuTTY-User-Key-File-3: ssh-ed25519", "new pair"),
        (PUBLIC_KEY + "x" * 4000, "ssh-keygen -t ed25519"),
        ("ssh-ed25519 \udcff", "Copy it once more"),
    ],
)
def test_what_is_no_public_key_is_answered_with_the_cure(text: str, cure: str) -> None:
    assert cure in refused(text)


def test_a_private_key_is_refused_and_nothing_of_it_kept(admin_visit: Visit, tmp_path: Path) -> None:
    private = made(tmp_path, "ed25519").read_text(encoding="utf-8")
    with pytest.raises(Invalid, match="make a new pair") as caught:
        perform(admin_visit, "ssh_keys.add", key=private)
    lines = [line for line in private.splitlines() if not line.startswith("-")]
    assert not any(line in caught.value.message for line in lines)
    kept = stored_bytes(admin_visit.store)
    assert not any(line.encode() in kept for line in lines)


def test_short_rsa_is_refused_with_its_length(tmp_path: Path) -> None:
    text = refused(public(made(tmp_path, "rsa", "-b", "2048")))
    assert "2048 bits; at least 3072" in text


def test_it_is_listed_and_told_by_mail(admin_visit: Visit) -> None:
    new = perform(admin_visit, "ssh_keys.add", key=PUBLIC_KEY)
    (row,) = perform(admin_visit, "ssh_keys.page")
    assert row == new
    assert (row.name, row.algorithm, row.last_used_at) == ("anna@laptop", "ssh-ed25519", None)
    assert row.fingerprint.startswith("SHA256:")
    perform(admin_visit, "ssh_keys.remove", key_id=row.id)
    assert perform(admin_visit, "ssh_keys.page") == []
    bodies = [body for (body,) in admin_visit.rows("SELECT body FROM message ORDER BY id")]
    assert ["was added" in body for body in bodies] == [True, False]
    assert all(row.fingerprint in body and "anna@laptop" in body for body in bodies)
    with pytest.raises(NotFound):
        perform(admin_visit, "ssh_keys.remove", key_id=row.id)


def test_the_log_tells_it_by_name(admin_visit: Visit) -> None:
    perform(admin_visit, "ssh_keys.add", key=PUBLIC_KEY)
    (entry,) = perform(admin_visit, "audit.page").rows
    assert (entry.what, entry.about) == ("Added an SSH key", "anna@laptop")


def test_once_each_and_at_most_twenty(admin_visit: Visit, factory: Factory) -> None:
    perform(admin_visit, "ssh_keys.add", key=PUBLIC_KEY, name="  old   laptop ")
    with pytest.raises(Invalid, match="already: old laptop"):
        perform(admin_visit, "ssh_keys.add", key=PUBLIC_KEY)
    key = {"login_id": admin_visit.login_id, "name": "x", "algorithm": "ssh-ed25519", "created_at": 1}
    for number in range(19):
        factory.insert("ssh_key", key | {"fingerprint": f"{number:043}", "public_key": "x"})
    with pytest.raises(Invalid, match="You have 20 keys"):
        perform(admin_visit, "ssh_keys.add", key=OTHER_KEY)


def test_the_password_is_asked_again(admin_visit: Visit, factory: Factory) -> None:
    now = admin_visit.now
    session = {"id": "1" * 32, "login_id": admin_visit.login_id, "channel": "terminal", "started_at": now}
    factory.insert("session", session | {"seen_at": now, "checked_at": now - 600, "address": ""})
    admin_visit.session_id = "1" * 32
    with pytest.raises(PasswordNeeded):
        perform(admin_visit, "ssh_keys.add", key=PUBLIC_KEY)
    admin_visit.rights = ("OWN_LOGIN", "CHANGE_LOGIN")
    with pytest.raises(Refused, match="A token may not"):
        perform(admin_visit, "ssh_keys.add", key=PUBLIC_KEY)


def begun(factory: Factory, visit: Visit, key_id: int, name: str) -> str:
    """A session that a key began."""
    times = {"started_at": visit.now, "seen_at": visit.now, "checked_at": 0}
    row = {"id": name * 32, "login_id": visit.login_id, "channel": "ssh", "ssh_key_id": key_id, "address": ""}
    factory.insert("session", row | times)
    return name * 32


def test_without_the_key_its_sessions_end(admin_visit: Visit, factory: Factory) -> None:
    key = perform(admin_visit, "ssh_keys.add", key=PUBLIC_KEY)
    for name in "ab":
        begun(factory, admin_visit, key.id, name)
    admin_visit.session_id = "a" * 32
    perform(admin_visit, "ssh_keys.remove", key_id=key.id)
    rows = admin_visit.rows("SELECT id, ended_by, ssh_key_id FROM session ORDER BY id")
    assert rows == [("a" * 32, "", None), ("b" * 32, "revoked", None)]


def test_who_may_come_in_nowhere_any_more_has_no_keys(
    admin_visit: Visit, user_visit: Visit, factory: Factory
) -> None:
    perform(user_visit, "ssh_keys.add", key=PUBLIC_KEY)
    elsewhere = factory.account("Elsewhere")
    membership = {"login_id": user_visit.login_id, "account_id": elsewhere, "role": "user"}
    other = factory.insert("membership", membership)
    (member,) = [each for each in perform(admin_visit, "members.page") if each.role == "user"]
    perform(admin_visit, "members.remove", member_id=member.id)
    assert admin_visit.row("SELECT count(*) FROM ssh_key") == (1,)
    with admin_visit.transaction() as tx:
        tx.execute("DELETE FROM membership WHERE id = :id", id=other)
        ssh_keys.end_of_strangers(admin_visit, user_visit.login_id or 0)
    assert admin_visit.row("SELECT count(*) FROM ssh_key") == (0,)


def test_a_forgotten_password_ends_them_and_the_mail_says_so(admin_visit: Visit, factory: Factory) -> None:
    from app.operations.core.login_edits import person, set_password

    key = perform(admin_visit, "ssh_keys.add", key=PUBLIC_KEY)
    begun(factory, admin_visit, key.id, "c")
    me = person(admin_visit, admin_visit.login_id)
    assert me is not None
    with admin_visit.transaction():
        set_password(admin_visit, me, "x", end_other_ways=True)
    assert perform(admin_visit, "ssh_keys.page") == []
    last = admin_visit.row("SELECT body FROM message ORDER BY id DESC LIMIT 1")
    assert last is not None
    assert "Your SSH keys were removed too" in last[0]


@pytest.mark.parametrize("wrong", [{"algorithm": "ssh-dss"}, {"fingerprint": "short"}, {"login_id": 10**6}])
def test_the_database_keeps_out_what_contradicts(
    wrong: dict[str, object], admin_visit: Visit, store: Store, factory: Factory
) -> None:
    row = {"login_id": admin_visit.login_id, "name": "x", "algorithm": "ssh-rsa", "created_at": 1}
    row |= {"fingerprint": "f" * 43, "public_key": "x"}
    factory.insert("ssh_key", row)
    with pytest.raises(IntegrityError):
        factory.insert("ssh_key", row)
    with pytest.raises(IntegrityError):
        factory.insert("ssh_key", row | {"fingerprint": "g" * 43} | wrong)


OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAII/OBW6g1edSAKC6gtN+cTRHEE7B7UsbzxBw8SRo4xOw"
SECURITY_TOKENS = (
    "sk-ssh-ed25519@openssh.com "
    "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIBZJCt"
    "MzgKQQNqnqfWyRe1T7R/EkR8lNaIUPXpwU6GFHAAAABHNzaDo=",
    "sk-ecdsa-sha2-nistp256@openssh.com "
    "AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAABBBBQEOIQYs1aNYH"
    "dR2sIZZe/tHv60cldl+capHnkI/3dzsjmN67a3v5Kzj6/KtfdSCqIcRJPOXgAGGkTVTXyOMOgAAAAEc3NoOg==",
)
"""As `ssh-keygen -t ed25519-sk` writes them; it needs a token to be touched."""
