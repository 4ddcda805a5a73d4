"""Comparisons of queries with all codes.

The distance of a query to a code is `constant + term + factor * direction @ numbers`. Constant and direction are of the query; term, factor
and numbers are of the code. A scan computes lower bounds in float32 or with tables of small integers, which is fast. What is below the
k-th smallest distance is then computed in float64. So the ids do not depend on the size of a batch, nor on the BLAS.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, Optional

import numpy

from .errors import InputError

# Codes that are in memory as float32 at once, those that are looked up at once, and pairs of a query and a code.
_CODES = 4096
_LOOKED_UP = 32768
_PAIRS = 4096
# Up to so many queries, tables are faster than to unpack all codes and multiply.
_FEW = 5
# Four table entries fit into a byte.
_LEVELS = 63
_ADDED = 4
_UNIT = 2.0**-24

_Pairs = tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]


class Scan:
    """Compares queries with the codes of a quantizer, which are arrays by name."""

    def __init__(self, quantizer: Any, codes: Mapping[str, numpy.ndarray]):
        self._quantizer = quantizer
        self._codes = codes["codes"]
        self._hamming = quantizer.options.get("distance") == "hamming"
        self._books: list[numpy.ndarray] | None = None
        self._squares: list[numpy.ndarray] = []
        if quantizer.name in ("pq", "opq"):
            # Distances to centroids about their mean lose fewer digits.
            books = quantizer.arrays["codebooks"].astype(numpy.float64)
            self._mean = numpy.zeros(books.shape[1]) if quantizer.inner else books.mean(axis=0)
            starts = quantizer.arrays["starts"]
            self._books = [(books - self._mean)[:, low:high].astype(numpy.float32) for low, high in zip(starts[:-1], starts[1:])]
            squares = [(one.astype(numpy.float64) ** 2).sum(axis=1) for one in self._books]
            self._squares = [one * (not quantizer.inner) for one in squares]
            # Parts of equal sizes are looked up by one call.
            self._table = numpy.concatenate(self._books) if len({one.shape[1] for one in self._books}) == 1 else None
            # The greatest norm of numbers.
            self._largest = sum(float(one.max()) for one in squares) ** 0.5
        else:
            largest = {"int8": 127, "rabitq": ((1 << quantizer.bits) - 1) / 2}.get(quantizer.name, 1)
            self._largest = largest * quantizer.numbers**0.5
        self._term, self._factor = self._sides(codes)

    def _sides(self, codes: Mapping[str, numpy.ndarray]) -> tuple[Optional[numpy.ndarray], Optional[numpy.ndarray]]:
        """Returns a term and a factor for each code; those that are None are 0 and 1. Terms of centroids are in their tables."""
        name = self._quantizer.name
        factor = term = None
        if name == "rabitq":
            term, factor = (codes[side].astype(numpy.float64) for side in ("terms", "factors"))
        elif name == "int8":
            factor = codes["scales"].astype(numpy.float64)
            if not self._quantizer.inner:
                # Sums of squares below 2^24 are whole in float32.
                term = numpy.empty(len(self._codes))
                for block in _blocks(len(term), _CODES):
                    numbers = self._codes[block].astype(numpy.float32)
                    term[block] = numpy.einsum("ij,ij->i", numbers, numbers, dtype=numpy.float32 if numbers.shape[1] < 1040 else numpy.float64)
                term *= factor * factor
        elif self._books is not None and not self._quantizer.inner:
            term = numpy.zeros(len(self._codes))
            for block in _blocks(len(term), _LOOKED_UP):
                for number, squares in enumerate(self._squares):
                    term[block] += squares[self._number(self._codes[block], number)]
        for side in (term, factor):
            if side is not None and not numpy.isfinite(side).all():
                raise InputError("codes: expected finite numbers beside the codes, found others.")
        return term, factor

    def _number(self, codes: numpy.ndarray, number: int) -> numpy.ndarray:
        """One number of each code."""
        bits = self._quantizer.bits
        return codes[:, number * bits // 8] >> number * bits % 8 & (1 << bits) - 1

    def _numbers(self, codes: numpy.ndarray) -> numpy.ndarray:
        """The numbers of codes, or their centroids, as float32."""
        quantizer = self._quantizer
        if quantizer.name == "int8":
            return codes.astype(numpy.float32)
        if self._books is None:
            if quantizer.bits == 1:
                signs = numpy.unpackbits(codes, axis=1, count=quantizer.numbers, bitorder="little").astype(numpy.float32)
                return signs - numpy.float32(0.5) if quantizer.name == "rabitq" else signs
            bits = numpy.unpackbits(codes, axis=1, count=quantizer.numbers * quantizer.bits, bitorder="little")
            weights = (1 << numpy.arange(quantizer.bits)).astype(numpy.float32)
            numbers = bits.astype(numpy.float32).reshape(-1, quantizer.bits) @ weights
            return numbers.reshape(len(codes), -1) - numpy.float32(((1 << quantizer.bits) - 1) / 2)
        if self._table is not None:
            size = 1 << quantizer.bits
            places = numpy.empty((len(codes), quantizer.numbers), dtype=numpy.intp)
            for number in range(quantizer.numbers):
                numpy.add(self._number(codes, number), numpy.intp(number * size), out=places[:, number])
            return self._table.take(places, axis=0, mode="clip").reshape(len(codes), -1)
        return numpy.concatenate([books[self._number(codes, number)] for number, books in enumerate(self._books)], axis=1)

    def _directions(self, z: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Directions and constants of queries in the coordinates that are encoded."""
        quantizer = self._quantizer
        constants = numpy.zeros(len(z))
        if quantizer.name == "rabitq":
            return quantizer.factor * quantizer.rounded(z), constants
        if quantizer.name == "int8":
            largest = numpy.abs(z).max(axis=1, keepdims=True)
            steps = numpy.floor((z / numpy.maximum(largest, numpy.float32(1e-38)) * numpy.float32(127)).astype(numpy.float64) + 0.5)
            return (quantizer.factor * (largest / numpy.float32(127)) * steps).astype(numpy.float32), constants
        if self._books is not None:
            about = (z - self._mean).astype(numpy.float32)
            if not quantizer.inner:
                constants = (about.astype(numpy.float64) ** 2).sum(axis=1)
            return quantizer.factor * about, constants
        if self._hamming:
            own = z > 0
            return (1 - 2 * own).astype(numpy.float32), own.sum(axis=1).astype(numpy.float64)
        return -z, constants

    def nearest(self, queries: numpy.ndarray, k: int) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Returns ids and distances of the k nearest codes of each query, in ascending order; ties are in the order of ids."""
        prepared = self._quantizer.prepared(queries)
        # Products in float64 round to the same float32 in batches of any size. The bits of a query are those that it is encoded to.
        z = self._quantizer.mapped(prepared if self._hamming else prepared.astype(numpy.float64)).astype(numpy.float32)
        directions, constants = self._directions(z)
        if self._hamming and hasattr(numpy, "bitwise_count"):
            bounds: Any = self._counted(directions, max(k, _CODES))
        elif len(queries) <= _FEW and self._quantizer.name != "int8":
            ids = numpy.empty((len(queries), k), dtype=numpy.int64)
            distances = numpy.empty(ids.shape)
            for number in range(len(queries)):
                own = slice(number, number + 1)
                best = _Best(1, k)
                self._fill(best, self._looked_up(directions[number], max(k, _LOOKED_UP), best), directions[own])
                ids[number], distances[number] = best.ids, best.distances
            return ids, distances + constants[:, None]
        else:
            bounds = self._multiplied(directions, max(k, _CODES))
        best = _Best(len(queries), k)
        self._fill(best, bounds, directions)
        return best.ids, best.distances + constants[:, None]

    def _fill(self, best: _Best, bounds: Iterator[tuple[int, numpy.ndarray]], directions: numpy.ndarray) -> None:
        """Adds all codes, given lower bounds of distances for the codes from an id on, without constants."""
        for first, lower in bounds:
            if self._hamming:
                best.add_exact(first, lower)
            else:
                best.add(first, lower, lambda rows, ids: self._distances(directions, rows, ids))
        best.merge()

    def _distances(self, directions: numpy.ndarray, rows: numpy.ndarray, ids: numpy.ndarray) -> numpy.ndarray:
        """Distances of pairs of queries and codes, without constants."""
        found = numpy.empty(len(rows))
        for block in _blocks(len(rows), _PAIRS):
            some = ids[block]
            numbers = self._numbers(self._codes[some])
            found[block] = numpy.multiply(directions[rows[block]], numbers, dtype=numpy.float64).sum(axis=1)
            if self._factor is not None:
                found[block] *= self._factor[some]
            if self._term is not None:
                found[block] += self._term[some]
        return found

    def _counted(self, directions: numpy.ndarray, block_size: int) -> Iterator[tuple[int, numpy.ndarray]]:
        """Hamming distances by counts of bits, less the constants of queries."""
        own = numpy.packbits(directions < 0, axis=1, bitorder="little")
        constants = (directions < 0).sum(axis=1)
        width = -(-own.shape[1] // 8)
        words = _words(own, width)
        for block in _blocks(len(self._codes), block_size):
            columns = numpy.ascontiguousarray(_words(self._codes[block], width).T)
            counts = numpy.empty((len(own), columns.shape[1]), dtype=numpy.int32)
            differing, ones = numpy.empty_like(columns[0]), numpy.empty(columns.shape[1], dtype=numpy.uint8)
            for row, word in zip(counts, words):
                row[:] = 0
                for column, part in zip(columns, word):
                    numpy.bitwise_xor(column, part, out=differing)
                    row += numpy.bitwise_count(differing, out=ones)
            yield block.start, counts - constants[:, None]

    def _multiplied(self, directions: numpy.ndarray, block_size: int) -> Iterator[tuple[int, numpy.ndarray]]:
        """Lower bounds by products of matrices."""
        # A sum of n products in any order is wrong by n units at most, relative to the product of norms.
        width = directions.shape[1]
        norm = numpy.sqrt((directions.astype(numpy.float64) ** 2).sum(axis=1).max()) * self._largest
        slack = 0.0 if self._hamming else 1.1 * (width + 4) * _UNIT * norm
        for block in _blocks(len(self._codes), block_size):
            lower = directions @ self._numbers(self._codes[block]).T
            if self._factor is not None:
                lower *= self._factor[block].astype(numpy.float32)
            if not self._hamming:
                lower += self._lowered(block, slack)
            yield block.start, lower

    def _lowered(self, block: slice, slack: float) -> numpy.ndarray:
        """Terms as float32, less what rounding may add to a distance whose product is wrong by the slack."""
        size = block.stop - block.start
        term = numpy.zeros(size) if self._term is None else self._term[block]
        factor = numpy.ones(size) if self._factor is None else numpy.abs(self._factor[block])
        return (term - factor * slack - 8 * _UNIT * numpy.abs(term)).astype(numpy.float32)

    def _looked_up(self, direction: numpy.ndarray, block_size: int, best: _Best) -> Iterator[tuple[int, numpy.ndarray]]:
        """Lower bounds for one query by tables: each byte of a code has a small whole number."""
        tables = self._tables(direction.astype(numpy.float64))
        least = tables.min(axis=1, keepdims=True)
        step = max(float((tables - least).max()), 1e-300) / _LEVELS
        if self._hamming:
            step = 1.0
        small = numpy.floor((tables - least) / step).astype(numpy.uint8)
        entries = [one.tobytes() for one in small]
        slack = 0.0 if self._hamming else 1e-12 * float(numpy.abs(tables).max(axis=1).sum())
        base = float(least.sum()) - slack
        span = len(entries) * step + 2 * slack
        folded = self._books is not None
        for block in _blocks(len(self._codes), block_size):
            columns = self._columns[:, block]
            sums: numpy.ndarray = numpy.zeros(columns.shape[1], dtype=numpy.uint16 if len(entries) * _LEVELS < 65536 else numpy.uint32)
            half = len(entries) // 2 // _ADDED * _ADDED
            _add_entries(sums, columns, entries, 0, half)
            if folded and best.full:
                # The rest of a sum is at least 0, so that many codes need not be looked up further.
                near = numpy.flatnonzero(sums <= (best.bounds[0] - base) / step + 1)
                if 8 * len(near) < len(sums):
                    rest: numpy.ndarray = sums[near]
                    for column, entry in zip(columns[half:], small[half:]):
                        rest += entry[column[near]]
                    few = numpy.full((1, len(sums)), numpy.inf, dtype=numpy.float32)
                    few[0, near] = _down(base + step * rest)
                    yield block.start, few
                    continue
            _add_entries(sums, columns, entries, half, len(entries))
            lower = base + step * sums
            if not folded:
                # Between the bound and the bound plus the span, for factors of either sign.
                if self._factor is not None:
                    factor = self._factor[block]
                    lower = factor * (lower + span / 2) - numpy.abs(factor) * span / 2
                if self._term is not None:
                    lower = lower + self._term[block]
            yield block.start, (lower if self._hamming else _down(lower))[None]

    @functools.cached_property
    def _columns(self) -> numpy.ndarray:
        """A copy of the codes, bytes x codes."""
        columns = numpy.empty(self._codes.shape[::-1], dtype=numpy.uint8)
        for block in _blocks(len(self._codes), _CODES):
            columns[:, block] = self._codes[block].T
        return columns

    def _tables(self, direction: numpy.ndarray) -> numpy.ndarray:
        """What each byte of a code adds to the product, for centroids with their terms: bytes x 256."""
        width = self._codes.shape[1]
        bits = self._quantizer.bits
        values = numpy.arange(256)
        if self._books is not None:
            tables = numpy.zeros((width, 256))
            start = 0
            for number, books in enumerate(self._books):
                part = direction[start : start + books.shape[1]]
                start += len(part)
                tables[number * bits // 8] += (books @ part + self._squares[number])[values >> number * bits % 8 & (1 << bits) - 1]
            return tables
        weights = numpy.zeros(8 * width)
        weights[: len(direction) * bits] = (direction[:, None] * (1 << numpy.arange(bits))).ravel()
        tables = weights.reshape(width, 8) @ (values >> numpy.arange(8)[:, None] & 1)
        if self._quantizer.name == "rabitq":
            tables[0] -= direction.sum() * ((1 << bits) - 1) / 2
        return tables


class _Best:
    """The nearest codes of queries until now. Codes are added in the order of their ids."""

    def __init__(self, queries: int, k: int):
        self._k = k
        self.ids: numpy.ndarray = numpy.empty((queries, 0), dtype=numpy.int64)
        self.distances: numpy.ndarray = numpy.empty((queries, 0))
        self.bounds: numpy.ndarray = numpy.full(queries, numpy.inf)
        self._pending: list[_Pairs] = []
        self._count = 0

    @property
    def full(self) -> bool:
        return self.ids.shape[1] == self._k

    def add_exact(self, first: int, distances: numpy.ndarray) -> None:
        if self.full:
            rows, places = _places(distances < self.bounds[:, None].astype(distances.dtype))
        else:
            places = smallest(distances, min(self._k, distances.shape[1]))
            rows, places = numpy.repeat(numpy.arange(len(places)), places.shape[1]), places.ravel()
        self._append(rows, places + first, distances[rows, places].astype(numpy.float64))

    def add(self, first: int, lower: numpy.ndarray, exact: Any) -> None:
        if not self.full:
            # The first block has k codes. Those with the least lower bounds give a bound of all.
            places = numpy.argpartition(lower, self._k - 1, axis=1)[:, : self._k]
            rows = numpy.repeat(numpy.arange(len(places)), self._k)
            bounds = exact(rows, places.ravel() + first).reshape(places.shape).max(axis=1)
            rows, places = _places(lower <= _up(bounds)[:, None])
        else:
            # A later code with an equal distance is no nearer.
            rows, places = _places(lower < _up(self.bounds)[:, None])
        ids = places + first
        distances = exact(rows, ids)
        near = distances < self.bounds[rows]
        self._append(rows[near], ids[near], distances[near])

    def _append(self, rows: numpy.ndarray, ids: numpy.ndarray, distances: numpy.ndarray) -> None:
        self._pending.append((rows, ids, distances))
        self._count += len(rows)
        if not self.full or 2 * self._count > self.ids.size:
            self.merge()

    def merge(self) -> None:
        queries, known = self.ids.shape
        old = (numpy.repeat(numpy.arange(queries), known), self.ids.ravel(), self.distances.ravel())
        rows, ids, distances = (numpy.concatenate(some) for some in zip(old, *self._pending))
        order = numpy.lexsort((ids, distances, rows))
        starts = numpy.searchsorted(rows[order], numpy.arange(queries))
        chosen = order[(starts[:, None] + numpy.arange(self._k)).ravel()]
        self.ids, self.distances = (some[chosen].reshape(queries, self._k) for some in (ids, distances))
        self.bounds = self.distances[:, -1]
        self._pending, self._count = [], 0


def smallest(values: numpy.ndarray, k: int) -> numpy.ndarray:
    """Returns the places of the k smallest values of each row, in ascending order; ties keep the order of places."""
    bounds = numpy.partition(values, k - 1, axis=1)[:, k - 1]
    places = numpy.empty((len(values), k), dtype=numpy.int64)
    for number, (row, bound) in enumerate(zip(values, bounds)):
        near = numpy.flatnonzero(row <= bound)
        places[number] = near[numpy.argsort(row[near], kind="stable")[:k]]
    return places


def _add_entries(sums: numpy.ndarray, columns: numpy.ndarray, entries: list[bytes], first: int, last: int) -> None:
    for start in range(first, last, _ADDED):
        added = numpy.zeros(len(sums), dtype=numpy.uint8)
        for place in range(start, min(last, start + _ADDED)):
            # The quickest look-up of bytes.
            added += numpy.frombuffer(columns[place].tobytes().translate(entries[place]), dtype=numpy.uint8)
        sums += added


def _blocks(count: int, size: int) -> Iterator[slice]:
    return (slice(first, min(count, first + size)) for first in range(0, count, size))


def _places(chosen: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    flat = numpy.flatnonzero(chosen)
    return flat // chosen.shape[1], flat % chosen.shape[1]


def _words(codes: numpy.ndarray, width: int) -> numpy.ndarray:
    """Codes as whole numbers of 64 bits."""
    if codes.shape[1] == 8 * width:
        return numpy.ascontiguousarray(codes).view(numpy.uint64)
    padded = numpy.zeros((len(codes), 8 * width), dtype=numpy.uint8)
    padded[:, : codes.shape[1]] = codes
    return padded.view(numpy.uint64)


def _down(values: numpy.ndarray) -> numpy.ndarray:
    """Values as float32 that are no greater."""
    return numpy.nextafter(values.astype(numpy.float32), numpy.float32(-numpy.inf))


def _up(values: numpy.ndarray) -> numpy.ndarray:
    return numpy.nextafter(values.astype(numpy.float32), numpy.float32(numpy.inf))
