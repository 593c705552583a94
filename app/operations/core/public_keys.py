"""Public keys as people paste them: one line of OpenSSH, checked before anything is stored.

The line is what a file ending in `.pub` holds: algorithm, key in base 64 (RFC 4253, 6.6), and what its owner
calls it. Whatever else is pasted is answered with what to do instead.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from app.i18n import _
from app.operations.core.errors import Invalid

ALGORITHMS: Final = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
"""Those that are accepted; `sk-` are keys in a security token that has to be touched."""
SHORTEST_RSA: Final = 3072
"""Bits: as strong as the other algorithms (NIST SP 800-57, table 2)."""
LONGEST_TEXT: Final = 4000
LONGEST_COMMENT: Final = 100
_CERTIFICATE: Final = "-cert-v01@openssh.com"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that may be stored. `text`: the key in base 64; `comment`: what its owner calls it."""

    algorithm: str
    text: str
    fingerprint: str
    comment: str


def fingerprint_of(key: bytes) -> str:
    """SHA-256 of a key as SSH sends it, in base 64 without padding: what `ssh-keygen -l` shows."""
    return base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def parse(pasted: str) -> PublicKey:
    """The key in a line.

    Raises:
        Invalid: of field `key`; its text says what is wrong and what to do.
    """
    text = pasted.strip()
    _refuse_private(text)
    if text.startswith("---- BEGIN SSH2") or "\nComment:" in text:
        raise _invalid(_("This is another way to write a key. Turn it into a line: ssh-keygen -i -f FILE"))
    algorithm, encoded, comment = _parts(text)
    key = _decoded(encoded)
    _check(algorithm, encoded, key)
    return PublicKey(algorithm, encoded, fingerprint_of(key), comment[:LONGEST_COMMENT])


def _refuse_private(text: str) -> None:
    """Half of a key pair that nobody else may ever see is sometimes pasted by mistake."""
    if "PRIVATE KEY" in text or text.startswith("PuTTY-User-Key-File"):
        raise _invalid(
            _(
                "This is the private key, which nobody else may ever see. We have not kept it, but it left"
                " your computer: make a new pair with ssh-keygen, and paste the file that ends in .pub here."
            )
        )


def _parts(text: str) -> tuple[str, str, str]:
    """Algorithm, key and comment of a line."""
    # A terminal that wraps a long line may have put line ends into it.
    words = text.split()
    if len(text) > LONGEST_TEXT or not words:
        raise _invalid(_how_to_get_it())
    algorithm = words[0]
    if algorithm == "ssh-dss":
        raise _invalid(_("DSA keys are not safe any more. Make a new one: ssh-keygen -t ed25519"))
    if algorithm.endswith(_CERTIFICATE):
        raise _invalid(
            _("This is a certificate. Paste the public key: the file whose name has no -cert in it.")
        )
    if algorithm not in ALGORITHMS:
        if any(word in ALGORITHMS for word in words[1:]):
            raise _invalid(_("Leave out what stands before the kind of key, as ssh-ed25519."))
        raise _invalid(_how_to_get_it())
    if len(words) < 2:
        raise _invalid(_("Only the beginning was pasted. Paste the whole line of the file."))
    return algorithm, words[1], " ".join(words[2:])


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise _damaged() from None


def _check(algorithm: str, encoded: str, key: bytes) -> None:
    """That the numbers in it make a key of that kind, and one that is hard enough to guess."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_public_key

    try:
        found = load_ssh_public_key(f"{algorithm} {encoded}".encode())
    except (ValueError, UnsupportedAlgorithm):
        raise _damaged() from None
    if isinstance(found, RSAPublicKey) and found.key_size < SHORTEST_RSA:
        text = _("This RSA key has {bits} bits; at least {least} are needed. Make a new one: {command}")
        raise _invalid(text.format(bits=found.key_size, least=SHORTEST_RSA, command="ssh-keygen -t ed25519"))
    # The numbers written otherwise are another text: a client would send the usual one, which is not listed.
    if not algorithm.startswith("sk-"):
        usual = found.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).split(b" ")[1]
        if usual.decode() != encoded:
            raise _damaged()


def name_of(key: PublicKey, name: str) -> str:
    """What a key is called: as was said, else as its owner wrote into it, else by its kind."""
    said = " ".join(name.split()) or key.comment
    kind = re.sub(r"@.*|-nistp\d+|-sha2|^ssh-", "", key.algorithm)
    return said or kind


def _how_to_get_it() -> str:
    return _(
        "This is no public key. Paste the line that a file like ~/.ssh/id_ed25519.pub holds; it begins with"
        " ssh-ed25519, ecdsa-sha2 or ssh-rsa. No such file? Make one: ssh-keygen -t ed25519"
    )


def _damaged() -> Invalid:
    return _invalid(_("This key is damaged: a part of the line is missing or changed. Copy it once more."))


def _invalid(text: str) -> Invalid:
    return Invalid(text, "key")
