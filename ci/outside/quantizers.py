"""Compares quantizers with those of faiss, on the same vectors.

quantizers            compares recall on drawn vectors; ends with 1 if linfhash finds fewer by more than 0.01 with RaBitQ, PQ, OPQ, SQ8 or SQ4. RQ is
                      shown alone: faiss trains it on what all sums of the beam leave, and linfhash on what the best leaves
quantizers golden     looks for what faiss makes of small vectors in the tests of modules/quantizers; ends with 1 if something is not there
quantizers published  prints recall on the splits of clinc150-minilm beside that of reports/results; fetches the texts and the model
"""

import functools
import gzip
import json
import os
import pathlib
import re
import sys

# Threads of OpenBLAS and of faiss's OpenMP wait for each other, so that OPQ of 384 dimensions does not finish.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import faiss
import numpy as np

import peers

FACTORS = [1, 2, 3, 5, 10]
LARGEST_DIFFERENCE = 0.01
TESTS = pathlib.Path("modules/quantizers/src/test/java")


def mean_recall(make, vectors, queries, seeds):
    """The recall of indexes that are trained on half of the vectors and search the others, as advise measures quantizers."""
    of_seeds = []
    for seed in range(seeds):
        index = make(seed)
        rows = np.random.default_rng(seed).permutation(len(vectors))
        index.train(vectors[rows[: len(rows) // 2]])
        searched = vectors[rows[len(rows) // 2 :]]
        index.add(searched)
        found = index.search(queries, peers.NEIGHBORS * max(FACTORS))[1]
        of_seeds.append([peers.recall(searched, queries, found[:, : peers.NEIGHBORS * factor]) for factor in FACTORS])
    return np.mean(of_seeds, axis=0)


def rabitq(dimension, seed):
    rotation = faiss.RandomRotationMatrix(dimension, dimension)
    rotation.init(seed + 100)
    inner = faiss.IndexRaBitQ(dimension, faiss.METRIC_L2)
    index = faiss.IndexPreTransform(rotation, inner)
    index.keep = (rotation, inner)  # so that Python does not collect them
    return index


def factory(description, dimension, seed):
    index = faiss.index_factory(dimension, description)
    if description.startswith("RQ"):
        index.rq.max_beam_size = 5
        index.rq.train_type = faiss.ResidualQuantizer.Train_default
    if "PQ" in description:
        (faiss.downcast_index(index.index) if description.startswith("OPQ") else index).pq.cp.seed = seed + 1234
    return index


def compare():
    verdicts = peers.Verdicts()
    with peers.scratch() as folder:
        for dimension, rows, seeds, sizes, cases in [
            (384, 20000, "0-2", "48,56", [("rabitq", {"dimensions": 384, "queryBits": 0}, None, 3), ("pq", {"parts": 48}, "PQ48", 2)]),
            # Debian's faiss trains slowly.
            (64, 6000, "0-1", "8,32,64", [("opq", {"parts": 8}, "OPQ8_64,PQ8", 2), ("rq", {"parts": 8}, "RQ8x8", 1),
                                          ("sq8", {"dimensions": 64}, "SQ8", 1), ("sq4", {"dimensions": 64}, "SQ4", 1)]),
        ]:
            vectors, queries = peers.draw(dimension, rows)
            files = peers.save(folder, vectors, queries)
            names = ",".join(name for name, *_ in cases)
            measured = json.loads(peers.linfhash("advise", "--vectors", files[0], "--queries", files[1], "--quantizers", names, "--bytes", sizes,
                                                 "--seeds", seeds, "--format", "json"))["quantizers"]
            for name, options, description, count in cases:
                ours = next(one for one in measured if one["name"] == name and options.items() <= one["options"].items())
                make = functools.partial(factory, description) if description else rabitq
                theirs = mean_recall(functools.partial(make, dimension), vectors, queries, count)
                for factor, expected in zip(FACTORS, theirs):
                    found = ours["recall"][str(factor)]
                    verdicts.say(f"{name}, {ours['bytes']} bytes, {factor}x", name == "rq" or found >= expected - LARGEST_DIFFERENCE,
                                 f"linfhash {found:.4f}, faiss {expected:.4f}")
    return verdicts.code()


def components(dimension, kept, seed):
    """RaBitQ after principal components and a random rotation; its metadata are 8 bytes, those of the configuration 4."""
    reduction = faiss.PCAMatrix(dimension, kept)
    inner = rabitq(kept, seed)
    index = faiss.IndexPreTransform(reduction, inner)
    index.keep = (reduction, inner)
    return index


# Configurations and their bytes, with faiss's index of the same kind.
PUBLISHED = [
    *[("opq", size, lambda d, options, seed: factory(f"OPQ{options['parts']}_{d},PQ{options['parts']}", d, seed)) for size in (24, 48, 96)],
    *[("pq", size, lambda d, options, seed: factory(f"PQ{options['parts']}", d, seed)) for size in (24, 48)],
    *[("rabitq:bits-1-float16", size, lambda d, options, seed: components(d, options["dimensions"], seed)) for size in (24, 48)],
]


def entry(record, key):
    return record[key] + (":" + record["variant"] if record.get("variant") else "")


def published(protocol="clinc150-minilm", seeds=5):
    folder = next(pathlib.Path("reports/results").glob(protocol + "-e*"))
    with gzip.open(folder / "results.json.gz") as file:
        results = json.load(file)
    with peers.scratch() as work:
        peers.linfhash("data", "features", "--protocol", protocol, "--out", work / "vectors.npy")
        vectors = np.load(work / "vectors.npy").astype(np.float32)
        for seed in range(seeds):
            peers.linfhash("split", "--protocol", protocol, "--seed", seed, "--out", work / str(seed))
        for name, size, make in PUBLISHED:
            method = next(one for one in results["protocol"]["methods"] if entry(one, "name") == name)
            options = method["options"] | method.get("optionsAt", {}).get(str(8 * size), {})
            ours = [run["metrics"]["neighborRecall@1"] for run in results["runs"] if entry(run, "method") == name and run["bits"] == 8 * size]
            theirs = []
            for seed in range(seeds):
                rows = [np.load(work / str(seed) / (part + "-rows.npy")) for part in ("database", "query")]
                database, queries = (np.ascontiguousarray(vectors[some]) for some in rows)
                index = make(database.shape[1], options, seed)
                index.train(database)
                index.add(database)
                theirs.append(peers.recall(database, queries, index.search(queries, peers.NEIGHBORS)[1]))
            shown = [f"{100 * np.mean(values):.1f} ({100 * min(values):.1f} to {100 * max(values):.1f})" for values in (ours, theirs)]
            print(f"{name}, {size} bytes: linfhash {shown[0]}, faiss {shown[1]}", flush=True)
    return 0


def small_cases():
    """Sixteen vectors of eight dimensions, four queries, and what faiss makes of them with codebooks and a center that are given."""
    random = np.random.default_rng(3)
    vectors, queries = (np.round(random.standard_normal((rows, 8)), 2).astype(np.float32) for rows in (16, 4))
    yield "vectors", vectors
    yield "queries", queries
    types = faiss.ScalarQuantizer
    for name, index in [("RaBitQ", faiss.IndexRaBitQ(8, faiss.METRIC_L2)), ("SQ4", faiss.IndexScalarQuantizer(8, types.QT_4bit, faiss.METRIC_L2)),
                        ("SQ8", faiss.IndexScalarQuantizer(8, types.QT_8bit, faiss.METRIC_L2))]:
        index.train(vectors)
        index.add(vectors)
        distances, ids = index.search(queries, 16)
        yield name, np.take_along_axis(distances, np.argsort(ids, axis=1), axis=1)
    # Three codebooks of eight centers, and the codes of the vectors by beams of one, two and five sums.
    codebooks = np.random.default_rng(4).standard_normal((3, 8, 8)) * np.array([1, 0.7, 0.5])[:, None, None]
    codebooks = np.round(codebooks, 2).astype(np.float32)
    yield "codebooks", codebooks
    for beam in [1, 2, 5]:
        quantizer = faiss.ResidualQuantizer(8, 3, 3)
        quantizer.max_beam_size = beam
        faiss.copy_array_to_vector(codebooks.ravel(), quantizer.codebooks)
        quantizer.is_trained = True
        yield f"RQ with {beam} sums", faiss.unpack_bitstrings(quantizer.compute_codes(vectors), 3, 3)


def golden():
    verdicts = peers.Verdicts()
    number = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?=f?\b)")
    tests = [np.array(number.findall(file.read_text(encoding="utf-8")), dtype=float) for file in TESTS.rglob("*.java")]
    for name, values in small_cases():
        wanted = np.array([float(f"{value:.6g}") for value in values.ravel()])
        windows = [np.lib.stride_tricks.sliding_window_view(numbers, len(wanted)) for numbers in tests if len(numbers) >= len(wanted)]
        there = any((np.abs(rows - wanted) <= 1e-4 * (1 + np.abs(wanted))).all(axis=1).any() for rows in windows)
        verdicts.say(f"golden {name}", there, f"{len(wanted)} numbers are {'' if there else 'not '}in a test")
    return verdicts.code()


if __name__ == "__main__":
    sys.exit({"compare": compare, "golden": golden, "published": published}[(sys.argv[1:] or ["compare"])[0]]())
