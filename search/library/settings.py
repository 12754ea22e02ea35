"""How a library of one's own presents itself: name, promise, colours and logo, from ``passerelle.toml`` beside it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..entries import LANGUAGES
from ..errors import SettingsError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE_NAME = "passerelle.toml"

COLORS: Mapping[str, str] = {"primary": "primaryColor", "background": "backgroundColor", "text": "textColor"}
"""Colours that can be said, to what the page calls them."""

LOGOS = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")

LONGEST_NAME = 60
"""Characters."""

MOST_BYTES = 2_000_000
"""Of a logo."""

CONTRAST = 4.5
"""Between a colour and what is under it: the least that WCAG 2.2 asks for text (1.4.3)."""


@dataclass(frozen=True)
class Settings:
    """What is said; what is not stays as it is shipped.

    Attributes:
        name: Of the library; empty when it is not said.
        tagline: Language to its promise in a sentence.
        colors: One of COLORS to ``#rrggbb``.
        logo: File of a picture.
    """

    name: str = ""
    tagline: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str] = field(default_factory=dict)
    logo: Path | None = None


def settings_file(corpus: Path) -> Path:
    """Return where the settings of a library are: in its folder, or beside its table."""
    return (corpus if corpus.is_dir() else corpus.parent) / FILE_NAME


def read_settings(file: Path) -> Settings:
    """Read the settings of a library; none when there is no such file.

    Raises:
        SettingsError: It cannot be read, or says something that cannot be.
    """
    if not file.is_file():
        return Settings()
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingsError(file, "unreadable", str(error).splitlines()[0]) from error
    unknown = sorted(set(data) - {"name", "tagline", "colors", "logo"})
    if unknown:
        raise SettingsError(file, "unknown", unknown[0])
    name = data.get("name", "")
    if not isinstance(name, str) or len(name.strip()) > LONGEST_NAME:
        raise SettingsError(file, "name", LONGEST_NAME)
    return Settings(name.strip(), _tagline(file, data), _colors(file, data), _logo(file, data))


def _tagline(file: Path, data: Mapping[str, Any]) -> dict[str, str]:
    told = data.get("tagline", {})
    if (
        not isinstance(told, dict)
        or set(told) - set(LANGUAGES)
        or not all(isinstance(one, str) for one in told.values())
    ):
        raise SettingsError(file, "tagline", ", ".join(LANGUAGES))
    return {language: text.strip() for language, text in told.items() if text.strip()}


def _colors(file: Path, data: Mapping[str, Any]) -> dict[str, str]:
    told = data.get("colors", {})
    if not isinstance(told, dict) or set(told) - set(COLORS):
        raise SettingsError(file, "colors", ", ".join(COLORS))
    for name, color in told.items():
        if not isinstance(color, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
            raise SettingsError(file, "color", f"{name} = {color!r}")
    under = told.get("background", "#ffffff")
    for name in ("primary", "text"):
        if name in told and contrast(told[name], under) < CONTRAST:
            raise SettingsError(file, "contrast", f"{name} = {told[name]}")
    return {name: color.lower() for name, color in told.items()}


def _logo(file: Path, data: Mapping[str, Any]) -> Path | None:
    told = data.get("logo")
    if told is None:
        return None
    logo = file.parent / told if isinstance(told, str) else file
    if logo.suffix.lower() not in LOGOS or not logo.is_file() or logo.stat().st_size > MOST_BYTES:
        raise SettingsError(file, "logo", str(told))
    return logo


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 (none) to 21 (black on white).

    Args:
        one: ``#rrggbb``.
        other: The same.

    Source:
        WCAG 2.2, contrast ratio and relative luminance.
    """
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
