"""Compares what `linfhash quantize` writes with what other programs make of it.

export [FEATURES.npy]  drawn vectors of 64 dimensions, or those of a file, whose last rows are the queries

linfhash_codes.py, with NumPy, and ONNX Runtime encode the vectors again. linfhash_codes.py and the Java of linfhash-codes compute distances.
faiss encodes with the codebooks and searches the bits, and pgvector runs schema.sql and query.sql. Ends with 1 if something differs. A value next
to a threshold may fall on either side of it, as sums are rounded in another order.
"""

import contextlib
import itertools
import os
import subprocess
import sys

import faiss
import numpy as np

import peers

NEAR = 1e-5
QUERIES = 50
SIGNS = [("sign", 8, {"centered": "true"}), ("truncated-sign", 4, {}), ("rotated-sign", 12, {"rotation": "dense"}), ("itq", 5, {}),
         ("pca-sign", 6, {})]


def exports():
    """Yields a similarity, a quantizer, its bytes and options, and whether the vectors are exported with the codes."""
    for similarity in ("cosine", "dot", "euclidean"):
        for (name, size, options), distance in itertools.product(SIGNS, ("hamming", "asymmetric")):
            with_vectors = similarity == "cosine" and distance == "hamming" and name != "pca-sign"
            yield similarity, name, size, {**options, "distance": distance}, with_vectors
        for bits, query in (1, 0), (2, 4), (3, 8), (4, 0):
            yield similarity, "rabitq", 8 + 6 * bits, {"bits": bits, "queryBits": query, "termBits": 16 if bits == 3 else 32}, False
        for name, size, options in ("int8", 52, {}), ("int8", 68, {}), ("pq", 9, {}), ("pq", 8, {}), ("opq", 8, {}), ("pq", 8, {"bits": 4}):
            yield similarity, name, size, options, False
    yield "cosine", "sign", 8, {}, True
    for rotation in "hadamard-blocks", "hadamard-padded":
        yield "cosine", "rotated-sign", None, {"bits": 64, "rotation": rotation, "distance": "asymmetric"}, False


def near_thresholds(quantizer, vectors):
    """Whether each of some vectors has a value next to a threshold of its code."""
    y = quantizer.mapped(quantizer.prepared(vectors)).astype(np.float64)
    if quantizer.name == "int8":
        steps = y / np.abs(y).max(axis=1, keepdims=True) * 127 + 0.5
        return (np.abs(steps - np.rint(steps)) < 127 * NEAR).any(axis=1)
    if quantizer.name in ("pq", "opq"):
        near = np.zeros(len(y), dtype=bool)
        for columns, books in quantizer._parts():
            squares = np.sort(((y[:, None, columns] - books) ** 2).sum(axis=2), axis=1)
            near |= squares[:, 1] - squares[:, 0] < NEAR
        return near
    # The grid of several bits has no simple thresholds: its best cosine is then as good as another.
    return (np.abs(y) < NEAR).any(axis=1) | (quantizer.bits > 1)


def say_codes(verdicts, what, quantizer, vectors, ours, theirs):
    differ = (ours != theirs).any(axis=1)
    unexplained = int((~near_thresholds(quantizer, vectors[differ])).sum()) if differ.any() else 0
    verdicts.say(what, unexplained == 0 and differ.sum() <= max(1, len(ours) / 100),
                 f"{differ.sum()} of {len(ours)} differ, {unexplained} not at a threshold")


def check_service(verdicts, name, folder, quantizer, queries):
    """Compares linfhash_codes.py with what Service.java wrote."""
    content = (folder / "service.bin").read_bytes()
    cut = 4 * len(queries) * len(quantizer.codes["codes"])
    measured = np.frombuffer(content[:cut], dtype="<f4").reshape(len(queries), -1)
    far = np.abs(quantizer.distances(queries) - measured) > 1e-4 * (1 + np.abs(measured))
    # A query that is rounded, or compared by its own code, may differ in one number next to a threshold.
    verdicts.say(f"{name}: distances by a service", far.mean() <= 0.01, f"{far.sum()} of {far.size} differ")
    encoded = quantizer.encode(queries)["codes"].view(np.uint8)
    theirs = np.frombuffer(content[cut:], dtype=np.uint8).reshape(len(queries), -1)[:, : encoded.shape[1]]
    say_codes(verdicts, f"{name}: codes by a service", quantizer, queries, encoded, theirs)


