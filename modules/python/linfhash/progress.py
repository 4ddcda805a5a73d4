"""Progress: an output that replaces itself in notebooks, elsewhere a bar of tqdm if there is one, or else one line that changes."""

from __future__ import annotations

import re
import shutil
import sys
import time
from typing import Any

_PERCENT = re.compile("([0-9]+)%")
_PLACE = re.compile("quantizer ([0-9]+) of ([0-9]+)")


class Progress:
    """Shows the latest line of a command; shows nothing if quiet."""

    def __init__(self, command: str, quiet: bool):
        self._command = command
        self._quiet = quiet
        self._shown: _Output | _Bar | _Line | None = None

    def show(self, line: str) -> None:
        if self._quiet:
            return
        if self._shown is None:
            self._shown = _shown(self._command)
        self._shown.show("%s: %s" % (self._command, line), _percent(line))

    def close(self) -> None:
        if self._shown is not None:
            self._shown.close()


def _percent(line: str) -> int | None:
    """How much of its step a line says is done; None if it does not say that."""
    place = _PLACE.search(line)
    if place:
        return 100 * (int(place[1]) - 1) // int(place[2])
    percent = _PERCENT.search(line)
    return int(percent[1]) if percent else None


def _shown(command: str) -> _Output | _Bar | _Line:
    # Jupyter shows a line that changes, but keeps all of its states in the notebook.
    python = sys.modules.get("IPython")
    shell = python and python.get_ipython()
    if shell and hasattr(shell, "kernel"):
        return _Output(command)
    try:
        from tqdm import tqdm
    except ImportError:
        return _Line()
    return _Bar(tqdm(total=100, bar_format="{desc} |{bar:20}| {elapsed}", file=sys.stderr, dynamic_ncols=True))


class _Output:
    def __init__(self, command: str):
        from IPython.display import display  # type: ignore[import-not-found, unused-ignore]

        self._command = command
        self._start = time.monotonic()
        self._handle = display(self._bundle("%s ..." % command), raw=True, display_id=True)

    def show(self, text: str, percent: int | None) -> None:
        self._handle.update(self._bundle(text), raw=True)

    def close(self) -> None:
        self._handle.update(self._bundle("%s: %.0f s" % (self._command, time.monotonic() - self._start)), raw=True)

    @staticmethod
    def _bundle(text: str) -> dict[str, str]:
        return {"text/plain": text}


class _Bar:
    def __init__(self, bar: Any):
        self._bar = bar

    def show(self, text: str, percent: int | None) -> None:
        if percent is not None:
            self._bar.n = percent
        self._bar.set_description_str(text)

    def close(self) -> None:
        self._bar.close()


class _Line:
    def __init__(self) -> None:
        self._width = 0

    def show(self, text: str, percent: int | None) -> None:
        most = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r" + text[:most].ljust(self._width))
        sys.stderr.flush()
        self._width = min(len(text), most)

    def close(self) -> None:
        sys.stderr.write("\n")
