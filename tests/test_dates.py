"""Dates as people and programs write them, and what the cells of a column say of one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.library.problems import said_with_place
from search.library.tables.date_columns import is_month_first
from search.library.tables.dates import When, read_date
from search.library.tables.reading import read_table


def read(folder: Path, text: str) -> tuple[dict[str, tuple[str | None, str | None]], list[str]]:
    """Return the start and the end of each entry of a table, by its id, and the notes on columns of dates."""
    file = folder / "mine.csv"
    file.write_text(text, encoding="utf-8")
    library = read_table(file)
    return {one.id: (one.start, one.end) for one in library.entries}, [str(one) for one in library.notes]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12/03/2021 au 14/06/2022", "2021-03-12", "2022-06-14"),
        ("12/03/2021 - 14/06/2022", "2021-03-12", "2022-06-14"),
        ("12.03.2021-14.06.2022", "2021-03-12", "2022-06-14"),
        ("2021-03-12 - 2022-06-14", "2021-03-12", "2022-06-14"),
        ("2021-03-12/2022-06-14", "2021-03-12", "2022-06-14"),
        ("2021-03-12 to 2022-06-14", "2021-03-12", "2022-06-14"),
        ("du 12 mars 2021 au 14 juin 2022", "2021-03-12", "2022-06-14"),
        ("12/03/2021 14:00 - 14/06/2022 15:00", "2021-03-12", "2022-06-14"),
        ("06/2019-05/2020", "2019-06", "2020-05"),
        ("between March 2020 and May 2021", "2020-03", "2021-05"),
        ("du 12 au 14 mars 2021", "2021-03-12", "2021-03-14"),
        ("12-14 mars 2021", "2021-03-12", "2021-03-14"),
        ("du 12/03 au 14/06/2021", "2021-03-12", "2021-06-14"),
        ("mars à juin 2021", "2021-03", "2021-06"),
        ("March - June 5, 2021", "2021-03", "2021-06-05"),
        ("March 3 - June 5, 2021", "2021-03-03", "2021-06-05"),
        ("2012-13", "2012", "2013"),
        ("1999-00", "1999", "2000"),
        ("1914-18", "1914", "1918"),
    ],
)
def test_two_dates_are_read_whatever_is_between_them(text: str, start: str, end: str) -> None:
    assert read_date(text) == When(start, end)


@pytest.mark.parametrize("text", ["2021 - 2019", "12/03/2022 - 14/06/2021"])
def test_two_dates_that_go_backwards_are_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mars-21", "2021-03"),
        ("janv.-20", "2020-01"),
        ("Mar-21", "2021-03"),
        ("12-mars-21", "2021-03-12"),
        ("12 mars 21", "2021-03-12"),
        ("15-Jan-2021", "2021-01-15"),
        ("sept. 2020", "2020-09"),
        ("mars 21", "2021-03"),
        ("2021-Mar-05", "2021-03-05"),
        ("12 mars 2021 14:03", "2021-03-12"),
        ("le 12 mars 2021 à 14h30", "2021-03-12"),
        ("March 3, 2021 2:03 PM", "2021-03-03"),
        ("2021-03-05 10:00 - 12:00", "2021-03-05"),
        ("Fri Mar 05 2021 10:00:00 GMT+0100 (heure normale d’Europe centrale)", "2021-03-05"),
        ("20210305", "2021-03-05"),
        ("1614556800000", "2021-03-01"),
    ],
)
def test_dates_as_programs_write_them(text: str, day: str) -> None:
    assert read_date(text) == When(day)


@pytest.mark.parametrize("text", ["March 21", "21-Mar", "dec 21"])
def test_a_day_of_a_month_without_a_year_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("cells", "month_first"),
    [
        (["4/12/2014", "4/25/2014"], True),
        (["4/12/2014", "25/4/2014"], False),
        (["4/12/2014", "25/4/2014", "4/25/2014"], None),  # both ways
        (["4/12/2014", "9/1/2018"], None),  # neither
        (["12/2014", "2014-25-04", "mars 2021", 44256, None], None),
        (["le 4/12/14", "on 4/25/14"], True),
        (["10/2/2024 9:14:33", "10/25/2024 9:14:33"], True),
        (["4/12/2014 - 4/25/2014"], True),
    ],
)
def test_a_column_of_dates_has_the_month_first_where_one_can_only_be_read_so(
    cells: list[object], month_first: bool | None
) -> None:
    assert is_month_first(cells) is month_first


def test_a_column_that_does_not_say_is_read_as_the_other_column_of_dates(tmp_path: Path) -> None:
    text = "title,context,Start date,End date\nA,T.,4/12/2014,5/3/2016\nB,T.,4/25/2014,5/4/2016\n"
    found, notes = read(tmp_path, text)
    assert found == {"a": ("2014-04-12", "2016-05-03"), "b": ("2014-04-25", "2016-05-04")}
    assert notes == [
        "mine.csv column End date: is read with the month before the day, as column “Start date” is",
        "mine.csv column Start date: has the month before the day, as in 4/25/2014: all its dates are read so",
    ]


def test_the_day_is_first_without_a_note_where_the_other_column_says_so(tmp_path: Path) -> None:
    text = "title,context,Start date,End date\nA,The text.,4/12/2014,25/3/2016\n"
    assert read(tmp_path, text) == ({"a": ("2014-12-04", "2016-03-25")}, [])


def test_half_days_have_the_month_first_with_a_note(tmp_path: Path) -> None:
    text = "Name,Context,Start date\nRiver watch,Neighbours measure the river.,3/12/2021 2:30pm\n"
    found, [note] = read(tmp_path, text)
    assert found == {"river-watch": ("2021-03-12", None)}
    assert note == (
        "mine.csv column Start date: is read with the month before the day, since its times are am and pm: '3/12/2021 "
        "2:30pm' is read as 2021-03-12; if the day is first, write the dates like 2021-03-12"
    )


@pytest.mark.parametrize(
    ("title", "context", "noted"),
    [("River watch", "Neighbours measure the river.", True), ("La rivière", "Les voisins mesurent la rivière.", False)],
)
def test_a_column_that_may_be_read_both_ways_is_noted_beside_english_texts(
    tmp_path: Path, title: str, context: str, noted: bool
) -> None:
    found, notes = read(tmp_path, f"title,context,start\n{title},{context},3/12/2021\n")
    assert list(found.values()) == [("2021-12-03", None)]
    told = (
        "mine.csv column start: does not say whether the day is before the month: '3/12/2021' is read as 2021-12-03; "
        "if the month is first, write the dates like 2021-03-12"
    )
    assert notes == ([told] if noted else [])


@pytest.mark.parametrize("other", ["2012-13", "2008-2009", "2020/2021"])
def test_short_years_are_read_one_way_in_a_column_with_a_note(tmp_path: Path, other: str) -> None:
    found, notes = read(tmp_path, f"title,context,start\nA,Un texte.,2010-11\nB,Un texte.,{other}\n")
    assert found["a"] == ("2010", "2011")
    assert notes == [
        "mine.csv column start: '2010-11' is read as two years there, not as a month, and so is every date written "
        "like it"
    ]


@pytest.mark.parametrize(("other", "noted"), [("2008", True), ("2010-05", False), ("2010-05-03", False)])
def test_a_month_that_may_be_two_years_is_noted_unless_the_column_has_months(
    tmp_path: Path, other: str, noted: bool
) -> None:
    found, notes = read(tmp_path, f"title,context,start\nA,Un texte.,2010-11\nB,Un texte.,{other}\n")
    assert found["a"] == ("2010-11", None)
    assert [note.partition(":")[0] for note in notes] == ["mine.csv column start"] * noted


def test_notes_on_columns_of_dates_are_said_in_french(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Titre,Contexte,Début\nA,Un texte.,2010-11\n", encoding="utf-8")
    [note] = read_table(file).notes
    assert said_with_place(note, "fr") == (
        "mine.csv colonne Début : rien n’y dit si '2010-11' est un mois ou deux années : il est lu comme un mois ; si "
        "ce sont deux années, écrivez la seconde avec quatre chiffres, comme 2010-2011"
    )
