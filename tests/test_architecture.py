"""The house of search/: rooms on floors, short functions, shapes of arrays told; and the rules that say so can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import architecture
from tests.architecture import FLOORS, LARGEST_MEDIAN, LONGEST_SEARCHER, listed

ROOT = Path(__file__).parent.parent
OURS = ("search", "page", "scripts")
ARRAY = "import numpy as np\n\n\n"


def project(root: Path, files: dict[str, str]) -> Path:
    """Write a small project with a package ``search``, and return its folder."""
    for name, text in ({"search/__init__.py": '"""Find."""\n'} | files).items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


# ---- Rooms and floors ----------------------------------------------------------------------------------------


def test_a_room_imports_from_lower_floors_only() -> None:
    faults = architecture.floors_broken(ROOT)
    assert faults == [], listed(faults)


def test_a_part_of_a_room_keeps_its_place_in_it() -> None:
    faults = architecture.parts_broken(ROOT)
    assert faults == [], listed(faults)


def test_an_import_out_of_the_bottom_of_a_room_or_into_its_top_is_told(tmp_path: Path) -> None:
    files = {
        "search/library/problems.py": "from .messages.tables import WORDS\n",
        "search/library/messages/tables.py": "from .lists import PARTS\nfrom ...errors import Problem\n",
        "search/library/messages/lists.py": "from ..problems import said\n",
        "search/text/query.py": "from .places.reading import read\n",
        "search/text/places/reading.py": "from ..analysis import fold\nfrom .cues import IN\n",
        "search/text/places/cues.py": "",
        "search/text/analysis.py": "fold = str\n",
        "search/index/metadata.py": "from ..text.places.cues import IN\n",
        "search/errors.py": "class Problem: ...\n",
    }
    assert architecture.parts_broken(project(tmp_path, files)) == [
        "search/library/messages/lists.py:1 imports search/library/problems.py",
        "search/text/query.py:1 imports search/text/places/reading.py",
    ]


def test_reading_a_table_does_not_depend_on_writing_one() -> None:
    known = {module.name: module for module in architecture.modules(ROOT, "search")}
    reached, waiting = set(), [name for name, module in known.items() if module.part == "library/tables"]
    while waiting:
        module = known[waiting.pop()]
        waiting += [to.name for _, to in architecture.imported_modules(module, known) if to.name not in reached]
        reached.add(module.name)
    assert {"search.library.tables.our_columns", "search.library.reader"} < reached
    assert reached.isdisjoint({"search.library.export", "search.library.data_card", "search.library.corpus"})


def test_no_module_imports_itself_by_way_of_others() -> None:
    faults = architecture.circles(ROOT)
    assert faults == [], listed(faults)


def test_every_room_of_the_plan_is_there() -> None:
    assert {module.room for module in architecture.modules(ROOT, "search")} == set(FLOORS)


@pytest.mark.parametrize(
    "text",
    [
        "from ..index.bm25 import BM25\n",
        "from ..index import bm25\n",
        "from .. import index\n",
        "from search.index.bm25 import BM25\n",
        "import search.index.bm25\n",
        "def parse():\n    from ..index.bm25 import BM25\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..index.bm25 import BM25\n",
    ],
)
def test_an_import_from_above_is_told_with_both_files_and_rooms(text: str, tmp_path: Path) -> None:
    bm25 = {"search/index/__init__.py": "", "search/index/bm25.py": "class BM25: ...\n"}
    [fault] = architecture.floors_broken(project(tmp_path, bm25 | {"search/text/query.py": text}))
    line = len(text.splitlines())
    target = "search/index/__init__.py" if text.endswith("import index\n") else "search/index/bm25.py"
    assert fault == f"search/text/query.py:{line} (room text, floor 2) imports {target} (room index, floor 4)"


def test_a_room_on_the_same_floor_is_not_lower(tmp_path: Path) -> None:
    files = {"search/curation/lint.py": "from ..index.bm25 import BM25\n", "search/index/bm25.py": "BM25 = 1\n"}
    assert architecture.floors_broken(project(tmp_path, files)) == [
        "search/curation/lint.py:1 (room curation, floor 4) imports search/index/bm25.py (room index, floor 4)"
    ]


def test_imports_from_below_and_from_the_same_room_are_fine(tmp_path: Path) -> None:
    files = {
        "search/__init__.py": "from .api import load\n",
        "search/api.py": "from .text.query import parse\n",
        "search/text/query.py": "import re\nfrom ..errors import Problem\nfrom .analysis import fold\n",
        "search/text/analysis.py": "fold = str\n",
        "search/errors.py": "class Problem: ...\n",
    }
    assert architecture.floors_broken(project(tmp_path, files)) == []
    assert architecture.circles(tmp_path) == []


def test_a_room_without_a_floor_is_told(tmp_path: Path) -> None:
    files = {"search/helpers.py": "", "search/misc/tools.py": "", "search/model/weights.py": ""}
    assert architecture.floors_broken(project(tmp_path, files)) == [
        "search/helpers.py: room helpers.py has no floor",
        "search/misc/tools.py: room misc has no floor",
    ]


def test_a_circle_is_told_once_with_all_its_files(tmp_path: Path) -> None:
    files = {
        "search/text/query.py": "from .analysis import fold\n",
        "search/text/analysis.py": "from . import language\n",
        "search/text/language.py": "def guess():\n    from .query import parse\n",
        "search/text/segmentation.py": "from .query import parse\n",
    }
    assert architecture.circles(project(tmp_path, files)) == [
        "search/text/analysis.py (room text) imports search/text/language.py (room text) imports "
        "search/text/query.py (room text) imports search/text/analysis.py (room text)"
    ]


def test_imports_inside_the_package_are_relative() -> None:
    faults = architecture.absolute_imports(ROOT)
    assert faults == [], listed(faults)


def test_an_import_by_the_packages_name_is_told(tmp_path: Path) -> None:
    text = "import search\nfrom search.errors import Problem\nfrom ..errors import Problem\nimport searching\n"
    assert architecture.absolute_imports(project(tmp_path, {"search/text/query.py": text})) == [
        "search/text/query.py:1 imports search by its full name",
        "search/text/query.py:2 imports search.errors by its full name",
    ]


def test_search_holds_few_files_beside_its_rooms() -> None:
    assert architecture.too_many_files(ROOT) == []


def test_a_tenth_file_is_too_many(tmp_path: Path) -> None:
    files = {f"search/{name}.py": "" for name in "abcdefgh"}
    assert architecture.too_many_files(project(tmp_path, files)) == []
    (tmp_path / "search" / "py.typed").write_text("", encoding="utf-8")
    assert architecture.too_many_files(tmp_path) == [
        "__init__.py", "a.py", "b.py", "c.py", "d.py", "e.py", "f.py", "g.py", "h.py", "py.typed",
    ]  # fmt: skip


def test_search_knows_nothing_of_the_page_the_scripts_the_network_or_pickles() -> None:
    unknown = ("streamlit", "streamlit_app", "page", "scripts", "tests", "requests", "urllib", "http", "pickle")
    faults = architecture.imports_of(ROOT, *unknown)
    assert faults == [], listed(faults)


def test_an_import_of_the_page_is_told(tmp_path: Path) -> None:
    text = "import os, streamlit as st\n\n\ndef draw():\n    from streamlit.web import cli\n"
    assert architecture.imports_of(project(tmp_path, {"search/output/sheet.py": text}), "streamlit") == [
        "search/output/sheet.py:1 imports streamlit",
        "search/output/sheet.py:5 imports streamlit.web",
    ]


def test_search_prints_in_its_commands_only() -> None:
    faults = architecture.prints(ROOT)
    assert faults == [], listed(faults)


def test_what_prints_is_told_but_for_commands(tmp_path: Path) -> None:
    text = "import sys\n\nprint('x')\nsay = print\nsys.stderr.write('x')\nself.stdout = 1\n"
    commands = ("search/cli.py", "search/__main__.py", "search/building/command.py")
    files = dict.fromkeys(("search/text/query.py", *commands), text)
    assert architecture.prints(project(tmp_path, files)) == [
        "search/text/query.py:3 prints",
        "search/text/query.py:4 prints",
        "search/text/query.py:5 prints",
    ]


def test_no_module_takes_a_private_name_from_another() -> None:
    faults = architecture.private_imports(ROOT, *OURS, "tests")
    assert faults == [], listed(faults)


def test_a_private_name_from_elsewhere_is_told(tmp_path: Path) -> None:
    text = (
        "import json\n"
        "from ..index import bm25\n"
        "from ..index.bm25 import _key, __doc__, key\n\n"
        "self._mine = bm25._table + json._default + key._replace\n"
    )
    files = {"search/index/bm25.py": "_key = key = _table = 1\n", "search/building/builder.py": text}
    assert architecture.private_imports(project(tmp_path, files), "search") == [
        "search/building/builder.py:3 takes _key from search.index.bm25",
        "search/building/builder.py:5 takes _table from bm25",
    ]


# ---- Lengths -------------------------------------------------------------------------------------------------


def test_no_function_is_long() -> None:
    faults = architecture.long_functions(ROOT, *OURS)
    assert faults == [], listed(faults)


def test_no_line_is_long() -> None:
    faults = architecture.long_lines(ROOT, *OURS, "tests")
    assert faults == [], listed(faults)


def test_a_long_line_is_told_even_without_white_space(tmp_path: Path) -> None:
    text = f'x = "{"é" * 114}"\ny = "{"é" * 115}"\n"{"z" * 119}"\n'
    assert architecture.long_lines(project(tmp_path, {"search/errors.py": text}), "search") == [
        "search/errors.py:2 has 121 characters",
        "search/errors.py:3 has 121 characters",
    ]


@pytest.mark.parametrize("folder", OURS)
def test_half_of_the_functions_are_short(folder: str) -> None:
    assert architecture.median_length(ROOT, folder) <= LARGEST_MEDIAN


def test_the_searcher_can_be_read_at_a_glance() -> None:
    [lines] = architecture.class_lengths(ROOT, "Searcher")
    assert lines <= LONGEST_SEARCHER


def test_a_long_function_is_told_without_its_docstring_and_decorators(tmp_path: Path) -> None:
    def lines(count: int) -> str:
        return "@cache\ndef f(\n    x,\n):\n" + '    """One.\n\n    Two.\n    """\n' + "    x += 1\n" * (count - 3)

    folder = project(tmp_path, {"search/errors.py": lines(40)})
    assert architecture.long_functions(folder, "search") == []
    project(tmp_path, {"search/errors.py": f"class A:\n    async def g(self):\n        pass\n\n\n{lines(41)}"})
    assert architecture.long_functions(folder, "search") == ["search/errors.py:7 f has 41 lines"]
    assert architecture.median_length(folder, "search") == (2 + 41) / 2


def test_functions_without_a_body_count_for_no_median(tmp_path: Path) -> None:
    protocol = "class P(Protocol):\n    def f(self): ...\n    def g(self):\n        '''Do.'''\n        ...\n"
    text = f"{protocol}\n\ndef h():\n    x\n"
    assert architecture.median_length(project(tmp_path, {"search/errors.py": text}), "search") == 2


def test_a_class_is_measured_with_its_docstring(tmp_path: Path) -> None:
    text = '@frozen\nclass Searcher:\n    """Find."""\n\n    def f(self):\n        pass\n\n\nx = 1\n'
    folder = project(tmp_path, {"search/retrieval/searcher.py": text})
    assert architecture.class_lengths(folder, "Searcher") == [5]


# ---- Shapes --------------------------------------------------------------------------------------------------


def test_every_public_array_has_a_shape() -> None:
    faults = architecture.arrays_without_shape(ROOT)
    assert faults == [], listed(faults)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("def f(x: np.ndarray) -> int:\n    '''Take.'''\n", ["f"]),
        ("def f(x: int) -> list[np.ndarray] | None:\n    '''Give.'''\n", ["f"]),
        ("def f(*, x: 'np.ndarray | None' = None) -> int:\n    '''Take.'''\n", ["f"]),
        ("def f(x: NDArray[np.float32]):\n    pass\n", ["f"]),
        ("Rows = dict[str, np.ndarray]\n\n\ndef f(x: Rows) -> None:\n    '''Take.'''\n", ["f"]),
        ("class A:\n    def f(self, x: np.ndarray) -> int:\n        '''Take.'''\n", ["f"]),
        (
            "class A:\n    '''Shapes are told.'''\n\n    def f(self, x: np.ndarray) -> int:\n        '''Take.'''\n",
            ["f"],
        ),
        ("class A:\n    def __init__(self, x: np.ndarray) -> None:\n        pass\n", ["__init__"]),
        ("class A:\n    '''Hold.'''\n\n    rows: np.ndarray\n", ["A"]),
        ("def f(x: np.ndarray) -> int:\n    '''Take x, shape (n,).'''\n", []),
        ("def f(x: np.ndarray) -> int:\n    '''Take x.\n\n    Args:\n        x: Shape (n,).\n    '''\n", []),
        ("class A(Protocol):\n    '''Shape (n,).'''\n\n    def f(self, x: np.ndarray) -> int: ...\n", []),
        ("class A:\n    '''Hold.\n\n    Attributes:\n        rows: Shape (n,).\n    '''\n\n    rows: np.ndarray\n", []),
        ("class A:\n    '''Hold.'''\n\n    rows: np.ndarray\n    '''Shape (n,).'''\n", []),
        ("class A:\n    '''Hold.'''\n\n    _rows: np.ndarray\n", []),
        ("def _f(x: np.ndarray) -> int:\n    '''Take.'''\n", []),
        ("def f(x: int) -> int:\n    '''Take reshaped.'''\n", []),
    ],
)
def test_an_array_without_its_shape_is_told(text: str, named: list[str], tmp_path: Path) -> None:
    faults = architecture.arrays_without_shape(project(tmp_path, {"search/text/query.py": ARRAY + text}))
    assert [fault.split()[1] for fault in faults] == named


# ---- Tests ---------------------------------------------------------------------------------------------------


def test_every_test_asserts_something() -> None:
    faults = architecture.without_assertion(ROOT)
    assert faults == [], listed(faults)


def test_a_test_that_asserts_nothing_is_told(tmp_path: Path) -> None:
    text = (
        "def check(x):\n    assert x\n\n\n"
        "def test_a():\n    assert 1\n\n\n"
        "def test_b():\n    check(1)\n\n\n"
        "def test_c():\n    with pytest.raises(ValueError):\n        run()\n\n\n"
        "def test_d():\n    run()\n\n\n"
        "def test_e():\n    np.testing.assert_allclose(1, 1)\n"
    )
    assert architecture.without_assertion(project(tmp_path, {"tests/test_x.py": text})) == [
        "tests/test_x.py:18 test_d asserts nothing"
    ]
