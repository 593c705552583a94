"""Secrets at rest open only with their key, in their place, unchanged."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.secret import Secret
from app.vault import Vault, VaultError, sealed_with


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault(tmp_path_factory.mktemp("keys"))


@given(text=st.text(max_size=200))
def test_what_was_sealed_opens_in_its_place_only(vault: Vault, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    sealed = vault.seal(text, "second_factor.seed.5")
    assert vault.open(sealed, "second_factor.seed.5") == text
    with pytest.raises(VaultError, match="changed or moved"):
        vault.open(sealed, "second_factor.seed.6")


def test_every_changed_byte_is_seen(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    sealed = vault.seal("a seed", "a.b.1")
    head, number, packed = sealed.split(":")
    raw = base64.b64decode(packed)
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(VaultError):
            vault.open(f"{head}:{number}:{base64.b64encode(changed).decode()}", "a.b.1")


def test_the_newest_key_seals_and_the_older_ones_open(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    first = vault.seal("one", "p")
    assert vault.add_key() == 2
    second = vault.seal("two", "p")
    assert (sealed_with(first), sealed_with(second)) == (1, 2)
    assert (vault.open(first, "p"), vault.open(second, "p")) == ("one", "two")


def test_nobody_else_may_read_a_key(tmp_path: Path) -> None:
    Vault(tmp_path / "keys").add_key()
    assert stat.S_IMODE((tmp_path / "keys" / "1.key").stat().st_mode) == 0o400
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_a_missing_or_broken_key_is_named(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    sealed = vault.seal("one", "p")
    key = tmp_path / "1.key"
    key.chmod(0o600)
    key.write_bytes(b"short")
    with pytest.raises(VaultError, match=r"1\.key: a key has 32 bytes"):
        vault.open(sealed, "p")
    key.unlink()
    with pytest.raises(VaultError, match=r"1\.key.*backup"):
        vault.open(sealed, "p")


def test_a_secret_never_shows_itself() -> None:
    secret = Secret("Herfststorm")
    assert "Herfst" not in f"{secret!r} {secret} {[secret]}"
    assert secret.reveal() == "Herfststorm"
    assert not Secret("")
