"""What the code says of itself, read without running it: who imports whom, how long functions are, what docstrings say.

Every rule is a function over the root of a project; it returns one sentence for each place that breaks it.
"""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FLOORS = {
    "front door": 8,
    "api": 7,
    "building": 6,
    "evaluation": 6,
    "output": 6,
    "hosting": 6,
    "retrieval": 5,
    "index": 4,
    "curation": 4,
    "library": 3,
    "learning": 3,
    "text": 2,
    "encoding": 2,
    "ground": 1,
}
"""The rooms of search/, each on its floor: what is in a room imports from its own room and from lower floors."""

BESIDE = {
    "__init__": "front door",
    "__main__": "front door",
    "cli": "front door",
    "api": "api",
    "entries": "ground",
    "errors": "ground",
    "locations": "ground",
    "whole_files": "ground",
}
"""The rooms of the modules that lie in search/ itself."""

BOTTOM = ("library/messages",)
"""Parts of rooms that import nothing else of their room."""

TOP = ("text/places",)
"""Parts of rooms that nothing else of their room imports."""

NOT_CODE = {"model", "corpus", "__pycache__"}
"""Folders in search/ that hold weights and content."""

COMMANDS = {"cli", "__main__", "command", "terminal"}
"""Modules that speak to a terminal, or of it: of the command line, in a room or beside them."""

MOST_FILES = 9
LONGEST_FUNCTION = 40
LONGEST_LINE = 120
LARGEST_MEDIAN = 8
LONGEST_SEARCHER = 185

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A file of Python.

    Attributes:
        root: The folder of the project.
        file: Below it, with slashes.
    """

    root: Path
    file: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The names in its dotted name, the package's name alone for an ``__init__``."""
        parts = tuple(self.file.removesuffix(".py").split("/"))
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def name(self) -> str:
        """Its dotted name."""
        return ".".join(self.parts)

    @property
    def package(self) -> tuple[str, ...]:
        """The names in the dotted name of the package it is in; a package is in itself."""
        return self.parts if self.file.endswith("__init__.py") else self.parts[:-1]

    @property
    def room(self) -> str:
        """The room it is in, or the name that has none."""
        inside = self.file.split("/")[1:]
        return inside[0] if len(inside) > 1 else BESIDE.get(Path(inside[0]).stem, inside[0])

    @property
    def part(self) -> str:
        """The folder of search/ it is in: a room, or a part of one."""
        return "/".join(self.file.split("/")[1:-1])

    @property
    def floor(self) -> int | None:
        """The floor of its room; None for a room that has none."""
        return FLOORS.get(self.room)

    @property
    def tree(self) -> ast.Module:
        """What it says."""
        return _parsed((self.root / self.file).read_text(encoding="utf-8"))

    def at(self, node: ast.AST) -> str:
        """Return file and line of a part of it."""
        return f"{self.file}:{getattr(node, 'lineno', 1)}"


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@dataclass(frozen=True)
class Import:
    """One name that is imported.

    Attributes:
        node: Where.
        source: The dotted name of the module or package it comes from, made absolute.
        name: What is taken from it; empty for ``import source``.
        alias: What it is called there.
        relative: Whether it is written with dots.
    """

    node: ast.stmt
    source: str
    name: str
    alias: str
    relative: bool


def modules(root: Path, *folders: str) -> list[Module]:
    """Find the files of Python in some folders of a project, by name; a folder that is not there has none."""
    files = sorted(file.relative_to(root) for folder in folders for file in (root / folder).rglob("*.py"))
    return [Module(root, file.as_posix()) for file in files if not NOT_CODE & set(file.parts[:-1])]


