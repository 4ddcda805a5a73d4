#!/usr/bin/env python3
"""Second implementations of quantizers, from the formulas of papers and of engines, without linfhash.

  ci/second-implementations.py           prints estimates of small cases
  ci/second-implementations.py --write   replaces the cases that the tests Second*Test and EngineCodesTest compare with linfhash
  ci/second-implementations.py --check   exits with 1 if the stored cases differ by more than 1e-6

Needs NumPy and SciPy. Vectors are decoded, and the distances to decoded vectors are computed as a reader of a paper would; linfhash looks them up in
tables. A line is the name of a case, then its numbers.
"""

import functools
import itertools
import pathlib
import sys

import numpy as np
from scipy import integrate, special

CASES = pathlib.Path(__file__).resolve().parent.parent / (
    "modules/quantizers/src/test/resources/io/github/linfhash/quantizers/second-implementations.csv")
SIMILARITIES = ["cosine", "dot", "euclidean"]
DIMENSION = 8
# All coordinates, and fewer than a vector has.
KEPT = [8, 5]
# Up to so many vectors of a grid are tried.
MOST_VECTORS = 2**16
# In standard deviations, half of the grid from which Lucene's OptimizedScalarQuantizer sets out, by bits.
HALF_WIDTHS = {1: 0.798, 2: 1.493, 4: 2.514, 7: 3.611, 8: 3.922}
# More dimensions, for which RaBitQ does not try all scales.
WIDE = 128


def prepared(vectors, similarity):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True) if similarity == "cosine" else vectors


def values_of(d, bits):
    """The 2^B values of the least mean squared error for a coordinate of a random direction in d dimensions (arXiv:2504.19874, equation 4)."""
    def density(x):
        return (1 - x * x) ** ((d - 3) / 2)

    values = np.linspace(-1, 1, 2 * 2**bits + 1)[1::2] / np.sqrt(d)
    for _ in range(5000):
        borders = np.concatenate([[-1], (values[1:] + values[:-1]) / 2, [1]])
        means = np.array([integrate.quad(lambda x: x * density(x), a, b)[0] / integrate.quad(density, a, b)[0]
                          for a, b in itertools.pairwise(borders)])
        moved = np.abs(means - values).max()
        values = means
        if moved < 1e-10:
            return values
    raise SystemExit("second-implementations: the values did not converge")


def turboquant(database, queries, similarity, rotation, projection, bits, centered, renormalized, unbiased, orthogonal, term_bits=32):
    """Distances of queries (rows) to codes (columns), up to what all codes of a query share; inner products are negated."""
    center = database.mean(axis=0) if centered else np.zeros(database.shape[1])
    rotated = (database - center) @ rotation.T
    norms = np.linalg.norm(rotated, axis=1, keepdims=True)
    units = rotated / norms
    values = values_of(rotation.shape[0], bits)
    nearest = values[np.abs(units[:, :, None] - values).argmin(axis=2)]
    decoded = stored(norms / (np.linalg.norm(nearest, axis=1, keepdims=True) if renormalized else 1), term_bits) * nearest
    # Of centered vectors of length 1, the distance to the decoded vector; else, the inner product as published.
    product = similarity == "dot" or (similarity == "cosine" and not centered)
    asked = (queries if product else queries - center) @ rotation.T
    estimates = asked @ decoded.T
    if unbiased:
        kept = rotation.shape[0]
        mean_magnitude = special.gamma(kept / 2) / (np.sqrt(np.pi) * special.gamma((kept + 1) / 2))
        scale = 1 / (kept * mean_magnitude) if orthogonal else np.sqrt(np.pi / 2) / kept
        left = units - nearest
        signs = np.where(left @ projection.T > 0, 1, -1)
        estimates = estimates + scale * (asked @ projection.T) @ (norms * np.linalg.norm(left, axis=1, keepdims=True) * signs).T
        if not product:
            return norms.T**2 - 2 * estimates
    if product:
        return -estimates - (queries @ center)[:, None]
    return ((asked[:, None, :] - decoded) ** 2).sum(axis=2) - (asked**2).sum(axis=1, keepdims=True)


