#!/usr/bin/env python3
"""Holds what `linfhash advise` predicts from a sample against what it measures on all vectors.

Usage: ci/prediction.py FOLDER [VECTORS.npy QUERIES.npy]

Four generated data sets, other than those that the constants of the prediction were fitted to, of 1,000,000 vectors with 64 dimensions, each predicted from 100,000, and, if they are given, vectors of
texts, predicted from a fifth. Four quantizers, so 16 cells of generated vectors and 4 of texts, at the oversampling 1, where recall is
farthest from 1. A cell holds if the interval of the prediction contains the measured recall of the same queries, and is at most 0.10
wide. Ends with 1 if fewer than nine tenths hold. The data sets are written into FOLDER and kept. Needs NumPy, and 10 GB of heap
(LINFHASH_HEAP=10g).
"""

import json
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


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
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
