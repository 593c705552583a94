"""SMS into a folder, one JSON file each, for whatever sends them from there.

A file appears whole, under a name made from the message's key: delivered twice it is still one file.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.gateways.parcel import DeliveryError, Parcel, one_line
from app.gateways.whole_file import write_whole
from app.text import safe


@dataclass(frozen=True, slots=True)
class SmsSpool:
    """A folder, and the name or number that the texts come from."""

    folder: Path
    sender: str

    def deliver(self, parcel: Parcel) -> None:
        """Put one SMS into the folder.

        Raises:
            DeliveryError: the folder cannot be written, or the number is none.
        """
        text = {
            "id": parcel.digest,
            "from": self.sender,
            "to": one_line(parcel.recipient, "number"),
            "text": safe(parcel.body, lines=True),
            "created": datetime.fromtimestamp(parcel.created_at, UTC).isoformat(),
        }
        content = json.dumps(text, ensure_ascii=False, indent=1).encode() + b"\n"
        name = f"{parcel.created_at}-{parcel.digest}.json"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self.folder, name, content, self.folder / f".{name}.{os.getpid()}")
        except OSError as error:
            raise DeliveryError(f"{self.folder}: {error.strerror}") from error
