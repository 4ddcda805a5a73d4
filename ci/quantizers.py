"""The oracles of quantizers: faiss on the same vectors, and the recall of both side by side.

Run by ci/quantizers.sh with Debian's python3-faiss. Modes:
  vectors DIR           draws vectors and queries into DIR
  compare DIR ADVICE    measures faiss on them, and ends with 1 if RaBitQ or PQ find fewer by more than 0.01
  small DIR ADVICE      the same of OPQ, SQ8 and SQ4 on smaller vectors, as Debian's faiss trains slowly, and shows RQ, which faiss trains
                        on what all sums of the beam leave, and linfhash on what the best leaves
  golden                prints the small cases that FaissGoldenTest and FaissCodesTest have
  published RESULTS VECTORS SPLIT...
                        measures faiss on the splits of a protocol (linfhash data features, linfhash split), and prints its recall beside
                        that of the folder of published results
"""

import gzip
import json
import os
import sys

# Threads of OpenBLAS and of faiss's OpenMP wait for each other, so that OPQ of 384 dimensions does not finish.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import faiss
import numpy as np

FACTORS = [1, 2, 3, 5, 10]
NEIGHBORS = 10
LARGEST_DIFFERENCE = 0.01


def vectors(folder):
    draw(folder, "", 384, 20000)
    draw(folder, "small-", 64, 6000)


def draw(folder, prefix, dimension, rows):
    """Clusters with a decaying spectrum and a mean, of unit length: much as embeddings of sentences are."""
    random = np.random.default_rng(7)
    queries, clusters = 1000, 150
    spectrum = 1 / np.sqrt(1 + np.arange(dimension) / 20)
    rotation, _ = np.linalg.qr(random.standard_normal((dimension, dimension)))
    centers = random.standard_normal((clusters, dimension)) * spectrum
    every = centers[random.integers(clusters, size=rows + queries)]
    every = every + 0.8 * random.standard_normal(every.shape) * spectrum
    every = (every + 0.5 * random.standard_normal(dimension) * spectrum) @ rotation
    every = (every / np.linalg.norm(every, axis=1, keepdims=True)).astype(np.float32)
    np.save(folder + "/" + prefix + "vectors.npy", every[queries:])
    np.save(folder + "/" + prefix + "queries.npy", every[:queries])


def recall(index, queries, truth):
    _, found = index.search(queries, NEIGHBORS * max(FACTORS))
    return [
        float(np.mean([len(set(t) & set(f[: NEIGHBORS * x])) / NEIGHBORS for t, f in zip(truth, found)])) for x in FACTORS
    ]


