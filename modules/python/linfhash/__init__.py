"""Advice on compact codes for embeddings, and search by them.

    import linfhash
    advice = linfhash.advise(x, queries=q)         # NumPy arrays, one vector per row
    index = linfhash.quantize(x, advice.best)
    ids, scores = index.search(q, 10, rescore=x)

Two functions run the program linfhash, which this package contains together with a Java runtime: `advise` measures quantizers on
your vectors, and `quantize` fits one. An `Index` encodes and searches with NumPy alone. `watch` gives the recall of any running index an
interval, with NumPy alone, too.
"""

import importlib.metadata

from .advice import TARGETS, Advice, advise
from .errors import CheckFailedError, InputError, LinfhashError, ProgramFailedError, ProgramMissingError
from .index import Index, quantize
from .watching import Watch, watch

try:
    __version__ = importlib.metadata.version("linfhash")
except importlib.metadata.PackageNotFoundError:
    # In a checkout.
    __version__ = "0.1.0.dev0"

__all__ = [
    "TARGETS",
    "Advice",
    "CheckFailedError",
    "Index",
    "InputError",
    "LinfhashError",
    "ProgramFailedError",
    "ProgramMissingError",
    "Watch",
    "__version__",
    "advise",
    "quantize",
    "watch",
]
