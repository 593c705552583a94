"""The four themes: dark, light, high contrast and the terminal's own 16 colours.

A theme is a set of named colours; `PAIRS` lists which of them the stylesheet puts on which. Tests measure
every pair: at least 4.5:1 (WCAG 2.2 AA), in high contrast at least 7:1 (AAA). The operator's brand colour
becomes the accent, made lighter or darker until it is readable.
"""

from __future__ import annotations

from typing import Final

from textual.color import Color
from textual.theme import Theme

PAIRS: Final = (
    *((text, "background") for text in ("foreground", "text-quiet", "text-accent", "text-success")),
    *((text, "background") for text in ("text-warning", "text-error")),
    *((text, "surface") for text in ("foreground", "text-quiet", "text-accent", "text-success")),
    *((text, "surface") for text in ("text-warning", "text-error")),
    ("foreground", "panel"),
    ("text-quiet", "panel"),
    ("text-accent", "panel"),
    ("cursor-text", "cursor"),
    ("brand-text", "brand"),
)
"""(text, background) as the stylesheet combines them."""

BRAND: Final = "#0f766e"
_DARK: Final = {
    "background": "#14171c", "surface": "#1e232b", "panel": "#272d37", "foreground": "#e6e9ee",
    "text-quiet": "#a3adbb", "text-success": "#7bd88f", "text-warning": "#f2c14e", "text-error": "#ff8a80",
    "rule": "#3a424f",
}  # fmt: skip
_LIGHT: Final = {
    "background": "#fbfbf9", "surface": "#eef0f2", "panel": "#e2e6ea", "foreground": "#1b1f24",
    "text-quiet": "#505a66", "text-success": "#1a6434", "text-warning": "#7a4b00", "text-error": "#a8201a",
    "rule": "#c3c9d0",
}  # fmt: skip
_CONTRAST: Final = {
    "background": "#000000", "surface": "#000000", "panel": "#1c1c1c", "foreground": "#ffffff",
    "text-quiet": "#dcdcdc", "text-success": "#66ff99", "text-warning": "#ffd75f", "text-error": "#ffb3ad",
    "rule": "#ffffff", "cursor": "#ffffff", "cursor-text": "#000000",
}  # fmt: skip
_ANSI: Final = {
    "background": "ansi_default", "surface": "ansi_default", "panel": "ansi_default",
    "foreground": "ansi_default", "text-quiet": "ansi_default", "text-accent": "ansi_cyan",
    "text-success": "ansi_green", "text-warning": "ansi_yellow", "text-error": "ansi_red",
    "rule": "ansi_default", "cursor": "ansi_blue", "cursor-text": "ansi_bright_white",
    "brand": "ansi_blue", "brand-text": "ansi_bright_white",
}  # fmt: skip


def contrast(text: str, background: str) -> float:
    """Return the WCAG contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(text), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, background: str, ratio: float) -> str:
    """Return `colour`, moved towards white or black until it has `ratio` against `background`."""
    target = Color(255, 255, 255) if _luminance(background) < 0.18 else Color(0, 0, 0)
    start = Color.parse(colour)
    for step in range(21):
        found = start.blend(target, step / 20, alpha=1.0).hex
        if contrast(found, background) >= ratio:
            return found
    return target.hex


def tokens(theme: str, brand: str = BRAND) -> dict[str, str]:
    """Return the named colours of `theme` for an operator's brand colour."""
    if theme == "ansi":
        return dict(_ANSI)
    found = dict({"light": _LIGHT, "contrast": _CONTRAST}.get(theme, _DARK))
    ratio = 7.1 if theme == "contrast" else 4.6
    found["text-accent"] = readable(brand, found["panel"], ratio)
    white_or_black = max(("#ffffff", "#000000"), key=lambda text: contrast(text, brand))
    found["brand"] = readable(brand, white_or_black, ratio)
    found["brand-text"] = white_or_black
    found.setdefault("cursor", found["brand"])
    found.setdefault("cursor-text", found["brand-text"])
    return found


def themes(brand: str = BRAND) -> list[Theme]:
    """Return the themes for an operator's brand colour: dark, light, contrast, ansi."""
    return [_theme(name, tokens(name, brand)) for name in ("dark", "light", "contrast", "ansi")]


def _theme(name: str, colours: dict[str, str]) -> Theme:
    extra = {
        "text-muted": colours["text-quiet"],
        "text-disabled": colours["text-quiet"],
        "block-cursor-background": colours["cursor"],
        "block-cursor-foreground": colours["cursor-text"],
        "block-cursor-blurred-background": colours["panel"],
        "block-cursor-blurred-foreground": colours["foreground"],
        "border": colours["text-accent"],
        "border-blurred": colours["rule"],
        "input-cursor-background": colours["foreground"],
        "input-cursor-foreground": "ansi_black" if name == "ansi" else colours["background"],
        "input-selection-background": colours["cursor"],
        "input-selection-foreground": colours["cursor-text"],
        "scrollbar": colours["rule"],
        "scrollbar-background": colours["background"],
        "scrollbar-corner-color": colours["background"],
        "footer-background": colours["surface"],
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
    }
    return Theme(
        name=name,
        primary=colours["text-accent"],
        secondary=colours["text-accent"],
        accent=colours["text-accent"],
        warning=colours["text-warning"],
        error=colours["text-error"],
        success=colours["text-success"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        dark=name != "light",
        ansi=name == "ansi",
        variables={**extra, **colours},
    )


def _luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    parts = []
    for value in Color.parse(colour).rgb:
        share = value / 255
        parts.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
