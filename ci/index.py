"""What faiss does beside IndexBenchmark, on one thread: encodes vectors, and searches for the 10 nearest of one query at a time.

Run by ci/index.sh with Debian's python3-faiss. Modes:
  vectors DIR      draws 100,000 vectors and 1,000 queries into DIR
  times DIR JSON   measures faiss and prints it beside JMH's JSON; ends with 1 if a search of linfhash takes more than 1.1 times as long,
                   or 1.5 times by PQ, whose sums faiss adds in another order
"""

import json
import sys
import time

import faiss
import numpy as np

import quantizers

NEIGHBORS = 10
SLOWER = 1.1
SLOWER_PQ = 1.5


def microseconds(call, least=2.0):
    """The least time of a call among those of two seconds."""
    call()
    best = float("inf")
    end = time.perf_counter() + least
    while time.perf_counter() < end:
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best * 1e6


def rabitq(dimension, query_bits):
    index = quantizers.rabitq(dimension, 0)
    faiss.downcast_index(index.index).qb = query_bits
    return index


class Hamming:
    """Signs of centered values in IndexBinaryFlat."""

    def __init__(self, database):
        self.center = database.mean(axis=0)
        self.index = faiss.IndexBinaryFlat(database.shape[1])
        self.index.add(self.encode(database))

    def encode(self, vectors):
        return np.packbits(vectors > self.center, axis=1, bitorder="little")

    def search(self, query):
        return self.index.search(self.encode(query), NEIGHBORS)


class Floats:
    """An index of faiss whose codes are made of float vectors."""

    def __init__(self, index, database):
        self.index = index
        index.train(database[:20000])
        index.add(database)

    def encode(self, vectors):
        return self.index.sa_encode(vectors)

    def search(self, query):
        return self.index.search(query, NEIGHBORS)


def times(folder, measured):
    faiss.omp_set_num_threads(1)
    database = np.load(folder + "/vectors.npy")
    queries = np.load(folder + "/queries.npy")
    dimension = database.shape[1]
    with open(measured, encoding="utf-8") as file:
        ours = {
            (one["params"]["fitted"], one["benchmark"].rsplit(".", 1)[1]): one["primaryMetric"]["score"] for one in json.load(file)
        }
    print(f"{len(database)} vectors of {dimension} dimensions, one thread, {NEIGHBORS} neighbors of one query; faiss {faiss.__version__}:")
    print(faiss.get_compile_options().strip() or "no compile options")
    slower = False
    for name, title, make in [
        ("sign", "Hamming, IndexBinaryFlat", lambda: Hamming(database)),
        ("rabitq", "RaBitQ, float queries", lambda: Floats(rabitq(dimension, 0), database)),
        ("rabitq-4", "RaBitQ, 4-bit queries", lambda: Floats(rabitq(dimension, 4), database)),
        ("pq-8", "PQ, 8 parts, IndexPQ", lambda: Floats(quantizers.pq(dimension, 8, 0), database)),
        ("pq-16", "PQ, 16 parts, IndexPQ", lambda: Floats(quantizers.pq(dimension, 16, 0), database)),
        ("pq-48", "PQ, 48 parts, IndexPQ", lambda: Floats(quantizers.pq(dimension, 48, 0), database)),
    ]:
        theirs = make()
        some = iter(range(10**9))
        search = microseconds(lambda: theirs.search(queries[[next(some) % len(queries)]]))
        encode = microseconds(lambda: theirs.encode(queries)) / len(queries)
        ratio = ours[name, "search"] / search
        slower |= ratio > (SLOWER_PQ if name.startswith("pq") else SLOWER)
        print(
            f"{title:26s} search: linfhash {ours[name, 'search']:8.0f} us, faiss {search:8.0f} us ({ratio:.2f})"
            f"   encode: linfhash {ours[name, 'encode']:7.1f} us, faiss {encode:7.1f} us (in batches of {len(queries)})",
            flush=True,
        )
    sys.exit(1 if slower else 0)


if __name__ == "__main__":
    if sys.argv[1] == "vectors":
        quantizers.draw(sys.argv[2], "", 384, 100000)
    else:
        times(sys.argv[2], sys.argv[3])