def signs(database, queries, rotation, centered, hamming):
    """Bits in which codes differ; or, of full-precision queries, less the sum of the values whose bits are 1."""
    center = database.mean(axis=0) if centered else np.zeros(database.shape[1])
    codes = (database - center) @ rotation.T > 0
    asked = (queries - center) @ rotation.T
    return ((asked > 0)[:, None, :] != codes).sum(axis=2) if hamming else -(asked @ codes.T)


def stored(numbers, term_bits):
    """Numbers beside a code, as float16 or float32."""
    return numbers.astype({16: np.float16, 32: np.float32}[term_bits]).astype(np.float64)


@functools.cache
def every_grid_vector(most, d):
    grid = np.indices((most,) * d).reshape(d, -1).T + 0.5
    return grid, np.linalg.norm(grid, axis=1)


def grid_vectors(magnitudes, bits):
    """All vectors of 2^(B-1) positive values a coordinate and their norms, if these are few; else the roundings of the magnitudes at all scales."""
    most = 2 ** (bits - 1)
    if 1 < most and most**magnitudes.size <= MOST_VECTORS:
        return every_grid_vector(most, magnitudes.size)
    # Nothing moves between two scales at which a coordinate does.
    scales = np.sort((np.arange(most)[:, None] / magnitudes).ravel())
    between = np.append((scales[1:] + scales[:-1]) / 2, scales[-1] + 1)
    grid = np.minimum(np.floor(np.outer(between, magnitudes)), most - 1) + 0.5
    return grid, np.linalg.norm(grid, axis=1)


def rabitq_codes(x, bits):
    """The vectors of odd halves in the nearest directions (SIGMOD 2024; with several bits, SIGMOD 2025), found by brute force."""
    codes = []
    for row in x:
        grid, norms = grid_vectors(np.abs(row), bits)
        codes.append(np.where(row > 0, 1, -1) * grid[(grid @ np.abs(row) / norms).argmax()])
    return np.array(codes)


def rabitq(database, queries, similarity, rotation, bits, query_bits, term_bits=32):
    """Distances of queries to codes; |x|^2 y / (x, y) stands for the rotated x = o - c, so that what is left of x is orthogonal to y."""
    center = database.mean(axis=0)
    x, asked = (database - center) @ rotation.T, (queries - center) @ rotation.T
    codes = rabitq_codes(x, bits)
    decoded = stored((x**2).sum(axis=1) / (x * codes).sum(axis=1), term_bits)[:, None] * codes
    if query_bits > 0:
        asked = rounded(asked, asked.min(axis=1, keepdims=True), asked.max(axis=1, keepdims=True), 2**query_bits - 1)
    return with_terms(database, center, asked @ decoded.T, similarity, term_bits)


def with_terms(database, center, products, similarity, term_bits):
    """Distances from the products of what queries and vectors have beyond the center."""
    if similarity == "dot":
        return stored(-database @ center, term_bits) - products
    return stored(((database - center) ** 2).sum(axis=1), term_bits) - 2 * products


def osq_grids(x, bits):
    """The ends of a grid for each vector, and its numbers: Lucene 10's OptimizedScalarQuantizer, each step as a problem of least squares."""
    # Of an error e, the part along x counts nine times as much as all of it.
    along, all_of_it = 0.9, 0.1

    def numbers(row, low, high):
        return np.floor((np.clip(row, low, high) - low) / (high - low) * (2**bits - 1) + 0.5)

    def loss(row, low, high):
        error = row - low - (high - low) / (2**bits - 1) * numbers(row, low, high)
        return along * (row @ error) ** 2 / (row @ row) + all_of_it * error @ error

    ends = []
    for row in x:
        found = np.clip(row.mean() + HALF_WIDTHS[bits] * row.std() * np.array([-1, 1]), row.min(), row.max())
        for _ in range(5):
            share = numbers(row, *found) / (2**bits - 1)
            parts = np.stack([1 - share, share], axis=1)
            weights = np.vstack([np.sqrt(all_of_it) * np.eye(row.size), np.sqrt(along) * row / np.linalg.norm(row)])
            better = np.linalg.lstsq(weights @ parts, weights @ row)[0]
            if loss(row, *better) >= loss(row, *found):
                break
            found = better
        ends.append(found)
    low, high = np.array(ends).T[:, :, None]
    return low, high, np.array([numbers(*one) for one in zip(x, low, high)])


