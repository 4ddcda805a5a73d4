"""Compares linfhash_codes.py with what linfhash exported, and with what a service computes (ci/codes.sh).

codes.py vectors FOLDER           writes vectors.npy and queries.npy
codes.py quantizers               prints a line for each quantizer: similarity, name, bytes, options
codes.py compare FOLDER           compares all exports in FOLDER, and prints a line for each
"""

import importlib.util
import pathlib
import sys

import numpy

# A value this near to a threshold may fall on either side of it.
NEAR = 1e-5
SIGNS = [("sign", 8), ("truncated-sign", 4), ("rotated-sign", 12), ("itq", 5), ("pca-sign", 6)]


def quantizers():
    for similarity in ("cosine", "dot", "euclidean"):
        for name, size in SIGNS:
            for distance in ("hamming", "asymmetric"):
                centered = " --option centered=true" if name == "sign" else ""
                dense = " --option rotation=dense" if name == "rotated-sign" else ""
                yield "%s %s %d --option distance=%s%s%s" % (similarity, name, size, distance, centered, dense)
        for bits in (1, 2, 3, 4):
            query = {1: 0, 2: 4, 3: 8, 4: 0}[bits]
            options = "--option bits=%d --option queryBits=%d --option termBits=%d" % (bits, query, 16 if bits == 3 else 32)
            yield "%s rabitq %d %s" % (similarity, 8 + 6 * bits, options)
        for name, size in (("int8", 52), ("int8", 68), ("pq", 9), ("opq", 8), ("pq", "9 --option bits=4")):
            yield "%s %s %s" % (similarity, name, size)


def vectors(folder):
    random = numpy.random.default_rng(5)
    scales = 1 / numpy.sqrt(1 + numpy.arange(64))
    for name, count in (("vectors", 3000), ("queries", 20)):
        values = random.normal(size=(count, 64)) * scales + 0.1
        numpy.save(folder / (name + ".npy"), values.astype(numpy.float32))


def near_thresholds(quantizer, vectors, rows):
    """Whether each of some vectors has a value next to a threshold of its code."""
    y = quantizer.mapped(quantizer.prepared(vectors[rows])).astype(numpy.float64)
    if quantizer.name == "int8":
        steps = y / numpy.abs(y).max(axis=1, keepdims=True) * 127 + 0.5
        return (numpy.abs(steps - numpy.rint(steps)) < 127 * NEAR).any(axis=1)
    if quantizer.name in ("pq", "opq"):
        near = numpy.zeros(len(y), dtype=bool)
        for columns, books in quantizer._parts():
            squares = numpy.sort(((y[:, None, columns] - books) ** 2).sum(axis=2), axis=1)
            near |= squares[:, 1] - squares[:, 0] < NEAR
        return near
    # The grid of several bits has no simple thresholds: its best cosine is then as good as another.
    return (numpy.abs(y) < NEAR).any(axis=1) | (quantizer.bits > 1)


def compare(folder):
    vectors, queries = (numpy.load(folder / (name + ".npy")) for name in ("vectors", "queries"))
    wrong = 0
    for export in sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: int(path.name)):
        spec = importlib.util.spec_from_file_location("linfhash_codes", export / "linfhash_codes.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        quantizer = module.load(export)
        own = quantizer.encode(vectors)
        differ = (own["codes"] != quantizer.codes["codes"]).any(axis=1)
        unexplained = int((~near_thresholds(quantizer, vectors, differ)).sum())
        size = quantizer.card["bytes"]
        service = (export / "service.bin").read_bytes()
        cut = 4 * len(queries) * len(vectors)
        measured = numpy.frombuffer(service[:cut], dtype="<f4").reshape(len(queries), -1)
        distances = quantizer.distances(queries)
        far = numpy.abs(distances - measured) > 1e-4 * (1 + numpy.abs(measured))
        encoded = quantizer.encode(queries)
        parts = [encoded[name].reshape(len(queries), -1) for name in ("codes", "terms", "factors", "scales") if name in encoded]
        rows = numpy.concatenate([numpy.ascontiguousarray(part).view(numpy.uint8) for part in parts], axis=1)
        codes = numpy.frombuffer(service[cut:], dtype=numpy.uint8).reshape(len(queries), size)
        width = encoded["codes"].shape[1]
        rows_differ = int((rows[:, :width] != codes[:, :width]).any(axis=1).sum())
        print("%-9s %-14s %s: of %d codes, %d differ next to a threshold, %d elsewhere; of %d queries, %d codes differ; of %d distances, %d differ"
              % (quantizer.card["similarity"], quantizer.name, quantizer.options, len(vectors), differ.sum() - unexplained,
                 unexplained, len(queries), rows_differ, far.size, far.sum()))
        # A query that is rounded, or compared by its own code, may differ in one number next to a threshold.
        wrong += unexplained + (differ.sum() > 30) + (rows_differ > 1) + (far.sum() > far.size / 100)
    return wrong


if __name__ == "__main__":
    if sys.argv[1] == "vectors":
        vectors(pathlib.Path(sys.argv[2]))
    elif sys.argv[1] == "quantizers":
        print("\n".join(quantizers()))
    else:
        sys.exit(3 if compare(pathlib.Path(sys.argv[2])) else 0)
