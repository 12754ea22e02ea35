"""The commands ``passerelle health``, ``backup`` and ``restore``: their options, and what they print."""

from __future__ import annotations

import argparse
import dataclasses
import json

from ..encoding.encoder import SentenceEncoder
from ..index.postgres import Database
from ..index.reading import IndexFolder
from ..library.arguments import path_typed
from ..library.problems import amount
from ..locations import default_index, default_store
from .backup import BackedUp, Places, make_backup, restore_backup
from .health import Health, check_health


def add_health_arguments(parser: argparse.ArgumentParser) -> None:
    """Say of which index, and how it is written."""
    parser.add_argument("--index", type=path_typed, default=default_index(), help="index folder (default: %(default)s)")
    parser.add_argument("--store", metavar="URL", help="look at the index in this PostgreSQL database instead")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run_health(options: argparse.Namespace) -> int:
    """Open the build in use, ask it something, and say which it is."""
    store = options.store or default_store()
    found = check_health(Database(store, options.index) if store else IndexFolder(options.index), SentenceEncoder())
    print(json.dumps(dataclasses.asdict(found), ensure_ascii=False) if options.json else say_health(found))
    return 0


def say_health(found: Health) -> str:
    """Say which build answers, in one line."""
    held = f"{amount('entry', found.entries, 'en')}, {amount('passage', found.passages, 'en')}"
    return (
        f"{found.status}: build {found.build} (format {found.format}) of {', '.join(found.corpora)}: {held}, "
        f"{found.model}; answered in {found.seconds or 0:.2f} s"
    )


def add_backup_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which file a backup goes to."""
    parser.add_argument("file", type=path_typed, metavar="FILE", help="ZIP file to write, for its owner only")
    add_index(parser)


def add_restore_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which backup is brought back."""
    parser.add_argument("file", type=path_typed, metavar="FILE", help="what passerelle backup wrote")
    add_index(parser)


def add_index(parser: argparse.ArgumentParser) -> None:
    """Say where the index is; the environment says where the other files are."""
    parser.add_argument("--index", type=path_typed, default=default_index(), help="index folder (default: %(default)s)")


def run_backup(options: argparse.Namespace) -> int:
    """Write a backup, and say what it holds."""
    done = make_backup(options.file, dataclasses.replace(Places.usual(), index=options.index))
    print(f"{options.file}: {say(done)}")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Bring a backup back, and say what was not there."""
    done = restore_backup(options.file, dataclasses.replace(Places.usual(), index=options.index))
    print(f"{options.file} brought back: {say(done)}")
    return 0


def say(done: BackedUp) -> str:
    """Say what was written or brought back."""
    build = f"build {done.build}" if done.build else "no index"
    return (
        f"{build}, unmet needs: {done.unmet}, opinions on answers: {done.feedback}, files of editors' tables: "
        f"{done.tables}"
    )