def osq_decoded(x, bits, term_bits):
    """Vectors rounded to the grids whose ends are stored."""
    low, high = (stored(ends, term_bits) for ends in osq_grids(x, bits)[:2])
    return rounded(x, low, high, 2**bits - 1)


def osq(database, queries, similarity, rotation, bits, query_bits, term_bits=32):
    """Distances of queries to codes, both about the mean and decoded; queries of 0 bits stay as they are."""
    center = database.mean(axis=0)
    x, asked = (database - center) @ rotation.T, (queries - center) @ rotation.T
    if query_bits > 0:
        asked = osq_decoded(asked, query_bits, 32)
    return with_terms(database, center, asked @ osq_decoded(x, bits, term_bits).T, similarity, term_bits)


def rounded(vectors, low, high, steps):
    """The values of a grid of so many steps for each vector (row), clipped."""
    step = (high - low) / steps
    return low + step * np.floor((np.clip(vectors, low, high) - low) / step + 0.5)


def rq(database, queries, similarity, rotation, bits):
    """Weaviate at adcffc5: rotational_quantization.go, rq4.go, binary_rotational_quantization.go without random rounding."""
    rotated, asked = database @ rotation.T, queries @ rotation.T
    low, high = (extreme(rotated, axis=1, keepdims=True) for extreme in (np.min, np.max))
    if bits == 8:
        decoded = rounded(rotated, low, high, 255)
    elif bits == 4:
        grids = [rounded(rotated, share * low, share * high, 15) for share in (1, 0.6, 0.7, 0.8, 0.9)]
        products = np.array([[(grid * rotated).sum(axis=1), (grid * grid).sum(axis=1)] for grid in grids])
        best = (products[:, 0] ** 2 / products[:, 1]).argmax(axis=0)
        rows = np.arange(len(rotated))
        decoded = np.array(grids)[best, rows] * (products[best, 0, rows] / products[best, 1, rows])[:, None]
    else:
        decoded = np.sign(rotated) * (rotated**2).sum(axis=1, keepdims=True) / np.abs(rotated).sum(axis=1, keepdims=True)
    most = np.abs(asked).max(axis=1, keepdims=True)
    asked = rounded(asked, -most, most, 31) if bits == 1 else rounded(asked, asked.min(axis=1, keepdims=True), asked.max(axis=1, keepdims=True), 255)
    return ranked(database, asked @ decoded.T, similarity)


def ranked(database, products, similarity):
    return -products if similarity == "dot" else (database**2).sum(axis=1) - 2 * products


def turbo(database, queries, similarity, rotation, positive):
    """Qdrant 1.19: lib/quantization/src/turboquant, with exact quantiles and queries at full precision."""
    values = np.array([-value for value in reversed(positive)] + positive)
    rotated = database @ rotation.T
    norms = np.linalg.norm(rotated, axis=1, keepdims=True)
    scaled = rotated * np.sqrt(rotated.shape[1]) / norms
    share = special.ndtr(values[-1])
    low, high = np.quantile(scaled, [1 - share, share], axis=0)
    shift, scale = -(low + high) / 2, 2 * values[-1] / (high - low)
    codes = np.abs(((scaled + shift) * scale)[:, :, None] - values).argmin(axis=2)
    decoded = values[codes] / scale - shift
    decoded = norms * decoded / np.linalg.norm(decoded, axis=1, keepdims=True)
    return ranked(database, (queries @ rotation.T) @ decoded.T, similarity)


def sigma(database, queries, encoding, query_bits):
    """Qdrant 1.19: lib/quantization/src/encoded_vectors_binary.rs, its number of bits or less the sum of a query over the bits that are 1."""
    scores = lambda vectors: (vectors - database.mean(axis=0)) / database.std(axis=0, ddof=1)
    def joined(first, second):
        shared = np.maximum(second[:, 0::2], second[:, 1::2])
        return np.hstack([first, {"one_bit": second[:, :0], "one_and_half_bits": shared, "two_bits": second}[encoding]])
    def code(vectors):
        return vectors > 0 if encoding == "one_bit" else joined(scores(vectors) > -2 / 3, scores(vectors) >= 2 / 3)
    codes = code(database)
    if query_bits == 1:
        return (code(queries)[:, None, :] != codes).sum(axis=2)
    # In float32, as there: one of the coordinates lies between two numbers.
    asked = joined(queries, queries).astype(np.float32)
    most, steps = np.abs(asked).max(axis=1, keepdims=True), 2**query_bits - 1
    return -((2 * np.floor((asked + most) / (2 * most / np.float32(steps)) + 0.5) - steps) @ codes.T)


