"""Measures searches from Python beside faiss: CPU time per query and million codes, in one thread, and whether ids are equal.

    PYTHONPATH=modules/python LINFHASH_HOME=. python3 ci/python-search.py [CODES [QUANTIZER...]]

Vectors are mixtures of 384 dimensions. Quantizers are fitted to 20,000 of them. PQ and OPQ in faiss get the codebooks and codes of linfhash, so that
their distances are the same. RaBitQ and SQ8 of faiss are other codes, of the same size. Exit code 1 if fewer than 99% of ids are equal where distances
are: faiss computes them in float32, and orders those that are equal in another way.
"""

import os
import sys
import time

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[library + "_NUM_THREADS"] = "1"

import faiss  # noqa: E402
import linfhash  # noqa: E402
import numpy  # noqa: E402

DIMENSION = 384
K = 10
FITTED = 20_000
EQUAL = 0.99
CODES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ROWS = (
    ("sign", {"bytes": 48, "option": {"bits": 384, "centered": True, "distance": "hamming"}}),
    ("sign, asymmetric", {"bytes": 48, "option": {"bits": 384, "centered": True, "distance": "asymmetric"}}),
    ("rabitq", {"bytes": 56, "option": {"bits": 1}}),
    ("int8", {"bytes": 388}),
    ("pq", {"bytes": 48}),
    ("opq", {"bytes": 48}),
)


def made(count, seed):
    """Unit vectors around 2,000 centers, whose coordinates get smaller as in the principal components of embeddings."""
    random = numpy.random.default_rng(seed)
    scale = (1 + numpy.arange(DIMENSION)).astype(numpy.float32) ** -0.4
    centers = numpy.random.default_rng(0).standard_normal((2000, DIMENSION), dtype=numpy.float32)
    turn = numpy.linalg.qr(numpy.random.default_rng(1).standard_normal((DIMENSION, DIMENSION)))[0].astype(numpy.float32)
    x = (centers[random.integers(0, 2000, count)] + random.standard_normal((count, DIMENSION), dtype=numpy.float32)) * scale
    return x @ turn / numpy.linalg.norm(x, axis=1, keepdims=True)


def peer(name, index, codes, x, fitted):
    """faiss's index, and what its queries are."""
    quantizer = index._quantizer
    if name == "sign":
        flat = faiss.IndexBinaryFlat(DIMENSION)
        flat.add(codes["codes"])
        return flat, lambda q: index.encode(q)["codes"]
    if name in ("pq", "opq"):
        starts = quantizer.arrays["starts"]
        if len({*numpy.diff(starts)}) > 1:
            return None
        flat = faiss.IndexPQ(DIMENSION, len(starts) - 1, 8)
        books = quantizer.arrays["codebooks"].reshape(256, len(starts) - 1, -1).transpose(1, 0, 2)
        faiss.copy_array_to_vector(numpy.ascontiguousarray(books, dtype=numpy.float32).ravel(), flat.pq.centroids)
        flat.is_trained = True
        flat.add_sa_codes(codes["codes"])
        return flat, lambda q: numpy.ascontiguousarray(quantizer.mapped(quantizer.prepared(q)))
    factory = {"rabitq": "RaBitQ", "int8": "SQ8"}.get(name)
    if factory is None:
        return None
    flat = faiss.index_factory(DIMENSION, factory)
    flat.train(fitted)
    flat.add(x)
    return flat, lambda q: q


def cpu(search, batch, q):
    """CPU milliseconds per query and million codes, and ids."""
    search(q[:batch])
    count = 8 if batch == 1 else batch
    start = time.process_time()
    ids = numpy.concatenate([search(q[first : first + batch]) for first in range(0, count, batch)])
    return (time.process_time() - start) * 1e3 / count * 1e6 / CODES, ids


def main():
    faiss.omp_set_num_threads(1)
    x, q = made(CODES, 2), made(1000, 3)
    fitted = made(FITTED, 4)
    print("codes %d, NumPy %s, faiss %s" % (CODES, numpy.__version__, faiss.__version__))
    wrong = False
    print("quantizer          batch  linfhash  faiss  equal ids")
    for name, options in ROWS:
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        index = linfhash.quantize(fitted, name.split(",")[0], quiet=True, **options)
        parts = [index.encode(x[first : first + 50_000]) for first in range(0, CODES, 50_000)]
        codes = {one: numpy.concatenate([part[one] for part in parts]) for one in parts[0]}
        other = peer(name, index, codes, x, fitted)
        # Terms of codes are computed once for an index, so not for each search here.
        index._quantizer.codes = codes
        for batch in (1, 100, 1000):
            mine, ids = cpu(lambda some: index.search(some, K)[0], batch, q)
            line = "%-18s %5d  %8.1f" % (name, batch, mine)
            if other is not None:
                flat, prepare = other
                # These of faiss compute distances one by one, so that a batch is as slow as its queries.
                if name in ("rabitq", "int8") and batch > 1:
                    print(line, flush=True)
                    continue
                theirs, found = cpu(lambda some: flat.search(prepare(some), K)[1], batch, q)
                line += "  %5.1f" % theirs
                if name in ("sign", "pq", "opq"):
                    equal = (ids == found).mean()
                    line += "  %.4f" % equal
                    wrong = wrong or equal < EQUAL
            print(line, flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
