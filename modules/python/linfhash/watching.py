"""The recall of a running index, with an interval that may be looked at at any time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
from numpy.typing import ArrayLike

from .errors import InputError

# The shares that are bet, in equal parts, as in MeanSequence.java.
_BETS = 0.5 ** numpy.arange(8)
_HALVINGS = 60
_LEVEL = 0.05
_MOST = 1e100

Search = Callable[[numpy.ndarray], Any]


def watch(
    search: Search,
    exact: Search,
    queries: ArrayLike,
    *,
    k: int = 10,
    target: float = 0.95,
    look: int = 50,
    looks: int = 1,
    seed: int = 0,
) -> Watch:
    """Watches the recall@k of an index, and returns the confidence sequence after `looks` looks; `Watch.look` continues it.

    `search` and `exact` take query vectors, one per row, and return k ids for each: those that the index finds, and those of an exact
    scan. A look draws `look` of the `queries` at random, with replacement.

    Of rows that are equally far, such as copies, an index may find other ones than the scan, which counts as a miss. Where there are
    such rows, `exact` returns a pair, (ids, distances), of more than k rows for each query: each row as near as the k-th is a hit.
    """
    given = numpy.asarray(queries)
    if given.ndim != 2 or len(given) == 0:
        raise InputError("queries: expected an array of vectors, one per row, found one of shape %s." % (given.shape,))
    if not 0 < target < 1:
        raise InputError("target: expected a number between 0 and 1, found %s." % target)
    if min(k, look, looks) < 1:
        raise InputError("k, look and looks: expected at least 1, found %d, %d and %d." % (k, look, looks))
    watched = Watch(search, exact, given, k, target, look, seed)
    for _ in range(looks):
        watched.look()
    return watched


class Watch:
    """A confidence sequence of the mean recall.

    `low` and `high` contain the mean of the recalls at all looks together, with a probability of 95%. `alarm` is whether the recall is
    below the target; over all looks, a false alarm has a probability of at most 5%. `recall` is the mean of the last look, `mean` that of
    all, `count` the number of queries, and `history` has a tuple (mean of the look, low, high) for each look.
    """

    def __init__(self, search: Search, exact: Search, queries: numpy.ndarray, k: int, target: float, look: int, seed: int):
        self._search, self._exact, self._queries = search, exact, queries
        self._k, self._look = k, look
        self._random = numpy.random.default_rng(seed)
        self._recalls = numpy.empty(0)
        self._capitals = numpy.zeros(len(_BETS))
        self.target = target
        self.alarm = False
        self.recall = self.mean = self.low = 0.0
        self.high = 1.0
        self.history: list[tuple[float, float, float]] = []

    @property
    def count(self) -> int:
        """How many queries were searched."""
        return len(self._recalls)

    def __repr__(self) -> str:
        return "<Watch: recall %.4f, %.4f to %.4f, %d queries%s>" % (self.mean, self.low, self.high, self.count, ", ALARM" * self.alarm)

    def look(self) -> Watch:
        """Searches more queries, and returns this watch."""
        some = self._queries[self._random.integers(0, len(self._queries), self._look)]
        found, scan = list(self._search(some)), self._exact(some)
        pair = isinstance(scan, tuple) and len(scan) == 2
        near = list(scan[0] if pair else scan)
        if len(found) != len(some) or len(near) != len(some):
            raise InputError("search and exact: expected ids for each of %d queries, found %d and %d." % (len(some), len(found), len(near)))
        recalls = []
        for query, (ids, truth) in enumerate(zip(found, near)):
            wanted = numpy.asarray(truth).ravel()
            count = min(self._k, len(wanted))
            if count:
                good = set(wanted[:count].tolist())
                if pair:
                    good |= set(wanted[self._ties(scan[1], query, len(wanted), count)].tolist())
                hits = good & set(numpy.asarray(ids).ravel()[: self._k].tolist())
                recalls.append(min(1.0, len(hits) / count))
        if not recalls:
            raise InputError("exact: expected neighbors of the queries, found none.")
        self._add(numpy.asarray(recalls))
        return self

    @staticmethod
    def _ties(distances: Any, query: int, rows: int, count: int) -> numpy.ndarray:
        """Which rows of an exact scan are as far as the last of the first `count`."""
        row = numpy.asarray(list(distances)[query], dtype=numpy.float64).ravel()
        if len(row) != rows:
            raise InputError("exact: expected a distance for each of %d ids, found %d." % (rows, len(row)))
        if rows > count and row[-1] == row[count - 1]:
            raise InputError(
                "exact: expected all rows as far as neighbor %d, found %d without a farther one. Return more rows for each query." % (count, rows)
            )
        return row == row[count - 1]

    def _add(self, recalls: numpy.ndarray) -> None:
        number = len(self.history) + 1
        self._capitals += 1 / (number * (number + 1)) / len(_BETS)
        for recall in recalls:
            self._capitals = numpy.minimum(_MOST, self._capitals * (1 - _BETS * (recall - self.target) / (1 - self.target)))
        self.alarm = self.alarm or bool(self._capitals.sum() + 1 / (number + 1) >= 1 / _LEVEL)
        self._recalls = numpy.concatenate([self._recalls, recalls])
        self.recall, self.mean = float(recalls.mean()), float(self._recalls.mean())
        self.low, self.high = interval(self._recalls)
        self.history.append((self.recall, self.low, self.high))


def interval(numbers: ArrayLike, level: float = _LEVEL) -> tuple[float, float]:
    """Returns the ends of the confidence sequence of the mean of numbers from 0 to 1.

    Hedged capital with diversified bets (Waudby-Smith and Ramdas, JRSS B 86(1), 2024, sections 4.4 and B.4).
    """
    seen = numpy.asarray(numbers, dtype=numpy.float64)
    if seen.ndim != 1 or len(seen) == 0 or not ((seen >= 0) & (seen <= 1)).all():
        raise InputError("numbers: expected a list of numbers from 0 to 1, found another one or none.")
    return _lower(seen, level / 2), 1 - _lower(1 - seen, level / 2)


def _lower(numbers: numpy.ndarray, level: float) -> float:
    values, counts = numpy.unique(numbers, return_counts=True)
    low, high = 0.0, float(numpy.average(values, weights=counts))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle > 0 and _capital(values, counts, middle) >= -numpy.log(level):
            low = middle
        else:
            high = middle
    return low


def _capital(values: numpy.ndarray, counts: numpy.ndarray, mean: float) -> float:
    with numpy.errstate(divide="ignore"):
        logarithms = (counts * numpy.log1p(_BETS[:, None] * (values / mean - 1))).sum(axis=1)
    most = logarithms.max()
    return most + numpy.log(numpy.exp(logarithms - most).mean())
