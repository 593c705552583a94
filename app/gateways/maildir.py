"""E-mail into a Maildir, which every mail reader opens; the default where no mail server is named."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.gateways.letter import From, write_letter
from app.gateways.parcel import DeliveryError, Parcel
from app.gateways.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class Maildir:
    """A Maildir folder: letters are written in `tmp` and appear in `new`."""

    folder: Path
    sender: From

    def deliver(self, parcel: Parcel) -> None:
        """Put one letter into the Maildir, unless it lies there already, read or not.

        Raises:
            DeliveryError: the folder cannot be written, or the letter has no valid address or subject.
        """
        letter = write_letter(parcel, self.sender)
        # A name made from the key: a second try finds the first one's letter.
        name = f"{parcel.created_at}.{parcel.digest}.loket"
        try:
            for part in ("tmp", "new", "cur"):
                (self.folder / part).mkdir(parents=True, exist_ok=True, mode=0o700)
            if not any((self.folder / "cur").glob(f"{name}*")):
                write_whole(
                    self.folder / "new",
                    name,
                    letter.as_bytes(),
                    self.folder / "tmp" / f"{name}.{os.getpid()}",
                )
        except OSError as error:
            raise DeliveryError(f"{self.folder}: {error.strerror}") from error
