"""A file is the one before or the new one, never a part."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from search.library.messages.file_faults import sentence_of
from search.whole_files import write_whole, written_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_the_one_before_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "current"
    write_whole(file, b"first\n")
    write_whole(file, b"second\n")
    assert (file.read_bytes(), names(tmp_path)) == (b"second\n", ["current"])


def test_what_dies_while_it_writes_leaves_the_file_before(tmp_path: Path) -> None:
    file = tmp_path / "current"
    write_whole(file, b"first\n")
    with pytest.raises(KeyboardInterrupt), written_whole(file) as begun:
        begun.write(b"sec")
        raise KeyboardInterrupt
    assert (file.read_bytes(), names(tmp_path)) == (b"first\n", ["current"])


def test_a_file_is_on_the_disk_before_it_takes_its_place_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, flushed = tmp_path / "current", list[tuple[bool, int]]()
    monkeypatch.setattr(os, "fsync", lambda number: flushed.append((file.exists(), os.fstat(number).st_ino)))
    write_whole(file, b"all of it")
    assert flushed == [(False, file.stat().st_ino), (True, tmp_path.stat().st_ino)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize(("mode", "expected"), [(0o600, 0o600), (0o666, 0o640)])
def test_who_may_read_a_file_is_said_and_the_umask_takes_from_it(tmp_path: Path, mode: int, expected: int) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "table.csv", b"", mode=mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "table.csv").stat().st_mode) == expected


def test_the_longest_name_a_folder_takes_can_be_written(tmp_path: Path) -> None:
    write_whole(tmp_path / ("é" * 127), b"as long as a name may be: 254 bytes")
    assert names(tmp_path) == ["é" * 127]


def test_a_link_stays_one_and_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_bytes(b"before\n")
    (tmp_path / "link.md").symlink_to("there.md")
    write_whole(tmp_path / "link.md", b"after\n")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "there.md").read_bytes() == b"after\n"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(tmp_path / "pipe", b"for whoever reads")
    assert os.read(reader, 100) == b"for whoever reads"
    os.close(reader)
    write_whole(Path(os.devnull), b"for nobody")
    assert not Path(os.devnull).is_file()


def test_an_error_names_the_file_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        write_whole(tmp_path / "nowhere" / "one.md", b"")
    assert missing.value.filename == str(tmp_path / "nowhere" / "one.md")
    with pytest.raises(IsADirectoryError) as folder:
        write_whole(tmp_path, b"")
    said = f"{tmp_path}: it is a folder, where a file is wanted. Move it away, or give another name."
    assert sentence_of(folder.value) == said
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(NotADirectoryError) as below:
        write_whole(tmp_path / "a" / "b" / "c", b"")
    assert sentence_of(below.value).startswith(f"{tmp_path / 'a'}: it is a file, where a folder is wanted.")