@contextlib.contextmanager
def without_errors():
    """Debian's ONNX Runtime complains of each operator on being loaded, as it and its library of ONNX both register them."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def check_onnx(verdicts, name, folder, quantizer, vectors):
    with without_errors():
        import onnxruntime

        session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    for output, theirs in zip(names, session.run(names, {"vectors": vectors})):
        if output in ("terms", "factors", "scales"):
            verdicts.close(f"{name}: {output} by ONNX Runtime", quantizer.codes[output], theirs[:, 0], 1e-5)
        else:
            ours = quantizer._unpacked(quantizer.codes["codes"]) if output == "bits" else quantizer.codes["codes"]
            say_codes(verdicts, f"{name}: {output} by ONNX Runtime", quantizer, vectors, ours, theirs)


def check_faiss_pq(verdicts, name, quantizer, vectors, queries):
    """Gives codebooks and codes to faiss's IndexPQ, which takes parts of equal width."""
    books, parts = quantizer.arrays["codebooks"], quantizer.numbers
    (count, dimension), inner = books.shape, quantizer.inner
    if dimension % parts:
        return
    index = faiss.IndexPQ(dimension, parts, quantizer.bits, faiss.METRIC_INNER_PRODUCT if inner else faiss.METRIC_L2)
    faiss.copy_array_to_vector(np.ascontiguousarray(books.reshape(count, parts, -1).transpose(1, 0, 2)).ravel(), index.pq.centroids)
    index.is_trained = True
    y, z = (quantizer.mapped(quantizer.prepared(rows)) for rows in (vectors, queries))
    say_codes(verdicts, f"{name}: codes by faiss", quantizer, vectors, quantizer.codes["codes"], index.sa_encode(y))
    faiss.copy_array_to_vector(np.asarray(quantizer.codes["codes"]).ravel(), index.codes)
    index.ntotal = len(vectors)
    distances, _ = index.search(z, peers.NEIGHBORS)
    decoded = index.sa_decode(np.asarray(quantizer.codes["codes"]))
    estimates = -(z @ decoded.T) if inner else (z**2).sum(axis=1)[:, None] - 2 * z @ decoded.T + (decoded**2).sum(axis=1)
    verdicts.close(f"{name}: nearest by faiss", np.sort(estimates, axis=1)[:, : peers.NEIGHBORS], -distances if inner else distances, 1e-4)


