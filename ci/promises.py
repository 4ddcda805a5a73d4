"""Repeats what docs/python.md promises of advice: the recall of other queries lies in the interval.

    PYTHONPATH=modules/python LINFHASH_HOME=. python3 ci/promises.py [--quick]

Half of the queries of a set go to `advise`. The other half is searched by the codes of its answer, and compared with a search of all vectors in
float64, where a vector as near as the tenth counts. Prints a row for each answer; `--quick` takes a handful of small ones. Exit code 1 if fewer
rows hold than 99% of trials of a 95% interval would.
"""

import math
import sys
import warnings

import linfhash
import numpy

K = 10
LEVEL = 0.95
WRONG = 0.01


def mixture(count, dimension, centers, spread, seed):
    """Vectors around centers, whose coordinates get smaller."""
    random = numpy.random.default_rng(seed)
    scale = (1 + numpy.arange(dimension)) ** -0.5
    places = numpy.random.default_rng(seed + 1000).standard_normal((centers, dimension))
    return ((places[random.integers(0, centers, count)] + spread * random.standard_normal((count, dimension))) * scale).astype(numpy.float32)


def tailed(count, dimension, seed):
    """Vectors with norms of heavy tails."""
    random = numpy.random.default_rng(seed)
    return (mixture(count, dimension, 50, 1, seed) * random.lognormal(0, 0.5, (count, 1))).astype(numpy.float32)


def low_rank(count, dimension, seed):
    """Vectors near a subspace, away from the origin."""
    random = numpy.random.default_rng(seed)
    basis = numpy.random.default_rng(seed + 1000).standard_normal((dimension // 4, dimension))
    return (random.standard_normal((count, dimension // 4)) @ basis + 0.3 * random.standard_normal((count, dimension)) + 2).astype(numpy.float32)


SETS = {
    "mixture of 32": lambda count: mixture(count, 32, 100, 1.0, 1),
    "mixture of 96": lambda count: mixture(count, 96, 300, 0.7, 2),
    "heavy tails, 64": lambda count: tailed(count, 64, 3),
    "low rank, 64": lambda count: low_rank(count, 64, 4),
    "noise of 24": lambda count: numpy.random.default_rng(5).standard_normal((count, 24)).astype(numpy.float32),
}


def true_recall(x, q, similarity, ids):
    x, q = x.astype(numpy.float64), q.astype(numpy.float64)
    if similarity == "cosine":
        x, q = (one / numpy.linalg.norm(one, axis=1, keepdims=True) for one in (x, q))
    found = 0
    for first in range(0, len(q), 256):
        some = q[first : first + 256]
        scores = some @ x.T
        if similarity == "euclidean":
            scores = 2 * scores - (x * x).sum(axis=1)
        bounds = numpy.partition(scores, -K, axis=1)[:, -K:].min(axis=1)
        own = numpy.take_along_axis(scores, ids[first : first + 256], axis=1)
        found += (own >= bounds[:, None] - 1e-9 * (1 + numpy.abs(bounds[:, None]))).sum()
    return found / (K * len(q))


def least(count):
    """The fewest of `count` rows that hold in all but one of 100 cases."""
    below, chance = 0, 0.0
    while below < count:
        chance += math.comb(count, below) * LEVEL**below * (1 - LEVEL) ** (count - below)
        if chance > WRONG:
            return below
        below += 1
    return count


def main():
    quick = "--quick" in sys.argv[1:]
    rows, queries = (4_000, 1_600) if quick else (12_000, 4_000)
    held = count = 0
    print("set               similarity  oversampling  target  code                 bytes  promised            found   holds")
    for number, (name, make) in enumerate(SETS.items()):
        similarities = ("cosine", "dot", "euclidean")
        for similarity in similarities[number % 3 :][:1] if quick else similarities:
            data = make(rows + queries)
            x, own, other = data[:rows], data[rows : rows + queries // 2], data[rows + queries // 2 :]
            for most in (10,) if quick else (10, 1):
                with warnings.catch_warnings():
                    # Whether the target is reached is no matter here.
                    warnings.simplefilter("ignore")
                    advice = linfhash.advise(
                        x, queries=own, similarity=similarity, max_oversampling=most, quantizers=["sign", "rabitq", "int8"] if quick else None, quiet=True
                    )
                for target in linfhash.TARGETS:
                    best = linfhash.Advice(advice.json, target).best
                    if "command" not in best:
                        continue
                    index = linfhash.quantize(x, best, quiet=True)
                    ids = index.search(other, K, rescore=x if best["oversampling"] > 1 else None)[0]
                    found = true_recall(x, other, similarity, ids)
                    low, high = best["interval"]
                    holds = low <= found <= high
                    count += 1
                    held += holds
                    print(
                        "%-16s  %-10s  %12d  %6g  %-20s %5d  %.4f (%.4f to %.4f)  %.4f  %s"
                        % (name, similarity, best["oversampling"], target, best["quantizer"], best["bytes"], best["recall"], low, high, found, "yes" if holds else "NO"),
                        flush=True,
                    )
    print("%d of %d hold; expected at least %d" % (held, count, least(count)))
    sys.exit(1 if held < least(count) else 0)


if __name__ == "__main__":
    main()
