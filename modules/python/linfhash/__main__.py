"""Passes arguments to the program: `python -m linfhash advise --vectors x.npy`."""

from __future__ import annotations

import os
import sys

from .errors import ProgramMissingError
from .program import command


def main() -> None:
    """Replaces this process by the program."""
    try:
        launcher, environment = command()
    except ProgramMissingError as missing:
        sys.exit("linfhash: %s" % missing)
    os.execve("/bin/sh", ["/bin/sh", str(launcher), *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
