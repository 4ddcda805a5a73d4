"""Calls of the program linfhash."""

from __future__ import annotations

import collections
import contextlib
import json
import locale
import mmap
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence

import numpy
from numpy.typing import ArrayLike

from .errors import CheckFailedError, InputError, ProgramFailedError, ProgramMissingError
from .progress import Progress
from .scratch import Scratch

_PACKAGE = pathlib.Path(__file__).resolve().parent
_PREFIX = "linfhash: "
_BAD_INPUT = 2
_CHECK_FAILED = 3

# Rows that are checked at once.
_BLOCK = 4096

_SIMILARITIES = ("cosine", "dot", "euclidean")

# Options of the program that are arguments here, and the others as they are.
_ARGUMENT = re.compile(
    "--(bytes|database-size|engine|k|max-oversampling|max-vectors|max-shift|option|out|prefix|quantizers?|queries|seeds?|similarity"
    "|target)(?![a-z-])"
)
_SWITCH = re.compile("--(force|skip-invalid)(?![a-z-])")


def command() -> tuple[pathlib.Path, dict[str, str]]:
    """Returns the launcher of the program, and the environment to start it in.

    `LINFHASH_HOME` names an installation or a checkout, which runs with the Java of this machine. Without it, the program and the
    Java runtime of this package are used.
    """
    environment = dict(os.environ)
    # Java reads names of files, and writes messages, by the locale.
    if locale.getpreferredencoding(False).lower().replace("-", "") != "utf8" or environment.get("LC_ALL") in ("C", "POSIX"):
        environment["LC_ALL"] = "C.UTF-8"
    # Engines in Python, such as faiss, are those of this environment.
    if sys.executable:
        environment.setdefault("LINFHASH_PYTHON", sys.executable)
    home = environment.get("LINFHASH_HOME")
    if home:
        for launcher in (pathlib.Path(home, "bin", "linfhash"), pathlib.Path(home, "linfhash")):
            if launcher.is_file():
                return launcher, environment
        raise ProgramMissingError("LINFHASH_HOME is %s: expected a folder with bin/linfhash, found none." % home)
    launcher = _PACKAGE / "program" / "bin" / "linfhash"
    if not launcher.is_file():
        raise ProgramMissingError(
            "This package contains no program: install linfhash by pip install ./modules/python in a checkout, or set LINFHASH_HOME to the folder of linfhash."
        )
    environment["JAVA_HOME"] = str(_PACKAGE / "runtime")
    return launcher, environment


@contextlib.contextmanager
def files(*, finite: bool = True, **arrays: ArrayLike | None) -> Iterator[dict[str, str]]:
    """Writes arrays of vectors to files that only this user may read, and deletes them afterwards.

    Arrays have to be finite unless `finite` is false: the program then says what it does with others.

    The path of a .npy file, and an array that `numpy.load` mapped from one of float32, are passed as they are. Returns the path of each array
    by its name. Arrays that are None are left out.
    """
    scratch = Scratch()
    try:
        paths = {}
        for name, array in arrays.items():
            if array is None:
                continue
            if isinstance(array, (str, os.PathLike)):
                paths[name] = _existing(name, os.fspath(array))
                continue
            mapped = _mapped_file(array)
            if mapped is not None:
                paths[name] = mapped
                continue
            given = vectors(name, array)
            if finite:
                _require_finite(name, given)
            paths[name] = scratch.path(name + ".npy")
            descriptor = os.open(paths[name], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "wb") as file:
                numpy.save(file, given)
        yield paths
    finally:
        scratch.close()


def _existing(name: str, path: str) -> str:
    if not os.path.isfile(path) or not path.endswith(".npy"):
        raise InputError("%s: expected an array or the path of a .npy file, found %s." % (name, path))
    return os.path.abspath(path)


def _mapped_file(array: ArrayLike) -> str | None:
    """The file that an array is the whole content of, if the program can read it; else None."""
    if not isinstance(array, numpy.memmap) or array.mode == "c" or array.ndim != 2 or 0 in array.shape:
        return None
    # An array that NumPy computed from a mapped one has its attributes, but owns its memory.
    if array.filename is None or not isinstance(array.base, mmap.mmap) or array.dtype.str != "<f4" or not array.flags.c_contiguous:
        return None
    with open(array.filename, "rb") as file:
        try:
            version = numpy.lib.format.read_magic(file)
            read = {(1, 0): numpy.lib.format.read_array_header_1_0, (2, 0): numpy.lib.format.read_array_header_2_0}.get(version)
            header = None if read is None else read(file)
        except ValueError:
            return None
        whole = header == (array.shape, False, array.dtype) and file.tell() == array.offset
    return os.path.abspath(array.filename) if whole else None