def mean_recall(make, database, queries, seeds):
    """Of indexes that are trained on half of the vectors and search the others, as advise measures quantizers."""
    of_seeds = []
    for seed in range(seeds):
        index = make(seed)
        rows = np.random.default_rng(seed).permutation(len(database))
        index.train(database[rows[: len(rows) // 2]])
        searched = database[rows[len(rows) // 2 :]]
        index.add(searched)
        exact = faiss.IndexFlatL2(database.shape[1])
        exact.add(searched)
        of_seeds.append(recall(index, queries, exact.search(queries, NEIGHBORS)[1]))
    return np.mean(of_seeds, axis=0)


def rabitq(dimension, seed):
    rotation = faiss.RandomRotationMatrix(dimension, dimension)
    rotation.init(seed + 100)
    inner = faiss.IndexRaBitQ(dimension, faiss.METRIC_L2)
    index = faiss.IndexPreTransform(rotation, inner)
    index.keep = (rotation, inner)  # so that Python does not collect them
    return index


def pq(dimension, parts, seed):
    index = faiss.IndexPQ(dimension, parts, 8)
    index.pq.cp.seed = seed + 1234
    return index


def factory(description, dimension, seed):
    index = faiss.index_factory(dimension, description)
    if description.startswith("RQ"):
        index.rq.max_beam_size = 5
        index.rq.train_type = faiss.ResidualQuantizer.Train_default
    if description.startswith("OPQ"):
        faiss.downcast_index(index.index).pq.cp.seed = seed + 1234
    return index


def compare(folder, advice_file):
    failed = held(folder, "", advice_file, [
        ("rabitq", lambda d: {"bits": 1, "dimensions": d, "queryBits": 0}, rabitq, 3),
        ("pq", lambda d: {"parts": 48}, lambda d, seed: pq(d, 48, seed), 2),
    ])
    sys.exit(1 if failed else 0)


def small(folder, advice_file):
    failed = held(folder, "small-", advice_file, [
        ("opq", lambda d: {"parts": 8}, lambda d, seed: factory("OPQ8_%d,PQ8" % d, d, seed), 2),
        ("rq", lambda d: {"parts": 8}, lambda d, seed: factory("RQ8x8", d, seed), 1),
        ("sq8", lambda d: {"dimensions": d}, lambda d, seed: factory("SQ8", d, seed), 1),
        ("sq4", lambda d: {"dimensions": d}, lambda d, seed: factory("SQ4", d, seed), 1),
    ])
    sys.exit(1 if failed else 0)


def held(folder, prefix, advice_file, cases):
    """Whether something finds fewer than faiss."""
    database = np.load(folder + "/" + prefix + "vectors.npy")
    queries = np.load(folder + "/" + prefix + "queries.npy")
    dimension = database.shape[1]
    with open(advice_file, encoding="utf-8") as file:
        measured = json.load(file)["quantizers"]
    failed = False
    for name, options, make, seeds in cases:
        wanted = options(dimension).items()
        ours = next(q for q in measured if q["name"] == name and wanted <= q["options"].items())
        theirs = mean_recall(lambda seed: make(dimension, seed), database, queries, seeds)
        for factor, expected in zip(FACTORS, theirs):
            found = ours["recall"][str(factor)]
            wrong = abs(found - expected) > LARGEST_DIFFERENCE
            failed |= name != "rq" and found < expected - LARGEST_DIFFERENCE
            print(
                f"{name} {ours['bytes']} bytes x{factor}: linfhash {found:.4f}, faiss {expected:.4f}"
                f"{'  DIFFERS' if wrong else ''}",
                flush=True,
            )
    return failed


# Configurations of protocols, their bytes, and faiss's index of the same kind: RaBitQ of the first principal components, as many as published.
PUBLISHED = [
    ("opq", size, lambda dimension, options, seed: factory(f"OPQ{options['parts']}_{dimension},PQ{options['parts']}", dimension, seed))
    for size in (24, 48, 96)
] + [
    ("pq", size, lambda dimension, options, seed: pq(dimension, options["parts"], seed)) for size in (24, 48)
] + [
    ("rabitq:bits-1-float16", size, lambda dimension, options, seed: components(dimension, options["dimensions"], seed)) for size in (24, 48)
]


def components(dimension, kept, seed):
    """RaBitQ after principal components and a random rotation; its metadata are 8 bytes, those of the configuration 4."""
    reduction = faiss.PCAMatrix(dimension, kept)
    inner = rabitq(kept, seed)
    index = faiss.IndexPreTransform(reduction, inner)
    index.keep = (reduction, inner)
    return index


def published(folder, vectors_file, splits):
    with gzip.open(folder + "/results.json.gz") as file:
        results = json.load(file)
    vectors = np.load(vectors_file).astype(np.float32)
    for name, size, make in PUBLISHED:
        method = next(m for m in results["protocol"]["methods"] if entry(m, "name") == name)
        options = method["options"] | method.get("optionsAt", {}).get(str(8 * size), {})
        ours = [
            run["metrics"]["neighborRecall@1"] for run in results["runs"] if entry(run, "method") == name and run["bits"] == 8 * size
        ]
        theirs = []
        for seed, split in enumerate(splits):
            database = np.ascontiguousarray(vectors[np.load(split + "/database-rows.npy")])
            queries = np.ascontiguousarray(vectors[np.load(split + "/query-rows.npy")])
            index = make(database.shape[1], options, seed)
            index.train(database)
            index.add(database)
            theirs.append(with_ties(database, queries, index.search(queries, NEIGHBORS)[1]))
        print(
            f"{name}, {size} bytes: linfhash {100 * np.mean(ours):.1f} ({100 * min(ours):.1f} to {100 * max(ours):.1f}), "
            f"faiss {100 * np.mean(theirs):.1f} ({100 * min(theirs):.1f} to {100 * max(theirs):.1f})",
            flush=True,
        )


def entry(record, key):
    return record[key] + (":" + record["variant"] if record.get("variant") else "")


def with_ties(database, queries, found):
    """The share of the ten nearest that was found, where a vector as near as the tenth counts like it."""
    products = queries @ database.T
    least = -np.partition(-products, NEIGHBORS - 1, axis=1)[:, NEIGHBORS - 1 : NEIGHBORS]
    return float((np.take_along_axis(products, found, axis=1) >= least - 1e-6).mean())


def golden():
    """Sixteen vectors of eight dimensions, four queries, and what faiss says of them with codebooks and center that are given."""
    random = np.random.default_rng(3)
    database = np.round(random.standard_normal((16, 8)), 2).astype(np.float32)
    queries = np.round(random.standard_normal((4, 8)), 2).astype(np.float32)
    index = faiss.IndexRaBitQ(8, faiss.METRIC_L2)
    index.train(database)
    index.add(database)
    distances, ids = index.search(queries, 16)
    ordered = np.take_along_axis(distances, np.argsort(ids, axis=1), axis=1)
    for name, values in [("VECTORS", database), ("QUERIES", queries), ("RABITQ", ordered), ("SQ4", sq(database, queries, faiss.ScalarQuantizer.QT_4bit)),
                         ("SQ8", sq(database, queries, faiss.ScalarQuantizer.QT_8bit))]:
        print(name, ", ".join(f"{v:.6g}f" for v in values.ravel()))
    rq(database)


def sq(database, queries, bits):
    """Squared distances to the codes of 4 or 8 bits."""
    index = faiss.IndexScalarQuantizer(8, bits, faiss.METRIC_L2)
    index.train(database)
    index.add(database)
    distances, ids = index.search(queries, 16)
    return np.take_along_axis(distances, np.argsort(ids, axis=1), axis=1)


def rq(database):
    """Three codebooks of eight centers, and the codes of the vectors by beams of one, two and five sums."""
    random = np.random.default_rng(4)
    codebooks = random.standard_normal((3, 8, 8)) * np.array([1, 0.7, 0.5])[:, None, None]
    codebooks = np.round(codebooks, 2).astype(np.float32)
    print("CODEBOOKS", ", ".join(f"{v:.6g}f" for v in codebooks.ravel()))
    for beam in [1, 2, 5]:
        quantizer = faiss.ResidualQuantizer(8, 3, 3)
        quantizer.max_beam_size = beam
        faiss.copy_array_to_vector(codebooks.ravel(), quantizer.codebooks)
        quantizer.is_trained = True
        codes = faiss.unpack_bitstrings(quantizer.compute_codes(database), 3, 3)
        print(f"RQ_{beam}", ", ".join(str(c) for c in codes.ravel()))


if __name__ == "__main__":
    if sys.argv[1] == "vectors":
        vectors(sys.argv[2])
    elif sys.argv[1] == "compare":
        compare(sys.argv[2], sys.argv[3])
    elif sys.argv[1] == "small":
        small(sys.argv[2], sys.argv[3])
    elif sys.argv[1] == "published":
        published(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        golden()
