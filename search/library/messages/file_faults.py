"""What the system says of a file it does not read or write, in a sentence: which path, what it is, what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

FAULTS: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Make room, or give a place on another disk."),
    getattr(errno, "EDQUOT", errno.ENOSPC): (
        "there is no room left for this user",
        "Make room, or give a place on another disk.",
    ),
    errno.EFBIG: (
        "the file would be larger than a file may be here",
        "Raise that limit (ulimit -f), or give a place on another disk.",
    ),
    errno.EROFS: ("nothing can be written on this disk", "Give another place."),
    errno.EACCES: ("this user may not open it", "Ask its owner for the right, or give another place."),
    errno.EPERM: ("this user may not change it", "Ask its owner for the right, or give another place."),
    errno.EISDIR: ("it is a folder, where a file is wanted", "Move it away, or give another name."),
    errno.ENOTDIR: ("it is a file, where a folder is wanted", "Move it away, or give another name."),
    errno.EEXIST: ("it is a file, where a folder is wanted", "Move it away, or give another name."),
    errno.ENOENT: ("there is no such file or folder", "Look at how the name is written."),
    errno.ELOOP: ("it is a link that leads back to itself", "Give what it should lead to."),
    errno.ENAMETOOLONG: ("its name is longer than a name may be", "Give a shorter one."),
}
"""What is the matter with a file, and what can be done, by the number of an error of the system."""


def what_is_wrong(error: OSError) -> str:
    """Return what is the matter with a file, after its path where the error has one; without a full stop."""
    path = place_of(error)
    if path and path.is_symlink() and not path.exists() and error.errno != errno.ELOOP:
        return f"{path}: it is a link that leads to nothing"
    said = FAULTS.get(error.errno or 0, (error.strerror or str(error), ""))[0].rstrip(".")
    return f"{path}: {said}" if path else said


def what_to_do(error: OSError) -> str:
    """Return what can be done; nothing where that is not known."""
    return FAULTS.get(error.errno or 0, ("", ""))[1]


def sentence_of(error: OSError) -> str:
    """Return what is the matter and what can be done."""
    return f"{what_is_wrong(error)}. {what_to_do(error)}".rstrip()


def place_of(error: OSError) -> Path | None:
    """Return the path an error is about: of it and what it lies in, the first that is missing, or is no folder."""
    if error.filename is None:
        return None
    path = Path(os.fsdecode(error.filename))
    line = [*reversed(path.parents), path]
    if error.errno == errno.ENOENT:
        return next((one for one in line if not os.path.lexists(one)), path)
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return next((one for one in line if os.path.lexists(one) and not one.is_dir()), path)
    return path
