"""The settings of a library: its name, promise, colours and logo; what is wrong with them is said in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.cli import theme_of
from search.errors import SETTINGS, SettingsError
from search.library.settings import FILE_NAME, Settings, contrast, read_settings, settings_file

WHOLE = """\
name = " Ville à vivre "
logo = "blason.svg"
[tagline]
fr = "Ce qui marche ici."
en = ""
[colors]
primary = "#7A1F1F"
background = "#fffdf8"
"""


def written(folder: Path, text: str) -> Path:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    (folder / "blason.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    return folder / FILE_NAME


def test_name_promise_colours_and_logo_are_read(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, WHOLE)) == Settings(
        "Ville à vivre",
        {"fr": "Ce qui marche ici."},
        {"primary": "#7a1f1f", "background": "#fffdf8"},
        tmp_path / "blason.svg",
    )
    assert theme_of([tmp_path]) == ["--theme.primaryColor=#7a1f1f", "--theme.backgroundColor=#fffdf8"]


def test_a_library_without_settings_looks_as_shipped(tmp_path: Path) -> None:
    assert read_settings(tmp_path / FILE_NAME) == Settings()
    assert theme_of([tmp_path / "mine.csv"]) == theme_of([]) == []


def test_settings_lie_in_a_folder_or_beside_a_table(tmp_path: Path) -> None:
    assert settings_file(tmp_path) == settings_file(tmp_path / "mine.xlsx") == tmp_path / FILE_NAME


@pytest.mark.parametrize(
    ("text", "kind", "french", "english"),
    [
        ("name = ", "unreadable", "ne peut pas être lu", "cannot be read"),
        ("nom = 'x'", "unknown", "«\u00a0nom\u00a0» n’est pas un réglage", "“nom” is no setting"),
        ("name = 3", "name", "60 caractères au plus", "60 characters at most"),
        (f"name = '{'x' * 61}'", "name", "60 caractères au plus", "60 characters at most"),
        ("tagline = 'x'", "tagline", "un texte par langue (fr, en)", "a text for each language (fr, en)"),
        ("tagline = {de = 'x'}", "tagline", "un texte par langue", "a text for each language"),
        ("colors = {accent = '#000000'}", "colors", "primary, background, text", "primary, background, text"),
        ("colors = {primary = 'red'}", "color", "primary = 'red' n’est pas une couleur", "is no colour"),
        ("colors = {primary = '#ffff00'}", "contrast", "se lit mal", "hard to read"),
        ("logo = 'gone.png'", "logo", "gone.png ne peut pas être montré", "gone.png cannot be shown"),
        (f"logo = '{FILE_NAME}'", "logo", "il faut une image", "must be a picture"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(
    tmp_path: Path, text: str, kind: str, french: str, english: str
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert caught.value.kind == kind
    told = str(caught.value).splitlines()
    assert told[0].startswith(f"{file}\u00a0: ")
    assert french in told[0]
    assert told[1].startswith(f"{file}: ")
    assert english in told[1]


def test_every_fault_has_words_in_both_languages() -> None:
    assert all(set(said) == {"fr", "en"} for said in SETTINGS.values())


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0b5e6b", "#0b5e6b") == 1
