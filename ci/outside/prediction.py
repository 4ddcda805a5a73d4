"""Compares the recall that `linfhash advise` predicts from a sample with what it measures on all vectors.

prediction [FOLDER]  four drawn data sets of 1,000,000 vectors with 64 dimensions, other than those that the constants of the prediction were
                     fitted to, each predicted from 100,000; they are written to FOLDER and kept, if it is given

Four quantizers, so 16 cells, at the oversampling 1, where recall is farthest from 1. A cell holds if the interval of the prediction contains the
measured recall of the same queries, and is at most 0.10 wide. Ends with 1 if fewer than nine tenths hold. Needs 10 GB of heap (LINFHASH_HEAP=10g)
and an hour.
"""

import json
import pathlib
import sys

import numpy as np

import peers

ROWS, DIMENSION, QUERIES = 1_000_000, 64, 1000
QUANTIZERS = {"rotated-sign": 8, "rabitq": 12, "pq": 16, "sq4": 32}
# Clusters, their spread relative to the distance of centers, and how their sizes fall.
SETS = {"few": (1_000, 0.6, "even"), "zipf": (20_000, 0.5, "zipf"), "many": (50_000, 0.5, "even"), "nested": (5_000, 0.6, "nested")}


def generate(name, folder):
    clusters, spread, kind = SETS[name]
    random = np.random.default_rng([2027, list(SETS).index(name)])
    centers = random.normal(size=(clusters, DIMENSION))
    if kind == "nested":
        centers = random.normal(size=(100, DIMENSION))[random.integers(100, size=clusters)] + 0.6 * centers
    weights = 1 / np.arange(1, clusters + 1) if kind == "zipf" else np.ones(clusters)
    chosen = random.choice(clusters, size=ROWS + QUERIES, p=weights / weights.sum())
    rows = peers.units(centers[chosen] + spread * random.normal(size=(ROWS + QUERIES, DIMENSION))).astype(np.float32)
    return peers.save(folder, rows[:ROWS], rows[ROWS:])


def advise(vectors, queries, rows):
    """Returns, for each quantizer, what advise measures and predicts; of several options, for the first ones that it lists."""
    found = {}
    for quantizer, size in QUANTIZERS.items():
        said = peers.linfhash("advise", "--vectors", vectors, "--queries", queries, "--max-vectors", rows, "--quantizers", quantizer,
                              "--bytes", size, "--seeds", "0", "--format", "json")
        found[quantizer] = {json.dumps(one["options"], sort_keys=True): one for one in json.loads(said)["quantizers"]}
    return found


def cells(name, folder):
    vectors, queries = generate(name, folder)
    of_sample, of_all = (advise(vectors, queries, rows) for rows in (ROWS // 10, ROWS))
    for quantizer, by_options in of_sample.items():
        options, guess = next(iter(by_options.items()))
        measured = of_all[quantizer][options]
        # What learns from half of all vectors is predicted for all with little uncertainty.
        truth = measured.get("predicted", measured)["recall"]["1"]
        low, high = guess["predicted"]["interval"]["1"]
        holds = low <= truth <= high and high - low <= 0.10
        predicted = guess["predicted"]["recall"]["1"]
        print(f"{name:7} {quantizer:13} sample {guess['recall']['1']:.3f}  predicted {predicted:.3f} ({low:.3f} to {high:.3f})  "
              f"measured {truth:.3f}  {'holds' if holds else 'FAILS'}", flush=True)
        yield holds


def main(kept=None):
    held = []
    with peers.scratch() as work:
        for name in SETS:
            folder = pathlib.Path(kept or work) / name
            folder.mkdir(parents=True, exist_ok=True)
            held += cells(name, folder)
    print(f"{sum(held)} of {len(held)} cells hold")
    return 0 if sum(held) >= 0.9 * len(held) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
