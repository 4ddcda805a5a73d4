"""What other programs make of the files of 'linfhash quantize', beside what linfhash makes of them.

Run by ci/export.sh. Modes:
  vectors DIR [FILE]     draws vectors and queries into DIR, or takes the last rows of FILE as queries and the others as vectors
  bits DIR NAME          prints the bits of a code
  codes DIR NAME         NumPy and ONNX Runtime encode; faiss's IndexPQ takes codebooks and codes; leaves query-codes.npy
  neighbors DIR NAME    faiss's binary index and pgvector search, beside linfhash's search in ours.npz
Ends with 1 if anything differs.
"""

import contextlib
import json
import os
import subprocess
import sys

import faiss
import numpy as np

import quantizers

QUERIES = 200
NEIGHBORS = 10
NEAR_THRESHOLD = 1e-5


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


class Folder:
    def __init__(self, work, name):
        self.name = name
        self.path = f"{work}/{name}"
        self.vectors = np.load(work + "/vectors.npy")
        self.queries = np.load(work + "/queries.npy")
        with open(self.path + "/quantizer.json", encoding="utf-8") as file:
            self.card = json.load(file)
        self.arrays = {file[: -len(".npy")]: np.load(f"{self.path}/{file}") for file in self.card["arrays"]}
        for file, said in self.card["arrays"].items():
            array = self.arrays[file[: -len(".npy")]]
            if str(array.dtype) != said["type"] or list(array.shape) != said["shape"]:
                raise SystemExit(f"{name}: {file} is {array.dtype} {array.shape}, quantizer.json says {said}")
        self.failed = False

    def say(self, what, right, found):
        self.failed |= not right
        print(f"{self.name}: {what}: {found}{'' if right else '  DIFFERS'}", flush=True)

    def prepared(self, vectors):
        """What quantizer.json says of its input."""
        if self.card["similarity"] != "cosine":
            return vectors
        wide = vectors.astype(np.float64)
        return (wide / np.linalg.norm(wide, axis=1, keepdims=True)).astype(np.float32)

    def mapped(self, x):
        """y = rotation (x - center), or the first coordinates."""
        rotation = self.arrays.get("rotation")
        if rotation is None and self.card["quantizer"] != "pq":
            x = x[:, : self.card["codes"]["numbers"]]
        y = x - self.arrays["center"] if "center" in self.arrays else x
        return y if rotation is None else y @ rotation.T


def numbers(folder):
    form = folder.card["codes"]
    codes = folder.arrays["codes"]
    if form["bits"] == 8:
        return codes
    width = form["numbers"] * form["bits"]
    bits = np.unpackbits(codes, axis=1, bitorder="little")
    if bits[:, width:].any():
        raise SystemExit(folder.name + ": bits beyond a code are set")
    places = 1 << np.arange(form["bits"])
    return bits[:, :width].reshape(len(codes), form["numbers"], form["bits"]) @ places


def check_signs(folder, ones, y):
    sure = np.abs(y) > NEAR_THRESHOLD
    wrong = int(np.sum((ones != (y > 0)) & sure))
    folder.say("bits by NumPy", wrong == 0, f"{wrong} of {ones.size} differ, {int(np.sum(~sure))} at the threshold left out")


def check_close(folder, what, ours, theirs, tolerance):
    worst = float(np.max(np.abs(ours - theirs)) / np.max(np.abs(theirs)))
    folder.say(what, worst < tolerance, f"at most {worst:.1e} of the largest apart")


def check_rabitq(folder, u, x, y):
    bits = folder.card["codes"]["bits"]
    middle = (2**bits - 1) / 2
    grid = u - middle
    wide = y.astype(np.float64)
    product = np.sum(wide * grid, axis=1)
    check_close(folder, "factors by NumPy", folder.arrays["factors"], np.sum(wide * wide, axis=1) / product, 1e-5)
    center = folder.arrays["center"].astype(np.float64)
    dot = folder.card["similarity"] == "dot"
    terms = -(x @ center) if dot else np.sum((x - center) ** 2, axis=1)
    check_close(folder, "terms by NumPy", folder.arrays["terms"], terms, 1e-5)
    if bits == 1:
        check_signs(folder, u, y)
        return
    # No scale t of a fine grid of them makes a better code of y than the one there is.
    cosine = product / np.linalg.norm(grid, axis=1)
    least, best = 0.5 / np.max(np.abs(wide), axis=1), 0
    for factor in np.geomspace(1, 100, 400):
        rounded = np.floor(np.abs(wide) * (least * factor)[:, None])
        other = np.where(wide > 0, 1, -1) * (np.minimum(rounded, 2 ** (bits - 1) - 1) + 0.5)
        best = np.maximum(best, np.sum(wide * other, axis=1) / np.linalg.norm(other, axis=1))
    worse = int(np.sum(cosine < best * (1 - 1e-6)))
    folder.say("codes by NumPy", worse == 0, f"{worse} of {len(u)} are not the nearest direction")


