"""Measures faiss beside linfhash-codes, on one thread: searches for the 10 nearest of one query at a time, and encodes vectors.

Run by ci/outside.sh. Modes:
  vectors DIR ROWS [--generic]  draws vectors and 1,000 queries into DIR; ends with 2 if faiss is a generic build, unless --generic is given
  times DIR JAVA...             measures faiss and CodeSearch.java in turns, and prints a table
"""

import statistics
import subprocess
import sys
import time

import faiss
import numpy as np

import quantizers

NEIGHBORS = 10
ROUNDS = 3
SECONDS = 1.5


def build():
    """The version of faiss and the vector instructions that it was built for."""
    return f"faiss {faiss.__version__} ({' '.join(faiss.get_compile_options().split()) or 'no compile options'})"


def require_vectors(allowed):
    if "GENERIC" in faiss.get_compile_options() and not allowed:
        print(
            f"{faiss.__file__} is {build()}, a build without vector instructions, whose searches are several times slower: "
            "put another faiss on PYTHONPATH, or pass --generic to compare with this one.",
            file=sys.stderr,
        )
        sys.exit(2)


def microseconds(call):
    """The median CPU time of a call, of those in the second half of some seconds."""
    taken = []
    end = time.perf_counter() + 2 * SECONDS
    while time.perf_counter() < end:
        start = time.thread_time()
        call()
        taken.append(time.thread_time() - start)
    return statistics.median(taken[len(taken) // 2 :]) * 1e6


class Hamming:
    """Signs of a rotation in IndexBinaryFlat."""

    def __init__(self, database):
        self.rotation = faiss.RandomRotationMatrix(database.shape[1], database.shape[1])
        self.rotation.init(1)
        self.center = database.mean(axis=0)
        self.index = faiss.IndexBinaryFlat(database.shape[1])
        self.index.add(self.encode(database))

    def encode(self, vectors):
        return np.packbits(self.rotation.apply(vectors - self.center) > 0, axis=1, bitorder="little")

    def search(self, query):
        return self.index.search(self.encode(query), NEIGHBORS)


class Floats:
    """An index of faiss whose codes are made of float vectors, by its factory's name; RaBitQ's queries have 4 bits."""

    def __init__(self, name, database):
        self.index = faiss.index_factory(database.shape[1], name)
        inner = faiss.downcast_index(self.index.index) if isinstance(self.index, faiss.IndexPreTransform) else self.index
        if hasattr(inner, "qb"):
            inner.qb = 4
        self.index.train(database[:65536])
        self.index.add(database)

    def encode(self, vectors):
        return self.index.sa_encode(vectors)

    def search(self, query):
        return self.index.search(query, NEIGHBORS)


KINDS = [
    ("hamming", "Hamming, 48 bytes", "IndexBinaryFlat"),
    *((f"rabitq-{bits}", f"rabitq, {bits} bit{'s' * (bits > 1)}, 4-bit query", f"RR384,RaBitQfs{bits if bits > 1 else ''}") for bits in (1, 2, 3, 4)),
    ("pq-8", "pq, 48 x 8 bits", "PQ48"),
    ("pq-4", "pq, 96 x 4 bits", "PQ96x4fs"),
    ("int8", "int8", "SQ8"),
]


def times(folder, java):
    faiss.omp_set_num_threads(1)
    database = np.load(folder + "/vectors.npy")
    queries = np.load(folder + "/queries.npy")
    said = subprocess.run([java[0], "-version"], check=True, capture_output=True, text=True).stderr.splitlines()[0]
    print(f"{len(database):,} vectors of {database.shape[1]} dimensions, {NEIGHBORS} neighbors of one query, one thread, microseconds of CPU time")
    print(f"{build()}; {said}{', vector kernels' * any('incubator' in word for word in java)}")
    print(f"{'codes':26s}{'search: linfhash':>18s}{'faiss':>9s}{'ratio':>7s}{'encode: linfhash':>18s}{'faiss (1,000 at once)':>23s}   faiss's index")
    for name, title, factory in KINDS:
        theirs = None
        while theirs is None:
            try:
                theirs = Hamming(database) if name == "hamming" else Floats(factory, database)
            except RuntimeError:
                # An older faiss has no fast scan of RaBitQ, and none of several bits.
                if "fs" not in factory:
                    break
                factory = factory.replace("fs", "")
        ours, other = [], []
        some = iter(range(10**9))
        for _ in range(ROUNDS):
            run = subprocess.run([*java, folder + "/" + name, folder + "/queries.npy", str(SECONDS)], check=True, stdout=subprocess.PIPE, text=True)
            ours.append([float(number) for number in run.stdout.split()])
            if theirs is not None:
                search = microseconds(lambda: theirs.search(queries[[next(some) % len(queries)]]))
                other.append([search, microseconds(lambda: theirs.encode(queries)) / len(queries)])
        search, encode = np.median(ours, axis=0)
        if other:
            of_faiss = np.median(other, axis=0)
            print(f"{title:26s}{search:18.0f}{of_faiss[0]:9.0f}{search / of_faiss[0]:7.2f}{encode:18.1f}{of_faiss[1]:23.1f}   {factory}", flush=True)
        else:
            print(f"{title:26s}{search:18.0f}{'none':>9s}{'':7s}{encode:18.1f}{'none':>23s}   this faiss has none", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "vectors":
        require_vectors("--generic" in sys.argv[4:])
        quantizers.draw(sys.argv[2], "", 384, int(sys.argv[3]))
    else:
        times(sys.argv[2], sys.argv[3:])
