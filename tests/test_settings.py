"""Settings from the environment: defaults, and errors that name the variable and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import SettingsError, read_settings, shipped_content


def test_defaults(tmp_path: Path) -> None:
    settings = read_settings({})
    assert settings.home.name == "loket"
    assert settings.database_url == f"sqlite:///{settings.home / 'loket.db'}"
    assert settings.content == shipped_content()
    assert settings.first_sheet.is_file()
    assert settings.stylesheet.is_file()
    assert settings.smtp is None
    assert settings.language == "en"


def test_home_and_database(tmp_path: Path) -> None:
    settings = read_settings({"LOKET_HOME": str(tmp_path / "new")})
    assert settings.home == tmp_path / "new"
    assert settings.database_url == f"sqlite:///{tmp_path}/new/loket.db"
    assert read_settings({"LOKET_DATABASE_URL": "sqlite:////srv/x.db"}).database_url == "sqlite:////srv/x.db"


def test_own_content(tmp_path: Path) -> None:
    (tmp_path / "operator.toml").touch()
    assert read_settings({"LOKET_CONTENT": str(tmp_path)}).content == tmp_path


@pytest.mark.parametrize(
    "variables, language",
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "de_DE"}, "de"),
        ({"LANG": "nl_NL.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_language(variables: dict[str, str], language: str) -> None:
    assert read_settings(variables).language == language


def test_memory_is_merged_only_when_asked() -> None:
    assert not read_settings({}).merge_memory
    assert read_settings({"LOKET_MERGE_MEMORY": "yes"}).merge_memory
    with pytest.raises(SettingsError, match=r"LOKET_MERGE_MEMORY: 'on' is not known. Use yes or no."):
        read_settings({"LOKET_MERGE_MEMORY": "on"})


def test_smtp(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("p@ss\n", encoding="utf-8")
    settings = read_settings(
        {
            "LOKET_SMTP_HOST": "mail.example",
            "LOKET_SMTP_USER": "loket",
            "LOKET_SMTP_FROM": "a@example.org",
            "LOKET_SMTP_PASSWORD_FILE": str(secret),
        }
    )
    assert settings.smtp is not None
    assert (settings.smtp.host, settings.smtp.port, settings.smtp.security) == (
        "mail.example",
        587,
        "starttls",
    )
    assert (settings.smtp.user, settings.smtp.password) == ("loket", "p@ss")
    assert "p@ss" not in repr(settings)


@pytest.mark.parametrize("security, port", [("tls", 465), ("none", 25)])
def test_usual_ports(security: str, port: int) -> None:
    smtp = read_settings({"LOKET_SMTP_HOST": "mail.example", "LOKET_SMTP_SECURITY": security}).smtp
    assert smtp is not None
    assert smtp.port == port


@pytest.mark.parametrize(
    "name, value",
    [
        ("LOKET_CONTENT", "/nowhere"),
        ("LOKET_HOME", __file__),
        ("LOKET_SMTP_PORT", "smtp"),
        ("LOKET_SMTP_PORT", "70000"),
        ("LOKET_SMTP_SECURITY", "ssl"),
        ("LOKET_SMTP_PASSWORD_FILE", "/nowhere"),
    ],
)
def test_errors_name_variable_and_cure(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"LOKET_SMTP_HOST": "mail.example", name: value})
    assert caught.value.variable == name
    assert str(caught.value).startswith(f"{name}: ")
    assert caught.value.cure.endswith(".")
