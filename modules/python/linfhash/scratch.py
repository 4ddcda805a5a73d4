"""Temporary folders that do not outlive the processes of their users."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pathlib
import shutil
import tempfile
import weakref

_PREFIX = "linfhash-"
_LOCK = "lock"


class Scratch:
    """A temporary folder that only this user may read. It is deleted by `close`, with this object, or at the end of Python.

    This process holds a lock on a file in it, which the operating system releases even if the process is killed. The next call of `Scratch`, in any
    process, deletes folders whose lock nobody holds.
    """

    def __init__(self) -> None:
        _sweep()
        self.folder = tempfile.mkdtemp(prefix=_PREFIX)
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


def _sweep() -> None:
    for folder in pathlib.Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
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
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(descriptor)