def imports(module: Module) -> Iterator[Import]:
    """List what a module imports anywhere in it, also in a function or for type checking only."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node, alias.name, "", alias.asname or alias.name, relative=False)
        elif isinstance(node, ast.ImportFrom):
            above = module.package[: len(module.package) - node.level + 1] if node.level else ()
            source = ".".join((*above, *([node.module] if node.module else [])))
            for alias in node.names:
                yield Import(node, source, alias.name, alias.asname or alias.name, relative=node.level > 0)


def imported_modules(module: Module, known: dict[str, Module]) -> Iterator[tuple[ast.stmt, Module]]:
    """List the modules of the project that a module imports: ``from . import x`` is the module x if there is one."""
    for one in imports(module):
        target = known.get(f"{one.source}.{one.name}") or known.get(one.source)
        if target and target != module:
            yield one.node, target


def floors_broken(root: Path) -> list[str]:
    """Find imports in search/ that do not go to a lower floor, and rooms that have no floor."""
    known = {module.name: module for module in modules(root, "search")}
    homeless = [f"{module.file}: room {module.room} has no floor" for module in known.values() if not module.floor]
    return homeless + [
        f"{module.at(node)} (room {module.room}, floor {module.floor}) imports "
        f"{target.file} (room {target.room}, floor {target.floor})"
        for module in known.values()
        for node, target in imported_modules(module, known)
        if module.floor and target.floor and module.room != target.room and target.floor >= module.floor
    ]


def parts_broken(root: Path) -> list[str]:
    """Find imports out of the part of a room that is at its bottom, and into the one at its top, within the room."""
    known = {module.name: module for module in modules(root, "search")}
    return [
        f"{module.at(node)} imports {target.file}"
        for module in known.values()
        for node, target in imported_modules(module, known)
        if module.room == target.room and _breaks_part(module.part, target.part)
    ]


def _breaks_part(part: str, target: str) -> bool:
    return part != target and (part in BOTTOM or target in TOP)


def circles(root: Path) -> list[str]:
    """Find modules of search/ that import one another, in a circle of any length; each circle once."""
    known = {module.name: module for module in modules(root, "search")}
    ways = {name: {target.name for _, target in imported_modules(module, known)} for name, module in known.items()}
    found: dict[frozenset[str], list[str]] = {}
    for name in known:
        way = _way_back(name, ways)
        found.setdefault(frozenset(way), way)
    return [
        " imports ".join(f"{known[name].file} (room {known[name].room})" for name in way)
        for way in found.values()
        if way
    ]


def _way_back(start: str, ways: dict[str, set[str]]) -> list[str]:
    """Return a shortest way from a module to itself, both ends given; empty if there is none."""
    reached, waiting = {start}, [[start]]
    for way in waiting:
        for name in sorted(ways[way[-1]]):
            if name == start:
                return [*way, start]
            if name not in reached:
                reached.add(name)
                waiting.append([*way, name])
    return []


def absolute_imports(root: Path) -> list[str]:
    """Find imports within search/ that name it: a package installed under another name would break."""
    return [
        f"{module.at(one.node)} imports {one.source} by its full name"
        for module in modules(root, "search")
        for one in imports(module)
        if not one.relative and one.source.split(".")[0] == "search"
    ]


def imports_of(root: Path, *packages: str) -> list[str]:
    """Find imports in search/ of packages it must not know."""
    return [
        f"{module.at(one.node)} imports {one.source}"
        for module in modules(root, "search")
        for one in imports(module)
        if not one.relative and one.source.split(".")[0] in packages
    ]


def too_many_files(root: Path) -> list[str]:
    """Return the names of the files beside the rooms of search/, if they are too many."""
    files = sorted(path.name for path in (root / "search").iterdir() if path.is_file())
    return files if len(files) > MOST_FILES else []


def prints(root: Path) -> list[str]:
    """Find where search/ speaks to a terminal outside its commands: print, standard output and error."""
    return [
        f"{module.at(node)} prints"
        for module in modules(root, "search")
        if Path(module.file).stem not in COMMANDS
        for node in _in_order(module.tree)
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"} and _dotted(node.value) == "sys")
    ]


def _in_order(tree: ast.AST) -> list[ast.AST]:
    return sorted(ast.walk(tree), key=lambda node: getattr(node, "lineno", 0))


def functions(tree: ast.AST) -> Iterator[Function]:
    """List every function and method, but for those that have no body: of a protocol, and overloads."""
    for node in ast.walk(tree):
        if isinstance(node, Function) and _body(node):
            yield node


def _body(node: Function) -> list[ast.stmt]:
    """Return the statements of a function without its docstring; of a stub, none."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return [statement for statement in body if not _is_ellipsis(statement)]


def _is_ellipsis(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and statement.value.value is Ellipsis
    )


def length(node: Function | ast.ClassDef) -> int:
    """Count the lines from the line with ``def`` or ``class`` to the last, without the docstring and decorators."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    docstring = node.body[0] if ast.get_docstring(node) is not None else None
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0)


def long_functions(root: Path, *folders: str) -> list[str]:
    """Find functions that are longer than they may be."""
    return [
        f"{module.at(node)} {node.name} has {length(node)} lines"
        for module in modules(root, *folders)
        for node in functions(module.tree)
        if length(node) > LONGEST_FUNCTION
    ]


def long_lines(root: Path, *folders: str) -> list[str]:
    """Find lines that are longer than they may be: a linter lets some through, as those without white space."""
    return [
        f"{module.file}:{number} has {len(line)} characters"
        for module in modules(root, *folders)
        for number, line in enumerate((root / module.file).read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > LONGEST_LINE
    ]


def median_length(root: Path, *folders: str) -> float:
    """Return the median length of the functions in some folders."""
    found = [length(node) for module in modules(root, *folders) for node in functions(module.tree)]
    return statistics.median(found)


def class_lengths(root: Path, name: str) -> list[int]:
    """Return the lengths of the classes of a name in search/, from ``class`` to the last line, docstrings counted."""
    return [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for module in modules(root, "search")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name == name
    ]


def arrays_without_shape(root: Path) -> list[str]:
    """Find public functions of search/ that take or return arrays, and classes with such fields, that give no shapes.

    A method without a docstring (of a protocol, a constructor) may have its shapes in the docstring of its class. An
    alias of a type with an array in it counts as an array.
    """
    found = modules(root, "search")
    names = {"ndarray", "NDArray"}
    names |= {alias for module in found for alias in _aliases(module.tree, names)}
    return [fault for module in found for fault in _without_shape(module, module.tree, names, above="")]


def _aliases(tree: ast.Module, names: set[str]) -> Iterator[str]:
    """List the names that a module gives to types with an array in them."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and _is_type(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if _mentions(node.value, names):
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_type(value: ast.expr) -> bool:
    """Tell a type (names, ``|`` and brackets) from a value that is worked out."""
    return not any(isinstance(node, ast.Call | ast.Lambda) for node in ast.walk(value))


