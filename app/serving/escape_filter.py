"""What may go out to a terminal: text, and the few kinds of escape sequence that the portal itself sends.

It is the last of several nets. Whatever else comes - from data that was not cleaned, or from a fault - is
made visible instead of being obeyed. Clean output passes at some 40 MB a second.
"""

from __future__ import annotations

import re
from typing import Final

MODES: Final = (7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048)
"""Private modes: wrapping, cursor, mouse, focus, other screen, pasting, whole frames, size reports."""
_MODES: Final = b"|".join(str(mode).encode() for mode in MODES)

_TEXT: Final = (
    rb"[\x20-\x7e\x07\x08\t\n\r]++"
    rb"|\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_SEQUENCE: Final = (
    rb"\x1b\[(?:"
    rb"[0-9;:]{0,120}m"  # colours and weight
    rb"|[0-9]{0,4}(?:;[0-9]{0,4})?H"  # where to write
    rb"|\?(?:" + _MODES + rb")[hl]"
    rb"|\?(?:2026|2048)\$p"  # do you know this mode?
    rb"|>[0-9]{1,2}u|<u"  # keys in full
    rb")"
    rb"|\x1b\]22;[a-z-]{0,24}(?:\x07|\x1b\\)"  # shape of the mouse pointer
)
_CLEAN: Final = re.compile(rb"(?:" + _TEXT + rb"|" + _SEQUENCE + rb")*+")
_UNFINISHED: Final = re.compile(
    rb"(?:\x1b(?:\[[0-9;:?<>$]{0,128}|\](?:2(?:2(?:;[a-z-]{0,24}\x1b?)?)?)?)?"
    rb"|[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z"
)


class EscapeFilter:
    """Keeps what was cut off at the end of one read for the next."""

    def __init__(self) -> None:
        self._held = b""
        self.stopped = 0
        """How many bytes were not let through as they were."""

    def passed(self, data: bytes) -> bytes:
        """What of `data` may go out now."""
        if self._held:
            data, self._held = self._held + data, b""
        clean = _CLEAN.match(data)
        assert clean is not None
        if clean.end() == len(data):
            return data
        return self._slow(data, clean.end())

    def _slow(self, data: bytes, end: int) -> bytes:
        parts = [data[:end]]
        while end < len(data):
            if _UNFINISHED.match(data, end):
                self._held = data[end:]
                break
            parts.append(_visible(data[end]))
            self.stopped += 1
            clean = _CLEAN.match(data, end + 1)
            assert clean is not None
            parts.append(clean[0])
            end = clean.end()
        return b"".join(parts)

    def rest(self) -> bytes:
        """At the end: what was held, made visible."""
        held, self._held = self._held, b""
        return b"".join(_visible(byte) if byte < 0x20 or byte > 0x7E else bytes((byte,)) for byte in held)


def _visible(byte: int) -> bytes:
    """A sign for a byte that may not act: Unicode has pictures of the controls."""
    if byte < 0x20:
        return chr(0x2400 + byte).encode()
    return "\u2421".encode() if byte == 0x7F else "\ufffd".encode()
