"""Measures faiss beside linfhash-codes, on one thread: searches for the 10 nearest of one query at a time, and encodes vectors.

speed [--generic] [ROWS]  100,000 vectors by default; ends with 2 if faiss is a generic build, which uses no vector instructions and is several
                          times slower, unless --generic is given. Another faiss may be on PYTHONPATH. JAVA_HOME chooses the Java; from Java 25
                          on, the vector kernels are measured
"""

import os
import statistics
import subprocess
import sys
import time

import faiss
import numpy as np

import peers

ROUNDS = 3
SECONDS = 1.5


def build():
    """Returns the version of faiss and the vector instructions that it was built for."""
    return f"faiss {faiss.__version__} ({' '.join(faiss.get_compile_options().split()) or 'no compile options'})"


def microseconds(call):
    """Returns the median CPU time of a call, of those in the second half of some seconds."""
    taken = []
    end = time.perf_counter() + 2 * SECONDS
    while time.perf_counter() < end:
        start = time.thread_time()
        call()
        taken.append(time.thread_time() - start)
    return statistics.median(taken[len(taken) // 2 :]) * 1e6


class Hamming:
    """Signs of a rotation in IndexBinaryFlat."""

    def __init__(self, vectors):
        self.rotation = faiss.RandomRotationMatrix(vectors.shape[1], vectors.shape[1])
        self.rotation.init(1)
        self.center = vectors.mean(axis=0)
        self.index = faiss.IndexBinaryFlat(vectors.shape[1])
        self.index.add(self.encode(vectors))

    def encode(self, vectors):
        return np.packbits(self.rotation.apply(vectors - self.center) > 0, axis=1, bitorder="little")

    def search(self, query):
        return self.index.search(self.encode(query), peers.NEIGHBORS)


class Floats:
    """An index of faiss by its factory's name; RaBitQ's queries have 4 bits."""

    def __init__(self, name, vectors):
        self.index = faiss.index_factory(vectors.shape[1], name)
        inner = faiss.downcast_index(self.index.index) if isinstance(self.index, faiss.IndexPreTransform) else self.index
        if hasattr(inner, "qb"):
            inner.qb = 4
        self.index.train(vectors[:65536])
        self.index.add(vectors)

    def encode(self, vectors):
        return self.index.sa_encode(vectors)

    def search(self, query):
        return self.index.search(query, peers.NEIGHBORS)


def of_faiss(name, vectors):
    """Returns an index; an older faiss has no fast scan of RaBitQ, and none of several bits, so that there may be none."""
    for factory in (name, name.replace("fs", "")):
        try:
            return Floats(factory, vectors) if factory else Hamming(vectors)
        except RuntimeError:
            pass
    return None


# A title, the options of quantize, and the name of faiss's index.
KINDS = [
    ("Hamming, 48 bytes", "--quantizer rotated-sign --bytes 48 --option distance=hamming", ""),
    *((f"rabitq, {bits} bit{'s' * (bits > 1)}, 4-bit query", f"--quantizer rabitq --option bits={bits} --option dimensions=384 --option queryBits=4",
       f"RR384,RaBitQfs{bits if bits > 1 else ''}") for bits in (1, 2, 3, 4)),
    ("pq, 48 x 8 bits", "--quantizer pq --bytes 48 --option bits=8", "PQ48"),
    ("pq, 96 x 4 bits", "--quantizer pq --bytes 48 --option bits=4", "PQ96x4fs"),
    ("int8", "--quantizer int8 --bytes 388", "SQ8"),
]


def java_command():
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    version = subprocess.run([java, "-version"], check=True, capture_output=True, text=True).stderr.splitlines()[0]
    incubator = "jdk.incubator.vector" in subprocess.run([java, "--list-modules"], check=True, capture_output=True, text=True).stdout
    vector = incubator and int(version.split('"')[1].split(".")[0]) >= 25
    modules = ["--add-modules=jdk.incubator.vector"] if vector else []
    jars = peers.program_jars("cli", "linfhash-codes*.jar")
    return [java, *modules, "-XX:+UseSerialGC", "-cp", jars, "ci/outside/Service.java", "speed"], version + ", vector kernels" * vector


def main(arguments):
    if "GENERIC" in faiss.get_compile_options() and "--generic" not in arguments:
        print(f"{faiss.__file__} is {build()}, a build without vector instructions, whose searches are several times slower: "
              "put another faiss on PYTHONPATH, or pass --generic to compare with this one.", file=sys.stderr)
        return 2
    rows = [int(word) for word in arguments if word != "--generic"] or [100_000]
    faiss.omp_set_num_threads(1)
    command, java = java_command()
    vectors, queries = peers.draw(384, rows[0])
    print(f"{rows[0]:,} vectors of 384 dimensions, {peers.NEIGHBORS} neighbors of one query, one thread, microseconds of CPU time")
    print(f"{build()}; {java}")
    print(f"{'codes':26s}{'search: linfhash':>18s}{'faiss':>9s}{'ratio':>7s}{'encode: linfhash':>18s}{'faiss (1,000 at once)':>23s}   faiss's index")
    with peers.scratch() as work:
        files = peers.save(work, vectors, queries)
        for number, (title, options, name) in enumerate(KINDS):
            folder = work / str(number)
            peers.linfhash("quantize", "--no-check-record", "--vectors", files[0], "--out", folder, "--similarity", "euclidean", *options.split())
            theirs = of_faiss(name, vectors)
            ours, other, some = [], [], iter(range(10**9))
            for _ in range(ROUNDS):
                run = subprocess.run([*command, folder, files[1], str(SECONDS)], check=True, stdout=subprocess.PIPE, text=True)
                ours.append([float(number) for number in run.stdout.split()])
                if theirs is not None:
                    search = microseconds(lambda: theirs.search(queries[[next(some) % len(queries)]]))
                    other.append([search, microseconds(lambda: theirs.encode(queries)) / len(queries)])
            search, encode = np.median(ours, axis=0)
            if other:
                s, e = np.median(other, axis=0)
                print(f"{title:26s}{search:18.0f}{s:9.0f}{search / s:7.2f}{encode:18.1f}{e:23.1f}   {name or 'IndexBinaryFlat'}", flush=True)
            else:
                print(f"{title:26s}{search:18.0f}{'none':>9s}{'':7s}{encode:18.1f}{'none':>23s}   this faiss has none", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
