#!/usr/bin/env python3
"""Compares what `linfhash advise` predicts from a sample with what it measures on all vectors.

Usage: ci/prediction.py FOLDER [VECTORS.npy QUERIES.npy]
       ci/prediction.py FOLDER --tenths VECTORS.npy

Four generated data sets, other than those that the constants of the prediction were fitted to, of 1,000,000 vectors with 64 dimensions,
each predicted from 100,000, and, if they are given, vectors of texts, predicted from a fifth. Four quantizers, so 16 cells of generated vectors and 4 of texts, at the oversampling 1, where recall is
farthest from 1. A cell holds if the interval of the prediction contains the measured recall of the same queries, and is at most 0.10
wide. Ends with 1 if fewer than nine tenths hold. The data sets are written into FOLDER and kept. Needs NumPy, and 10 GB of heap
(LINFHASH_HEAP=10g).

With --tenths, 1,000 of the vectors are queries, and five samples of the others are each given to `advise --database-size`, which searches a
tenth of all vectors, and fits quantizers to further ones. A cell is a code, a sample and an oversampling of 1, 2, 3, 5 or 10. Ends with 1 if fewer than 93% of the cells hold.
"""

import json
import math
import os
import subprocess
import sys

import numpy

ROWS, DIMENSION, QUERIES = 1_000_000, 64, 1000
QUANTIZERS = {"rotated-sign": 8, "rabitq": 12, "pq": 16, "sq4": 32}
# Clusters, their spread relative to the distance of centers, and how their sizes fall.
SETS = {
    "few": (1_000, 0.6, "even"),
    "zipf": (20_000, 0.5, "zipf"),
    "many": (50_000, 0.5, "even"),
    "nested": (5_000, 0.6, "nested"),
}


def generate(name, folder):
    clusters, spread, kind = SETS[name]
    random = numpy.random.default_rng([2027, list(SETS).index(name)])
    centers = random.normal(size=(clusters, DIMENSION))
    if kind == "nested":
        centers = random.normal(size=(100, DIMENSION))[random.integers(100, size=clusters)] + 0.6 * centers
    weights = 1 / numpy.arange(1, clusters + 1) if kind == "zipf" else numpy.ones(clusters)
    chosen = random.choice(clusters, size=ROWS + QUERIES, p=weights / weights.sum())
    rows = centers[chosen] + spread * random.normal(size=(ROWS + QUERIES, DIMENSION))
    rows = (rows / numpy.linalg.norm(rows, axis=1, keepdims=True)).astype(numpy.float32)
    vectors, queries = os.path.join(folder, name + ".npy"), os.path.join(folder, name + "-queries.npy")
    numpy.save(queries, rows[ROWS:])
    numpy.save(vectors, rows[:ROWS])
    return vectors, queries


def advise(vectors, queries, rows, folder):
    """For each quantizer the measured recall, and the predicted one with its interval."""
    found = {}
    for quantizer, size in QUANTIZERS.items():
        subprocess.run(
            ["./linfhash", "advise", "--vectors", vectors, "--queries", queries, "--max-vectors", str(rows), "--quantizers",
             quantizer, "--bytes", str(size), "--seeds", "0", "--out", folder, "--force"],
            check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(folder, "advice.json")) as file:
            advice = json.load(file)
        for one in advice["quantizers"]:
            key = quantizer + " " + json.dumps(one["options"], sort_keys=True)
            found[key] = one
    return found


def cells(name, vectors, queries, rows, sample, folder):
    predicted = advise(vectors, queries, sample, os.path.join(folder, name + "-sample"))
    measured = advise(vectors, queries, rows, os.path.join(folder, name + "-all"))
    for quantizer in QUANTIZERS:
        # Of several options of a quantizer, the first one that advise lists.
        key = next(key for key in predicted if key.startswith(quantizer + " "))
        # Of half of all vectors what learns is predicted for all with little uncertainty.
        truth = measured[key].get("predicted", measured[key])["recall"]["1"]
        guess = predicted[key]["predicted"]["recall"]["1"]
        low, high = predicted[key]["predicted"]["interval"]["1"]
        holds = low <= truth <= high and high - low <= 0.10
        print("%-7s %-13s sample %.3f  predicted %.3f (%.3f to %.3f)  measured %.3f  %s"
              % (name, quantizer, predicted[key]["recall"]["1"], guess, low, high, truth, "holds" if holds else "FAILS"),
              flush=True)
        yield holds


# The quantizers of real vectors, and the sizes of their codes.
CODES, SIZES, SAMPLES = "sign,rotated-sign,pca-sign,rabitq,osq,turboquant,int8,pq,opq", "24,48,96", 5


def advice_of(vectors, queries, folder, *more):
    """What advise measures of each quantizer, by its name and options."""
    subprocess.run(
        ["./linfhash", "advise", "--vectors", vectors, "--queries", queries, "--quantizers", CODES, "--bytes", SIZES, "--no-screening",
         "--out", folder, "--force", *more],
        check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(folder, "advice.json")) as file:
        return {(one["name"], json.dumps(one["options"], sort_keys=True)): one for one in json.load(file)["quantizers"]}


def tenths(folder, vectors_file):
    vectors = numpy.load(vectors_file)
    order = numpy.random.default_rng(2028).permutation(len(vectors))
    database = vectors[order[QUERIES:]]
    queries, everything = os.path.join(folder, "queries.npy"), os.path.join(folder, "all.npy")
    numpy.save(queries, vectors[order[:QUERIES]])
    numpy.save(everything, database)
    truth = advice_of(everything, queries, os.path.join(folder, "all"))
    held = {}
    searched = len(database) // 10
    for sample in range(SAMPLES):
        # As many as advise asks for, so that it searches a tenth.
        rows = numpy.random.default_rng([2028, sample]).choice(len(database), math.ceil(searched / 0.45), replace=False)
        file = os.path.join(folder, "tenth-%d.npy" % sample)
        numpy.save(file, database[rows])
        predicted = advice_of(file, queries, os.path.join(folder, "tenth-%d" % sample), "--database-size", str(len(database)),
                              "--max-vectors", str(searched))
        for key in sorted(truth.keys() & predicted.keys()):
            true = truth[key].get("predicted", truth[key])["recall"]
            guess = predicted[key]["predicted"]
            for factor in ("1", "2", "3", "5", "10"):
                low, high = guess["interval"][factor]
                holds = low <= true[factor] <= high
                held.setdefault(key, []).append(holds)
                if not holds:
                    print("sample %d, %s %s, %sx: predicted %.3f (%.3f to %.3f), measured %.3f"
                          % (sample, *key, factor, guess["recall"][factor], low, high, true[factor]), flush=True)
    for key, cells in held.items():
        print("%-12s %s: %d of %d" % (*key, sum(cells), len(cells)))
    cells = [cell for of_code in held.values() for cell in of_code]
    print("%d of %d intervals contain the measured recall" % (sum(cells), len(cells)))
    return 0 if sum(cells) >= 0.93 * len(cells) else 1


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    if sys.argv[2:3] == ["--tenths"]:
        sys.exit(tenths(folder, sys.argv[3]))
    held = []
    for name in SETS:
        vectors, queries = generate(name, folder)
        held += cells(name, vectors, queries, ROWS, ROWS // 10, folder)
    if len(sys.argv) > 3:
        rows = numpy.load(sys.argv[2], mmap_mode="r").shape[0]
        held += cells("texts", sys.argv[2], sys.argv[3], rows, rows // 5, folder)
    print("%d of %d cells hold" % (sum(held), len(held)))
    sys.exit(0 if sum(held) >= 0.9 * len(held) else 1)


main()