def check_int8(folder, u, y):
    largest = np.max(np.abs(y), axis=1)
    check_close(folder, "scales by NumPy", folder.arrays["scales"], largest / 127, 1e-6)
    steps = y.astype(np.float64) / largest[:, None] * 127
    wrong = int(np.sum(np.abs(u - steps) > 0.5 + 1e-3))
    folder.say("numbers by NumPy", wrong == 0, f"{wrong} of {u.size} are not the nearest")


def check_pq(folder, u, y):
    books, starts = folder.arrays["codebooks"], folder.arrays["starts"]
    wrong = 0
    for part in range(len(starts) - 1):
        columns = slice(starts[part], starts[part + 1])
        squared = np.sum((y[:, None, columns] - books[None, :, columns]) ** 2, axis=2)
        taken = np.take_along_axis(squared, u[:, part : part + 1].astype(int), axis=1)[:, 0]
        wrong += int(np.sum(taken > np.min(squared, axis=1) + NEAR_THRESHOLD))
    folder.say("codes by NumPy", wrong == 0, f"{wrong} of {u.size} are not the nearest center")


def check_faiss_pq(folder, y):
    books, starts, codes = (folder.arrays[name] for name in ("codebooks", "starts", "codes"))
    parts, (count, dimension) = len(starts) - 1, books.shape
    bits = folder.card["codes"]["bits"]
    if dimension % parts or count != 1 << bits:
        print(f"{folder.name}: faiss's IndexPQ takes parts of equal width and all centers alone: left out", flush=True)
        return
    dot = folder.card["similarity"] == "dot"
    index = faiss.IndexPQ(dimension, parts, bits, faiss.METRIC_INNER_PRODUCT if dot else faiss.METRIC_L2)
    centroids = np.ascontiguousarray(books.reshape(count, parts, dimension // parts).transpose(1, 0, 2))
    faiss.copy_array_to_vector(centroids.ravel(), index.pq.centroids)
    index.is_trained = True
    numbers_of = (lambda packed: packed) if bits == 8 else (lambda packed: np.stack([packed & 15, packed >> 4], axis=2).reshape(len(packed), -1)[:, :parts])
    theirs, ours = numbers_of(index.sa_encode(y)), numbers_of(codes)
    differ = np.argwhere(theirs != ours)
    width = dimension // parts
    apart = [
        abs(np.sum((y[i, p * width : (p + 1) * width] - centroids[p, theirs[i, p]]) ** 2)
            - np.sum((y[i, p * width : (p + 1) * width] - centroids[p, ours[i, p]]) ** 2))
        for i, p in differ
    ]
    unequal = sum(a > NEAR_THRESHOLD for a in apart)
    folder.say("codes by faiss", unequal == 0, f"{len(apart)} of {ours.size} differ, {unequal} of them between centers that are not equally near")
    faiss.copy_array_to_vector(codes.ravel(), index.codes)
    index.ntotal = len(codes)
    z = folder.mapped(folder.prepared(folder.queries))
    distances, ids = index.search(z, NEIGHBORS)
    decoded = centroids[np.arange(parts), ours].reshape(len(codes), dimension)
    if dot:
        estimates = -(z @ decoded.T)
        distances = -distances
    else:
        estimates = np.sum(z**2, axis=1)[:, None] - 2 * z @ decoded.T + np.sum(decoded**2, axis=1)
    check_close(folder, "distances by faiss", np.take_along_axis(estimates, ids, axis=1), distances, 1e-4)
    check_close(folder, "nearest by faiss", np.sort(estimates, axis=1)[:, :NEIGHBORS], distances, 1e-4)


def check_onnx(folder, y):
    """The database again and, of bits, the queries."""
    with without_errors():
        import onnxruntime

        session = onnxruntime.InferenceSession(folder.path + "/encoder.onnx", providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    blocks = [session.run(names, {"vectors": folder.vectors[i : i + 1000]}) for i in range(0, len(folder.vectors), 1000)]
    for name, parts in zip(names, zip(*blocks)):
        theirs = np.concatenate(parts)
        if name in ("terms", "factors", "scales"):
            check_close(folder, name + " by ONNX Runtime", folder.arrays[name], theirs[:, 0], 1e-5)
            continue
        ours = numbers(folder) if name == "bits" else folder.arrays["codes"]
        if theirs.dtype != (np.uint8 if name == "bits" else ours.dtype) or theirs.shape != ours.shape:
            folder.say(name + " by ONNX Runtime", False, f"{theirs.dtype} {theirs.shape}")
        elif name == "bits":
            differ = ours != theirs
            beyond = int(np.sum(np.abs(y[differ]) > NEAR_THRESHOLD))
            folder.say("bits by ONNX Runtime", beyond == 0, f"{int(np.sum(differ))} of {ours.size} differ, {beyond} of them not at the threshold")
        elif folder.card["codes"]["bits"] == 1:
            packed = np.packbits(np.concatenate(blocks_of(blocks, names, "bits")), axis=1, bitorder="little")
            folder.say("packed bits by ONNX Runtime", np.array_equal(packed, theirs), f"{theirs.size} bytes, as numpy.packbits has them")
        else:
            share = float(np.mean(ours != theirs))
            folder.say("codes by ONNX Runtime", share < 1e-5, f"{int(share * ours.size + 0.5)} of {ours.size} differ")
    if folder.card["codes"]["hamming"]:
        np.save(folder.path + "/query-codes.npy", session.run(["codes"], {"vectors": folder.queries})[0])


def blocks_of(blocks, names, name):
    return [block[names.index(name)] for block in blocks]


def codes(work, name):
    folder = Folder(work, name)
    x = folder.prepared(folder.vectors)
    y = folder.mapped(x)
    u = numbers(folder)
    kind = folder.card["quantizer"]
    if kind.endswith("sign") or kind == "itq":
        check_signs(folder, u, y)
    elif kind == "rabitq":
        check_rabitq(folder, u, x, y)
    elif kind == "int8":
        check_int8(folder, u, y)
    else:
        check_pq(folder, u, y)
        check_faiss_pq(folder, y)
    if "encoder.onnx" in folder.card["others"]:
        check_onnx(folder, y)
    else:
        print(f"{name}: no encoder.onnx: {folder.card['leftOut']['encoder.onnx']}", flush=True)
    return folder.failed


def psql(*words):
    return subprocess.run(["psql", "-q", "-X", "-A", "-t", "-F", " ", "-v", "ON_ERROR_STOP=1", *words], check=True, capture_output=True, text=True).stdout


def neighbors(work, name):
    folder = Folder(work, name)
    bits = folder.card["codes"]["numbers"]
    database = folder.arrays["codes"]
    raw = np.fromfile(folder.path + "/codes.bin", dtype=np.uint8).reshape(len(database), -1)
    folder.say("codes.bin", np.array_equal(raw, database), f"{raw.size} bytes, as codes.npy has them")
    wanted = np.load(folder.path + "/query-codes.npy")
    ours = np.load(folder.path + "/ours.npz")

    index = faiss.IndexBinaryFlat(8 * database.shape[1])
    index.add(raw)
    distances, ids = index.search(wanted, NEIGHBORS)
    equal = np.array_equal(distances, ours["distances"])
    folder.say("distances by faiss", equal, f"of the {NEIGHBORS} nearest of {len(wanted)} queries")
    own = np.bitwise_count(database[ids] ^ wanted[:, None]).sum(axis=2)
    folder.say("neighbors by faiss", np.array_equal(own, ours["distances"]), "each is as far as linfhash's of the same rank")

    texts = ["".join(map(str, row[:bits])) for row in np.unpackbits(wanted, axis=1, bitorder="little")]
    all_of_some = 5
    for q in range(all_of_some):
        rows = psql("-c", f"SELECT id, code <~> B'{texts[q]}' FROM linfhash_codes ORDER BY id").split()
        found = np.array(rows, dtype=float).reshape(-1, 2)
        expected = np.bitwise_count(database ^ wanted[q]).sum(axis=1)
        if not (np.array_equal(found[:, 0], np.arange(len(database))) and np.array_equal(found[:, 1], expected)):
            folder.say("distances by pgvector", False, f"query {q}")
            break
    else:
        folder.say("distances by pgvector", True, f"of all {len(database)} codes to {all_of_some} queries")
    statement = " UNION ALL ".join(
        f"(SELECT {q}, id, code <~> B'{text}' AS distance FROM linfhash_codes ORDER BY distance, id LIMIT {NEIGHBORS})"
        for q, text in enumerate(texts[:50]))
    found = np.array(psql("-c", statement).split(), dtype=float).reshape(50, NEIGHBORS, 3)
    right = np.array_equal(found[:, :, 1], ours["ids"][:50]) and np.array_equal(found[:, :, 2], ours["distances"][:50])
    folder.say("neighbors by pgvector", right, f"ids and distances of the {NEIGHBORS} nearest of 50 queries")
    check_query(folder, texts, wanted)
    return folder.failed


def check_query(folder, texts, wanted):
    """query.sql; with an index the candidates may be others, so that it comes last."""
    database = folder.arrays["codes"]
    hamming = np.bitwise_count(database[None] ^ wanted[:20, None]).sum(axis=2)
    floats = "--with-vectors" in folder.card["program"]["command"]
    right = True
    for q in range(20):
        words = ["-v", "code=" + texts[q]]
        if floats:
            words += ["-v", "embedding=[" + ",".join(map(repr, folder.queries[q].tolist())) + "]"]
        rows = np.array(psql(*words, "-f", folder.path + "/query.sql").split(), dtype=float).reshape(NEIGHBORS, 2)
        ids = rows[:, 0].astype(int)
        if not floats:
            right &= np.array_equal(np.sort(hamming[q])[:NEIGHBORS], rows[:, 1]) and np.array_equal(hamming[q][ids], rows[:, 1])
            continue
        v, z = folder.vectors.astype(np.float64), folder.queries[q].astype(np.float64)
        distances = {
            "cosine": lambda: 1 - v @ z / np.linalg.norm(v, axis=1) / np.linalg.norm(z),
            "dot": lambda: -(v @ z),
            "euclidean": lambda: np.linalg.norm(v - z, axis=1),
        }[folder.card["similarity"]]()
        hundredth = np.sort(hamming[q])[99]
        sure = np.sort(distances[hamming[q] < hundredth])[:NEIGHBORS]
        right &= bool(np.all(hamming[q][ids] <= hundredth)) and np.allclose(distances[ids], rows[:, 1], atol=1e-5)
        # Those that are surely among the 100 are not passed over for worse ones.
        right &= bool(np.all(rows[: len(sure), 1] <= sure + 1e-5))
    folder.say("query.sql", right, "20 queries" + (", rescored by floats" if floats else ""))
    if floats:
        check_index(folder, texts)
    if "binary_quantize" in read(folder.path + "/schema.sql"):
        check_without_export(folder, texts)


def read(file):
    with open(file, encoding="utf-8") as text:
        return text.read()


def literal(vector):
    return "[" + ",".join(map(repr, vector.tolist())) + "]"


def float_neighbors(folder, queries):
    """The nearest by full-precision vectors, queries x vectors, nearest first."""
    v, z = folder.vectors.astype(np.float64), queries.astype(np.float64)
    if folder.card["similarity"] == "euclidean":
        scores = np.sum(v**2, axis=1) - 2 * z @ v.T
    else:
        scores = -(z @ v.T)
        if folder.card["similarity"] == "cosine":
            scores /= np.linalg.norm(v, axis=1)
    return np.argsort(scores, axis=1, kind="stable")


def check_index(folder, texts):
    """query.sql with an HNSW index of default settings finds as much as with all codes read."""
    order = float_neighbors(folder, folder.queries)
    exact = order[:, :NEIGHBORS]
    hamming = np.bitwise_count(folder.arrays["codes"][None] ^ np.load(folder.path + "/query-codes.npy")[:, None]).sum(axis=2, dtype=int)
    ranks = np.argsort(order, axis=1)
    wanted = []
    for q, row in enumerate(hamming):
        candidates = np.argsort(row, kind="stable")[:100]
        wanted.append(candidates[np.argsort(ranks[q][candidates])][:NEIGHBORS])
    psql("-c", "CREATE INDEX linfhash_codes_hnsw ON linfhash_codes USING hnsw (code bit_hamming_ops)", "-c", "ANALYZE linfhash_codes")
    script = folder.path + "/all.sql"
    with open(script, "w", encoding="utf-8") as file:
        # Small tables may be read whole, as that is cheap; the index is what is tried here.
        file.write("SET enable_seqscan = off;\n")
        for text, query in zip(texts, folder.queries):
            file.write(f"\\set code {text}\n\\set embedding {literal(query)}\n\\i {folder.path}/query.sql\n")
    found = np.array(psql("-f", script).split(), dtype=float).reshape(len(texts), NEIGHBORS, 2)[:, :, 0].astype(int)
    uses = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'linfhash_codes_hnsw'"
    scans = int(psql("-c", "SELECT pg_stat_force_next_flush()", "-c", uses).split()[-1])
    recalls = [np.mean([len(set(a) & set(b)) / NEIGHBORS for a, b in zip(ids, exact)]) for ids in (found, wanted)]
    folder.say("recall of query.sql by HNSW", scans >= len(texts) and recalls[0] > recalls[1] - 0.01,
               f"{recalls[0]:.3f}, {recalls[1]:.3f} with all codes read; {scans} index scans")


def check_without_export(folder, texts):
    """The statements that schema.sql has for a table of one's own."""
    bits = folder.card["codes"]["numbers"]
    dimension = folder.vectors.shape[1]
    rows = folder.path + "/items.copy"
    with open(rows, "w", encoding="utf-8") as file:
        file.writelines(f"{i}\t{literal(v)}\n" for i, v in enumerate(folder.vectors))
    text = read(folder.path + "/schema.sql")
    said = [line[3:] for line in text[text.index("Replace items by"):].splitlines() if line.startswith("-- ") and line.endswith(";")]
    index, select, column = said
    if not (index.startswith("CREATE INDEX") and select.startswith("SELECT") and column.startswith("ALTER TABLE")):
        raise SystemExit(f"{folder.name}: schema.sql has {said}")
    psql("-c", f"CREATE TABLE items (id bigint PRIMARY KEY, embedding vector({dimension}) NOT NULL)",
         "-c", f"\\copy items FROM '{rows}'", "-c", index, "-c", column, "-c", "ANALYZE items")
    differ = int(psql("-c", "SELECT count(*) FROM items JOIN linfhash_codes USING (id) WHERE items.code <> linfhash_codes.code"))
    folder.say("binary_quantize", differ == 0, f"{differ} of {len(folder.vectors)} codes differ")
    vector = literal(folder.queries[0])
    with open(folder.path + "/items.sql", "w", encoding="utf-8") as file:
        file.write(f"SET enable_seqscan = off;\nSET hnsw.ef_search = 200;\n\\set embedding {vector}\nEXPLAIN {select}\n{select}\n")
    lines = psql("-f", folder.path + "/items.sql").splitlines()
    ids = [int(line) for line in lines if line.isdigit()]
    distances = np.bitwise_count(folder.arrays["codes"] ^ np.load(folder.path + "/query-codes.npy")[0]).sum(axis=1)
    near = int(np.sum(distances[ids] <= np.sort(distances)[99]))
    folder.say("index on binary_quantize", "Index Scan" in "".join(lines) and len(ids) == 100 and near > 90,
               f"{near} of the {len(ids)} that it returns are among the 100 nearest codes")
    psql("-c", "DROP TABLE items")


def vectors(work, file=None):
    if file is None:
        quantizers.vectors(work)
        return
    every = np.load(file).astype(np.float32)
    np.save(work + "/vectors.npy", every[:-QUERIES])
    np.save(work + "/queries.npy", every[-QUERIES:])


if __name__ == "__main__":
    mode, arguments = sys.argv[1], sys.argv[2:]
    if mode == "vectors":
        vectors(*arguments)
    elif mode == "bits":
        print(Folder(*arguments).card["codes"]["numbers"])
    else:
        sys.exit(1 if {"codes": codes, "neighbors": neighbors}[mode](*arguments) else 0)
