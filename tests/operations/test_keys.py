"""A new key takes over: everything sealed is sealed anew with it, and the old one is not needed any more."""

from __future__ import annotations

import pytest

from app.operations.core import Refused, Visit, perform
from app.store import Store
from app.vault import VaultError
from tests.factories import Factory

TEXTS = 450


@pytest.fixture
def host(factory: Factory) -> Visit:
    """The operator's machine, with sealed texts of both kinds."""
    visit = factory.system
    assert visit.vault is not None
    with visit.transaction() as tx:
        tx.executemany(
            "INSERT INTO login (id, user_name, email, name, password_hash, language, staff_role, status,"
            " theme, failures, locked_until, version)"
            " VALUES (?, ?, ?, '', '', 'en', '', 'active', '', 0, 0, 1)",
            ((number, f"u{number}", f"u{number}@example.com") for number in range(1, TEXTS)),
        )
        tx.executemany(
            "INSERT INTO second_factor (login_id, seed, created_at, last_step) VALUES (?, ?, 1, 0)",
            ((n, visit.vault.seal(f"seed {n}", f"second_factor.seed.{n}")) for n in range(1, TEXTS)),
        )
    sealed = visit.vault.seal("code", "message.secret.k")
    message = {"key": "k", "channel": "mail", "recipient": "a", "subject": "", "body": "b", "secret": sealed}
    factory.insert(
        "message",
        message | {"created_at": 1, "not_before": 0, "status": "queued", "attempts": 0, "error": ""},
    )
    return visit


def test_everything_is_sealed_with_the_new_key(host: Visit, store: Store) -> None:
    assert host.vault is not None
    assert perform(host, "keys.add") == 2
    done = perform(host, "keys.reencrypt")
    assert (done.number, done.texts, done.unreadable) == (2, TEXTS, 0)
    assert [(key.number, key.texts, key.newest) for key in perform(host, "keys.list")] == [
        (1, 0, False),
        (2, TEXTS, True),
    ]
    (host.vault.folder / "1.key").unlink()
    for number, seed in store.rows("SELECT login_id, seed FROM second_factor"):
        assert host.vault.open(seed, f"second_factor.seed.{number}") == f"seed {number}"
    row = store.row("SELECT secret FROM message")
    assert row is not None
    assert host.vault.open(row[0], "message.secret.k") == "code"


def test_stopped_halfway_the_next_run_goes_on(
    host: Visit, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform(host, "keys.add")
    vault = host.vault
    assert vault is not None
    seal, made = type(vault).seal, []

    def cut(self: object, text: str, place: str) -> str:
        made.append(place)
        if len(made) > 300:
            raise KeyboardInterrupt
        return seal(vault, text, place)

    with monkeypatch.context() as patch:
        patch.setattr(type(vault), "seal", cut)
        with pytest.raises(KeyboardInterrupt):
            perform(host, "keys.reencrypt")
    assert store.row("SELECT count(*) FROM second_factor WHERE seed LIKE 'sealed:2:%'") == (200,)
    assert perform(host, "keys.reencrypt").texts == TEXTS - 200


def test_what_no_key_opens_stays_and_is_counted(host: Visit, store: Store) -> None:
    with store.transaction() as tx:
        tx.execute("UPDATE second_factor SET seed = 'sealed:1:' || 'AAAA' WHERE login_id = 7")
    perform(host, "keys.add")
    done = perform(host, "keys.reencrypt")
    assert (done.texts, done.unreadable) == (TEXTS - 1, 1)
    with pytest.raises(VaultError):
        assert host.vault is not None
        host.vault.open("sealed:1:AAAA", "second_factor.seed.7")


def test_only_the_host_manages_keys(agent_visit: Visit) -> None:
    for name in ("keys.list", "keys.add", "keys.reencrypt"):
        with pytest.raises(Refused):
            perform(agent_visit, name)