def quantiles(database, queries, similarity):
    """Lucene 9.9: ScalarQuantizer and ScalarQuantizedVectorSimilarity with 7 bits, with the quantiles of all coordinates."""
    everything = np.sort(database.ravel())
    left = int(everything.size / (2 * (DIMENSION + 1)))
    low, high = everything[left], everything[-1 - left]
    stored, asked = rounded(database, low, high, 127), rounded(queries, low, high, 127)
    if similarity == "euclidean":
        return (stored**2).sum(axis=1) - 2 * asked @ stored.T
    # The corrections are those of (x - low) (y - low) in the codes, without what depends on the query alone.
    corrections = (low * (database - low / 2) + ((database - low) - (stored - low)) * (stored - low)).sum(axis=1)
    return -((asked - low) @ (stored - low).T + corrections) - (low * (asked - low / 2)).sum(axis=1, keepdims=True)


def engine_cases(given, similarity, rotations):
    for bits in [8, 4, 1]:
        yield f"rq {similarity} {bits}", rq(*given, similarity, rotations[64], bits)
    four = [0.1284, 0.3881, 0.6568, 0.9424, 1.256, 1.618, 2.069, 2.733]
    for bits, width, positive in [("bits4", 8, four), ("bits2", 8, [0.4528, 1.510]), ("bits1_5", 16, [0.7978846]), ("bits1", 8, [0.7978846])]:
        yield f"turbo {similarity} {bits} {width}", turbo(*given, similarity, rotations[width], positive)
    for encoding, query_bits in itertools.product(["one_bit", "one_and_half_bits", "two_bits"], [1, 4, 8]):
        yield f"sigma {similarity} {encoding} {query_bits}", sigma(*given, encoding, query_bits)
    yield f"quantiles {similarity}", quantiles(*given, similarity)


def rabitq_cases(given, similarity, rotations, kept):
    center = given[0].mean(axis=0)
    x = (given[0] - center) @ rotations[kept].T
    for bits in [1, 2, 3, 4, 8]:
        yield f"rabitq-codes {similarity} {kept} {bits}", rabitq_codes(x, bits) + (2**bits - 1) / 2
        for query_bits, term_bits in itertools.product([0, 4], [32, 16]):
            yield f"rabitq {similarity} {kept} {bits} {query_bits} {term_bits}", rabitq(
                *given, similarity, rotations[kept], bits, query_bits, term_bits)


def osq_cases(given, similarity, rotations):
    """Grids and codes of the coordinates as they are; estimates of rotated ones, too."""
    for bits in [1, 2, 4, 7, 8]:
        low, high, numbers = osq_grids(given[0] - given[0].mean(axis=0), bits)
        yield f"osq-codes {similarity} {DIMENSION} {bits}", numbers
        yield f"osq-ends {similarity} {DIMENSION} {bits}", np.hstack([low, high])
        for kept, query_bits, term_bits in itertools.product([0, *KEPT], [max(4, bits), 0], [32, 16]):
            rotation = rotations[kept] if kept else np.eye(DIMENSION)
            yield f"osq {similarity} {kept} {bits} {query_bits} {term_bits}", osq(*given, similarity, rotation, bits, query_bits, term_bits)


def wide_cases():
    random = np.random.default_rng(12)
    database, queries = (random.standard_normal((rows, WIDE), np.float32).astype(np.float64) for rows in (8, 2))
    yield "wide database", database
    yield "wide queries", queries
    for bits, query_bits in [(1, 4), (2, 0), (4, 0), (8, 0)]:
        codes = rabitq_codes(database - database.mean(axis=0), bits)
        yield f"rabitq-wide-codes euclidean {WIDE} {bits}", codes + (2**bits - 1) / 2
        yield f"rabitq-wide euclidean {WIDE} {bits} {query_bits} 32", rabitq(database, queries, "euclidean", np.eye(WIDE), bits, query_bits)
    for bits in [1, 2, 4]:
        yield f"osq-wide-codes euclidean {WIDE} {bits}", osq_grids(database - database.mean(axis=0), bits)[2]
        yield f"osq-wide euclidean 0 {bits} 4 32", osq(database, queries, "euclidean", np.eye(WIDE), bits, 4)