def _without_shape(module: Module, holder: ast.Module | ast.ClassDef, names: set[str], above: str) -> Iterator[str]:
    for node in holder.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            said = ast.get_docstring(node) or ""
            if _has_array_field(node, names) and not _gives_shape(said + _said_of_fields(node)):
                yield f"{module.at(node)} {node.name} has fields without their shapes"
            yield from _without_shape(module, node, names, above=said)
        elif isinstance(node, Function) and (node.name == "__init__" or not node.name.startswith("_")):
            said = ast.get_docstring(node) or above
            if _mentions_in_signature(node, names) and not _gives_shape(said):
                yield f"{module.at(node)} {node.name} takes or returns arrays without their shapes"


def _has_array_field(node: ast.ClassDef, names: set[str]) -> bool:
    return any(
        isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and not field.target.id.startswith("_")
        and _mentions(field.annotation, names)
        for field in node.body
    )


def _said_of_fields(node: ast.ClassDef) -> str:
    """Return the strings that stand below fields."""
    return " ".join(
        str(one.value.value) for one in node.body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    )


def _mentions_in_signature(node: Function, names: set[str]) -> bool:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
    annotations = [node.returns, *(one.annotation for one in arguments if one)]
    return any(_mentions(one, names) for one in annotations if one)


def _mentions(annotation: ast.expr, names: set[str]) -> bool:
    """Tell whether one of some names is in a type, written out or in a string."""
    return any(
        (isinstance(node, ast.Name) and node.id in names)
        or (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.Constant) and bool(names & set(re.findall(r"\w+", str(node.value)))))
        for node in ast.walk(annotation)
    )


def _gives_shape(said: str) -> bool:
    return re.search(r"\bshapes?\b", said, re.IGNORECASE) is not None


def private_imports(root: Path, *folders: str) -> list[str]:
    """Find names with one underscore before them that are taken from another module of the project."""
    found = modules(root, *folders)
    known = {module.name for module in found}
    return [fault for module in found for fault in _private_imports(module, known)]


def _private_imports(module: Module, known: set[str]) -> Iterator[str]:
    called = set()
    for one in imports(module):
        within = one.source in known or f"{one.source}.{one.name}" in known
        if within and _is_private(one.name):
            yield f"{module.at(one.node)} takes {one.name} from {one.source}"
        if {one.source, f"{one.source}.{one.name}"} & known and (not one.name or f"{one.source}.{one.name}" in known):
            called.add(one.alias)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and _is_private(node.attr) and _dotted(node.value) in called:
            yield f"{module.at(node)} takes {node.attr} from {_dotted(node.value)}"


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _dotted(node: ast.expr) -> str:
    """Return a dotted name as it is written; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{_dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def without_assertion(root: Path, *, asserting: Iterable[str] = ()) -> list[str]:
    """Find tests that cannot fail by what they check: no assert, no expected error, no helper that asserts.

    Args:
        root: Of the project.
        asserting: Helpers from elsewhere that assert.
    """
    found = modules(root, "tests")
    helpers = set(asserting)
    helpers |= {node.name for module in found for node in functions(module.tree) if _asserts(node, set())}
    return [
        f"{module.at(node)} {node.name} asserts nothing"
        for module in found
        for node in functions(module.tree)
        if node.name.startswith("test_") and not _asserts(node, helpers)
    ]


def _asserts(node: Function, helpers: set[str]) -> bool:
    return any(
        isinstance(one, ast.Assert)
        or (isinstance(one, ast.Call) and _dotted(one.func) in {"pytest.raises", "pytest.warns", "pytest.fail"})
        or (isinstance(one, ast.Call) and _dotted(one.func).startswith(("np.testing.assert_", "assert_")))
        or (isinstance(one, ast.Call) and _dotted(one.func).split(".")[-1] in helpers)
        for one in ast.walk(node)
    )


def listed(faults: Sequence[str]) -> str:
    """Write faults one below the other, for a failing test."""
    return "\n".join(["", *faults])
