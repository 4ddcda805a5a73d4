"""Progress on standard error: a bar of tqdm if there is one, or else one line that changes."""

from __future__ import annotations

import re
import shutil
import sys
from typing import Any

_PERCENT = re.compile("([0-9]+)%")


class Progress:
    """Shows the latest line of a command; shows nothing if quiet."""

    def __init__(self, command: str, quiet: bool):
        self._command = command
        self._quiet = quiet
        self._bar: Any = None
        self._width = 0

    def show(self, line: str) -> None:
        if self._quiet:
            return
        text = "%s: %s" % (self._command, line)
        if self._bar is None:
            self._bar = _bar()
        if self._bar:
            percent = _PERCENT.search(line)
            self._bar.n = int(percent[1]) if percent else self._bar.n if line.endswith(" ...") else 100
            self._bar.set_description_str(text)
            return
        most = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r" + text[:most].ljust(self._width))
        sys.stderr.flush()
        self._width = min(len(text), most)

    def close(self) -> None:
        if self._bar:
            self._bar.close()
        elif self._width:
            sys.stderr.write("\n")


def _bar() -> Any:
    """A bar, or False if there is no tqdm."""
    try:
        from tqdm import tqdm
    except ImportError:
        return False
    return tqdm(total=100, bar_format="{desc} |{bar:20}| {elapsed}", file=sys.stderr, dynamic_ncols=True)
