"""Temporary folders that do not outlive the processes of their users."""

from __future__ import annotations

import contextlib
import fcntl
import glob
import os
import pathlib
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator

_PREFIX = "linfhash-"
_LOCK = "lock"


class Scratch:
    """A temporary folder that only this user may read. It is deleted by `close`, with this object, or at the end of Python.

    This process holds a lock on a file in it, which the operating system releases even if the process is killed. The next call of `Scratch`, in any
    process, deletes folders whose lock nobody holds.
    """

    def __init__(self, parent: pathlib.Path | None = None, prefix: str = _PREFIX, rescue: Callable[[pathlib.Path], None] | None = None) -> None:
        """Makes a folder in `parent`, by default that of temporary files. `rescue` is called with a left folder before that is deleted."""
        parent = pathlib.Path(tempfile.gettempdir()) if parent is None else parent
        for left in unlocked(parent, prefix):
            if rescue is not None:
                rescue(left)
            shutil.rmtree(left, ignore_errors=True)
        self.folder = tempfile.mkdtemp(prefix=prefix, dir=parent)
        # Locked before it has its name, so that nobody sees it without the lock.
        unnamed = os.path.join(self.folder, "unlocked")
        descriptor = os.open(unnamed, os.O_RDWR | os.O_CREAT, 0o600)
        # A file system without locks is not swept.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.rename(unnamed, os.path.join(self.folder, _LOCK))
        self.close = weakref.finalize(self, _delete, self.folder, descriptor, os.getpid())

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)


def _delete(folder: str, descriptor: int, owner: int) -> None:
    # A forked process has a copy of this object, but not of the folder.
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
    os.close(descriptor)


def unlocked(parent: pathlib.Path, prefix: str) -> Iterator[pathlib.Path]:
    """Lists the folders that killed processes have left, each locked until the next one is asked for."""
    for folder in parent.glob(glob.escape(prefix) + "*"):
        lock = folder / _LOCK
        try:
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            # It is another one's, or deleted by now.
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        else:
            yield folder
        finally:
            os.close(descriptor)