def cases():
    random = np.random.default_rng(11)
    # Far from the origin, and of different norms, so that no term of an estimate can be left out.
    offset = random.standard_normal(DIMENSION)
    database = np.round(random.standard_normal((16, DIMENSION)) + offset, 2)
    queries = np.round(random.standard_normal((4, DIMENSION)) + offset, 2)
    rotation = np.linalg.qr(random.standard_normal((DIMENSION, DIMENSION)))[0]
    gaussian = random.standard_normal((DIMENSION, DIMENSION))
    orthogonal = np.linalg.qr(random.standard_normal((DIMENSION, DIMENSION)))[0]
    # The rotation of the first coordinates, as that of principal components.
    small = np.linalg.qr(random.standard_normal((5, 5)))[0]
    rotations = {8: rotation, 5: np.pad(small, ((0, 0), (0, 3)))}
    yield "database", database
    yield "queries", queries
    for kept in KEPT:
        yield f"rotation {kept}", rotations[kept]
        yield f"gaussian {kept}", gaussian[:kept, :kept]
        yield f"orthogonal {kept}", np.linalg.qr(orthogonal[:kept, :kept])[0]
    for similarity, kept, centered in itertools.product(SIMILARITIES, KEPT, [False, True]):
        given = [prepared(vectors, similarity) for vectors in (database, queries)]
        mean = "centered" if centered else "raw"
        for bits, renormalized in [(1, False), (2, False), (3, False), (4, False), (2, True), (3, True)]:
            name = "renormalized" if renormalized else "values"
            yield f"turboquant {similarity} {kept} {mean} {bits} {name}", turboquant(
                *given, similarity, rotations[kept], None, bits, centered, renormalized, False, False)
        for bits in [1, 2, 4]:
            yield f"turboquant {similarity} {kept} {mean} {bits} renormalized 16", turboquant(
                *given, similarity, rotations[kept], None, bits, centered, True, False, False, 16)
        for name, projection in [("gaussian", gaussian[:kept, :kept]), ("orthogonal", np.linalg.qr(orthogonal[:kept, :kept])[0])]:
            yield f"turboquant {similarity} {kept} {mean} 1 {name}", turboquant(
                *given, similarity, rotations[kept], projection, 1, centered, False, True, name == "orthogonal")
        for hamming in [True, False]:
            yield f"signs {similarity} {kept} {mean} {'hamming' if hamming else 'asymmetric'}", signs(
                *given, rotations[kept], centered, hamming)
    for width in (16, 64):
        rotations[width] = np.linalg.qr(random.standard_normal((width, width)))[0][:, :DIMENSION]
        yield f"rotation {width}", rotations[width]
    for similarity in SIMILARITIES:
        given = [prepared(vectors, similarity) for vectors in (database, queries)]
        yield from engine_cases(given, similarity, rotations)
        for kept in KEPT:
            yield from rabitq_cases(given, similarity, rotations, kept)
        yield from osq_cases(given, similarity, rotations)
    yield from wide_cases()


def main(arguments):
    lines = [",".join([name, *(f"{value:.9g}" for value in np.ravel(numbers))]) for name, numbers in cases()]
    if arguments == []:
        print("\n".join(lines))
        return 0
    if arguments == ["--write"]:
        CASES.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return 0
    if arguments == ["--check"]:
        stored = CASES.read_text(encoding="utf-8").splitlines()
        for line, kept in itertools.zip_longest(lines, stored, fillvalue=""):
            (name, *numbers), (other, *values) = line.split(","), kept.split(",")
            if name != other or not np.allclose(np.array(numbers, float), np.array(values, float), rtol=1e-6, atol=1e-6):
                print(f"second-implementations: the case '{name or other}' differs from {CASES.name}. Run {sys.argv[0]} --write.")
                return 1
        return 0
    print("usage: second-implementations.py [--write | --check]", file=sys.stderr)
    return 2


sys.exit(main(sys.argv[1:]))
