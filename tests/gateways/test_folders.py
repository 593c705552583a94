"""Mail and SMS into folders: whole, once, and nothing smuggled into a header."""

from __future__ import annotations

import json
import mailbox
from dataclasses import replace
from pathlib import Path

import pytest

from app.gateways.letter import From
from app.gateways.maildir import Maildir
from app.gateways.parcel import DeliveryError, Parcel
from app.gateways.sms_spool import SmsSpool

PARCEL = Parcel("sms:1:202611:limit-100:50000000", "+31612345678", "", "Geblokkeerd: € 50,00", 1795262400)
LETTER = replace(PARCEL, key="mail:1", recipient="anna@molenwerf.example", subject="Pool op: 80% €")
SENDER = From("Noordkade Telecom", "no-reply@noordkade.example", "service@noordkade.example")


def test_sms_file(tmp_path: Path) -> None:
    spool = SmsSpool(tmp_path / "sms", "Noordkade")
    spool.deliver(PARCEL)
    spool.deliver(PARCEL)
    (file,) = (tmp_path / "sms").iterdir()
    text = json.loads(file.read_text(encoding="utf-8"))
    assert (text["from"], text["to"], text["text"]) == ("Noordkade", "+31612345678", "Geblokkeerd: € 50,00")
    assert text["created"] == "2026-11-21T12:00:00+00:00"
    assert file.stat().st_mode & 0o077 == 0


def test_letter_in_a_maildir_that_mail_readers_open(tmp_path: Path) -> None:
    box = Maildir(tmp_path / "mail", SENDER)
    box.deliver(LETTER)
    box.deliver(LETTER)
    (letter,) = list(mailbox.Maildir(str(tmp_path / "mail"), create=False))
    assert letter["To"] == "anna@molenwerf.example"
    assert letter["Message-ID"] == f"<{LETTER.digest}@noordkade.example>"
    assert letter["Reply-To"] == "service@noordkade.example"
    assert letter.get_payload(decode=True) == "Geblokkeerd: € 50,00\n".encode()


def test_letter_that_was_read_does_not_come_back(tmp_path: Path) -> None:
    box = Maildir(tmp_path, SENDER)
    box.deliver(LETTER)
    (file,) = (tmp_path / "new").iterdir()
    file.rename(tmp_path / "cur" / f"{file.name}:2,S")
    box.deliver(LETTER)
    assert not list((tmp_path / "new").iterdir())


@pytest.mark.parametrize(
    "parcel",
    [
        replace(LETTER, recipient="anna@molenwerf.example\r\nBcc: all@example.com"),
        replace(LETTER, recipient="anna@molenwerf.example\nBcc: all@example.com"),
        replace(LETTER, subject="Hello\r\nBcc: all@example.com"),
        replace(LETTER, subject="Hello\x00"),
        replace(LETTER, recipient="no address"),
        replace(LETTER, recipient=""),
    ],
)
def test_nothing_is_smuggled_into_headers(parcel: Parcel, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError) as caught:
        Maildir(tmp_path, SENDER).deliver(parcel)
    assert caught.value.permanent
    assert not list(tmp_path.rglob("*.loket"))


def test_hostile_text_is_shown_not_obeyed(tmp_path: Path) -> None:
    SmsSpool(tmp_path, "Noordkade").deliver(replace(PARCEL, body="a\x1b[2J\u202eb"))
    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_text(encoding="utf-8"))["text"] == "a␛[2J⇄b"


def test_folder_that_cannot_be_written_can_be_tried_again(tmp_path: Path) -> None:
    (tmp_path / "sms").write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(DeliveryError) as caught:
        SmsSpool(tmp_path / "sms", "Noordkade").deliver(PARCEL)
    assert not caught.value.permanent
    assert "sms" in str(caught.value)