def vectors(name: str, array: ArrayLike) -> numpy.ndarray:
    """Returns an array of vectors as float32, one per row."""
    if isinstance(array, numpy.ma.MaskedArray):
        raise InputError("%s: expected an array without a mask, which vectors cannot have. Pass its rows without masked numbers." % name)
    given = numpy.asarray(array)
    if given.ndim == 2 and 0 in given.shape:
        raise InputError("%s: expected at least one vector of at least one dimension, found shape %s." % (name, given.shape))
    if given.ndim != 2 or given.dtype.kind not in "fiub":
        one = " Pass %s[None, :]." % name if given.ndim == 1 and given.dtype.kind in "fiub" else ""
        raise InputError("%s: expected an array of numbers with one vector per row, found %s of shape %s.%s" % (name, given.dtype, given.shape, one))
    # Numbers that are too large become infinite, which is refused later.
    with numpy.errstate(over="ignore"):
        return numpy.ascontiguousarray(given, dtype=numpy.float32)


def _require_finite(name: str, given: numpy.ndarray) -> None:
    for first in range(0, len(given), _BLOCK):
        wrong = ~numpy.isfinite(given[first : first + _BLOCK])
        if wrong.any():
            row, column = (int(place) for place in numpy.argwhere(wrong)[0])
            raise InputError(
                "%s: expected finite float32 numbers, found %s in row %d, column %d (counted from 0)." % (name, given[first + row, column], first + row, column)
            )


def run(words: Sequence[str], paths: Mapping[str, str], quiet: bool) -> str:
    """Runs a command, with its progress on `sys.stderr`, and returns what it printed.

    In messages, the name of an array replaces the path of its file, and arguments replace options.
    """
    launcher, environment = command()
    said: collections.deque[str] = collections.deque(maxlen=100)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        with subprocess.Popen(
            ["/bin/sh", str(launcher), *words],
            # It ends with this process, whose end closes the pipe, even if this process is killed.
            env={**environment, "LINFHASH_END_WITH_STDIN": "1"},
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process, contextlib.closing(Progress(words[0], quiet)) as progress:
            try:
                for line in process.stderr or ():
                    for name, path in paths.items():
                        line = line.replace(path, name)
                    said.append(line.rstrip("\n"))
                    if not said[-1].startswith(_PREFIX):
                        progress.show(said[-1])
                code = process.wait()
            except BaseException:
                process.terminate()
                raise
        out.seek(0)
        printed = out.read()
    if code == 0:
        return printed
    sentences = [line[len(_PREFIX) :] for line in said if line.startswith(_PREFIX)]
    if code == _CHECK_FAILED:
        report = json.loads(printed)
        raise CheckFailedError(report["verdict"], report)
    sentences = [in_python(sentence) for sentence in sentences]
    message = sentences[-1] if sentences else "\n".join(said) or "The program ended with exit code %d." % code
    raise (InputError if code == _BAD_INPUT else ProgramFailedError)(message)


def in_python(sentence: str) -> str:
    """Returns a sentence of the program with arguments instead of options."""
    return _SWITCH.sub(_switch, _ARGUMENT.sub(_argument, sentence)).replace("--vectors", "x")


def _argument(option: re.Match[str]) -> str:
    return option[1].replace("-", "_")


def _switch(option: re.Match[str]) -> str:
    return _argument(option) + "=True"


def arguments(**values: object) -> None:
    """Checks arguments that can be checked before Java starts; those that are None are left out."""
    for name, value in values.items():
        if value is None:
            continue
        if name == "similarity":
            if value not in _SIMILARITIES:
                raise InputError("similarity: expected one of %s, found %r." % (", ".join(_SIMILARITIES), value))
            continue
        least = 0 if name in ("seed", "seeds") else 1
        numbers = [value] if isinstance(value, str) or not isinstance(value, (Sequence, numpy.ndarray)) else list(value)
        for number in numbers:
            if isinstance(number, bool) or not isinstance(number, (int, numpy.integer)) or number < least:
                raise InputError("%s: expected whole numbers from %d on, found %r." % (name, least, number))


def options(**values: object) -> list[str]:
    """Returns the options of a command; those that are None are left out, and sequences are joined by commas."""
    words = []
    for name, value in values.items():
        if value is None:
            continue
        if not isinstance(value, str) and isinstance(value, (Sequence, numpy.ndarray)):
            value = ",".join(map(str, value))
        words.append("--%s=%s" % (name.replace("_", "-"), value))
    return words
