"""What the site of docs/ has beside docs/: the pages that lie elsewhere in the repository, and links that meet.

MkDocs calls this file by its hooks: ``make docs``.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

PAGES = {
    "README.md": "index.md",
    "README.fr.md": "index.fr.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "corpus/README.md": "library.md",
    "search/model/README.md": "model.md",
    "LICENSE": "licence.md",
}
"""Where a page lies in the repository, and on the site."""

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that lie outside docs/."""
    from mkdocs.structure.files import File

    root = Path(config["config_file_path"]).parent
    for path, name in PAGES.items():
        text = (root / path).read_text(encoding="utf-8")
        content = f"# Licence\n\n```text\n{text}```\n" if path == "LICENSE" else text
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Let the links of a page lead to pages of the site."""
    return with_site_links(markdown, page.file.src_uri)


def with_site_links(markdown: str, name: str) -> str:
    """Write the links of a page as the site has them; what is not on it is named, without a link.

    Args:
        markdown: Of the page.
        name: Of the page on the site.
    """
    here = next((path for path, at in PAGES.items() if at == name), f"docs/{name}")

    def link(found: re.Match[str]) -> str:
        image, label, target, part = found[1], found[2], found[3], found[4] or ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), target))
        if (at := PAGES.get(path) or (path[5:] if path.startswith("docs/") else None)) is None:
            return f"{label} (`{path}`)"
        return f"{image}[{_inner(label, link)}]({posixpath.relpath(at, posixpath.dirname(name) or '.')}{part})"

    return _LINK.sub(link, markdown)


def _inner(label: str, link: Any) -> str:
    """Do the same with an image inside a link."""
    return _LINK.sub(link, label)
