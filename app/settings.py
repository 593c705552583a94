"""Settings of the machine, from environment variables. What the operator decides is in the content folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "nl", "de")
HERE: Final = Path(__file__).resolve().parent


class SettingsError(Exception):
    """A variable of the environment cannot be used. `variable` names it, `cure` says what to do."""

    def __init__(self, variable: str, problem: str, cure: str) -> None:
        super().__init__(f"{variable}: {problem} {cure}")
        self.variable = variable
        self.problem = problem
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Smtp:
    """How e-mail leaves: LOKET_SMTP_HOST, _PORT, _FROM, _USER, _PASSWORD_FILE and _SECURITY."""

    host: str
    port: int
    sender: str
    """The address mails come from; empty: the operator's own sender address."""
    user: str
    password: str
    security: str
    """`starttls` (the default), `tls` from the first byte, or `none`."""

    def __repr__(self) -> str:
        return f"Smtp(host={self.host!r}, port={self.port}, password='***')"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where this portal keeps its things."""

    home: Path
    """LOKET_HOME: database, keys and spools; it need not exist yet."""
    database_url: str
    """LOKET_DATABASE_URL; default: `loket.db` in home."""
    content: Path
    """LOKET_CONTENT: the operator's folder, with operator.toml and the rest."""
    first_sheet: Path
    """Styles of the first screen, and what all screens share: read before anything shows."""
    stylesheet: Path
    """All other styles, read behind the first screen."""
    smtp: Smtp | None
    """None: mails go to a Maildir in home."""
    keys: Path
    """LOKET_KEYS: the folder of encryption keys; default: `keys` in home. It has a backup of its own."""
    audit_heads: Path
    """LOKET_AUDIT_HEADS: the file of the audit chain's heads; default: `audit-heads/heads.log` in home."""
    token_file: Path | None
    """LOKET_TOKEN_FILE: holds the token that commands act with; None: commands act for the operator."""
    address: str
    """Where the person comes from, as SSH says it; empty at the machine itself."""
    language: str
    """From LC_ALL, LC_MESSAGES or LANG, for who is not signed in yet."""
    merge_memory: bool = False
    """LOKET_MERGE_MEMORY, `yes` or `no`: whether the kernel may keep equal pages of sessions once."""
    channel: str = "terminal"
    """The door: terminal, kiosk, ssh, web or command. Whoever opens another one says so, and from where; no
    variable does."""


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from an environment (default: this process's). Raises SettingsError."""
    variables = os.environ if environment is None else environment
    home = _home(variables)
    return Settings(
        home=home,
        database_url=variables.get("LOKET_DATABASE_URL") or f"sqlite:///{home / 'loket.db'}",
        content=_content(variables),
        first_sheet=_sheet("first_screen.tcss"),
        stylesheet=_sheet("styles.tcss"),
        smtp=_smtp(variables),
        keys=_path(variables, "LOKET_KEYS", home / "keys"),
        audit_heads=_path(variables, "LOKET_AUDIT_HEADS", home / "audit-heads" / "heads.log"),
        token_file=Path(variables["LOKET_TOKEN_FILE"]).expanduser().absolute()
        if variables.get("LOKET_TOKEN_FILE")
        else None,
        address=_address(variables),
        language=machine_language(variables),
        merge_memory=_yes(variables, "LOKET_MERGE_MEMORY"),
    )


@cache
def shipped_content() -> Path:
    """The content that comes with Loket: `data` beside `app` in a checkout, a copy inside the wheel."""
    checkout, wheel = HERE.parent / "data", HERE / "_content" / "data"
    return wheel if wheel.is_dir() else checkout


def _sheet(name: str) -> Path:
    checkout, wheel = HERE.parent / name, HERE / "_content" / name
    return wheel if wheel.is_file() else checkout


def _path(variables: Mapping[str, str], name: str, default: Path) -> Path:
    given = variables.get(name, "")
    return Path(given).expanduser().absolute() if given else default


def _yes(variables: Mapping[str, str], name: str) -> bool:
    given = variables.get(name) or "no"
    if given not in ("yes", "no"):
        raise SettingsError(name, f"{given!r} is not known.", "Use yes or no.")
    return given == "yes"


def _home(variables: Mapping[str, str]) -> Path:
    given = variables.get("LOKET_HOME", "")
    if not given:
        import platformdirs

        return Path(platformdirs.user_data_dir("loket", appauthor=False))
    home = Path(given).expanduser().absolute()
    if home.exists() and not home.is_dir():
        raise SettingsError("LOKET_HOME", f"{home} is not a folder.", "Name a folder, or remove that file.")
    return home


def _content(variables: Mapping[str, str]) -> Path:
    given = variables.get("LOKET_CONTENT", "")
    folder = Path(given).expanduser().absolute() if given else shipped_content()
    if not (folder / "operator.toml").is_file():
        raise SettingsError(
            "LOKET_CONTENT",
            f"There is no operator.toml in {folder}.",
            "Name the folder that holds the operator's files, or unset the variable.",
        )
    return folder


def _smtp(variables: Mapping[str, str]) -> Smtp | None:
    host = variables.get("LOKET_SMTP_HOST", "")
    if not host:
        return None
    security = variables.get("LOKET_SMTP_SECURITY") or "starttls"
    if security not in ("starttls", "tls", "none"):
        raise SettingsError(
            "LOKET_SMTP_SECURITY", f"{security!r} is not known.", "Use starttls, tls or none."
        )
    return Smtp(
        host=host,
        port=_port(variables, {"starttls": 587, "tls": 465, "none": 25}[security]),
        sender=variables.get("LOKET_SMTP_FROM", ""),
        user=variables.get("LOKET_SMTP_USER", ""),
        password=_password(variables),
        security=security,
    )


def _port(variables: Mapping[str, str], default: int) -> int:
    text = variables.get("LOKET_SMTP_PORT") or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise SettingsError("LOKET_SMTP_PORT", f"{text!r} is not a port.", "Use a number from 1 to 65535.")
    return int(text)


def _password(variables: Mapping[str, str]) -> str:
    """Only from a file: the environment of a process is too easily read by others."""
    name = variables.get("LOKET_SMTP_PASSWORD_FILE", "")
    if not name:
        return ""
    try:
        return Path(name).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            "LOKET_SMTP_PASSWORD_FILE", f"{name} cannot be read.", "Name a text file that this user may read."
        ) from error


def machine_language(variables: Mapping[str, str]) -> str:
    """The first language that is set decides, as in gettext; one that is not offered becomes English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(variable):
            language = value[:2].lower()
            return language if language in LANGUAGES else "en"
    return "en"


def _address(variables: Mapping[str, str]) -> str:
    """The client's address from SSH_CONNECTION ("address port address port"), if it is one."""
    import ipaddress

    said = variables.get("SSH_CONNECTION", "").split(" ")[0].split("%")[0]
    try:
        return str(ipaddress.ip_address(said)) if said else ""
    except ValueError:
        return ""