def check_hamming(verdicts, name, folder, quantizer, vectors, queries, server):
    """Compares the nearest by Hamming distance that `linfhash search`, faiss and pgvector find, and runs query.sql on an index."""
    wanted, codes = quantizer.encode(queries)["codes"], np.asarray(quantizer.codes["codes"])
    np.save(folder / "query-codes.npy", wanted)
    peers.linfhash("search", "--database-codes", folder / "codes.npy", "--query-codes", folder / "query-codes.npy", "--bits", quantizer.numbers,
                   "--k", peers.NEIGHBORS, "--out", folder / "ours.npz")
    ours = np.load(folder / "ours.npz")
    raw = np.fromfile(folder / "codes.bin", dtype=np.uint8).reshape(codes.shape)
    verdicts.say(f"{name}: codes.bin", np.array_equal(raw, codes), f"{raw.size} bytes")
    index = faiss.IndexBinaryFlat(8 * codes.shape[1])
    index.add(raw)
    distances = index.search(wanted, peers.NEIGHBORS)[0]
    verdicts.say(f"{name}: distances by faiss", np.array_equal(distances, ours["distances"]), f"of the {peers.NEIGHBORS} nearest")

    subprocess.run(["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-f", "schema.sql"], cwd=folder, env=server.environment(), check=True)
    texts = ["".join(map(str, row[: quantizer.numbers])) for row in np.unpackbits(wanted, axis=1, bitorder="little")]
    statement = " UNION ALL ".join(
        f"(SELECT {q}, id, code <~> B'{text}' AS distance FROM linfhash_codes ORDER BY distance, id LIMIT {peers.NEIGHBORS})"
        for q, text in enumerate(texts))
    found = np.array(server.psql("-c", statement, separator=" ").split(), dtype=float).reshape(len(texts), peers.NEIGHBORS, 3)
    equal = np.array_equal(found[:, :, 1], ours["ids"]) and np.array_equal(found[:, :, 2], ours["distances"])
    verdicts.say(f"{name}: neighbors by pgvector", equal, f"ids and distances of the {peers.NEIGHBORS} nearest")

    # query.sql with an HNSW index of default settings finds as much as with all codes read.
    hamming = np.bitwise_count(codes[None] ^ wanted[:, None]).sum(axis=2, dtype=int)
    scores = -(peers.units(queries) @ peers.units(vectors).T)
    nearest = np.argsort(hamming, axis=1, kind="stable")[:, :100]
    best = [candidates[np.argsort(scores[q][candidates])][: peers.NEIGHBORS] for q, candidates in enumerate(nearest)]
    server.psql("-c", "CREATE INDEX linfhash_codes_hnsw ON linfhash_codes USING hnsw (code bit_hamming_ops)", "-c", "ANALYZE linfhash_codes")
    script = folder / "all.sql"
    lines = [f"\\set code {text}\n\\set embedding {peers.literal(query)}\n\\i {folder}/query.sql\n" for text, query in zip(texts, queries)]
    script.write_text("SET enable_seqscan = off;\n" + "".join(lines), encoding="utf-8")
    ids = np.array(server.psql("-f", script, separator=" ").split(), dtype=float).reshape(len(texts), peers.NEIGHBORS, 2)[:, :, 0].astype(int)
    recall, possible = (peers.recall(vectors, queries, rows) for rows in (ids, best))
    verdicts.say(f"{name}: recall of query.sql by HNSW", recall > possible - 0.02, f"{recall:.3f}, {possible:.3f} with all codes read")
    server.psql("-c", "DROP TABLE linfhash_codes")


def main(file=None):
    verdicts = peers.Verdicts()
    with peers.scratch() as work, peers.Server(work / "pg") as server:
        server.psql("-c", "CREATE EXTENSION vector")
        vectors, queries = peers.draw(64, 3000, QUERIES) if file is None else np.split(np.load(file).astype(np.float32), [-QUERIES])
        files = peers.save(work, vectors, queries)
        made = []
        for number, (similarity, quantizer, size, options, floats) in enumerate(exports()):
            folder = work / str(number)
            chosen = [word for key, value in options.items() for word in ("--option", f"{key}={value}")]
            chosen += ["--bytes", size] if size else []
            peers.linfhash("quantize", "--similarity", similarity, "--quantizer", quantizer, *chosen,
                           *(["--with-vectors"] if floats else []), "--vectors", files[0], "--out", folder)
            made.append((" ".join(map(str, [similarity, quantizer, *chosen[1::2]])), folder, floats))
        jars = peers.program_jars("cli", "linfhash-codes*.jar")
        folders = [folder for _, folder, _ in made]
        subprocess.run(["java", "-cp", jars, "ci/outside/Service.java", "distances", files[1], *folders], check=True)
        for name, folder, floats in made:
            quantizer = peers.exported(folder)
            say_codes(verdicts, f"{name}: codes by NumPy", quantizer, vectors, quantizer.codes["codes"], quantizer.encode(vectors)["codes"])
            check_service(verdicts, name, folder, quantizer, queries)
            if (folder / "encoder.onnx").is_file():
                check_onnx(verdicts, name, folder, quantizer, vectors)
            if quantizer.name == "pq":
                check_faiss_pq(verdicts, name, quantizer, vectors, queries)
            if floats:
                check_hamming(verdicts, name, folder, quantizer, vectors, queries, server)
    return verdicts.code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
