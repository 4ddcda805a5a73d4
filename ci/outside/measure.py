"""Runs the answers of `linfhash measure` on new indexes of each engine, and counts how often recall is as promised.

measure small                one seed, 4,000 vectors and two types of indexes for each engine, in about two minutes
measure [SEEDS [FILE.npy...]]  20,000 vectors of each file, or drawn ones, for each of 5 seeds; hours

The variable ENGINES names some engines, such as "faiss redis" (default: all that are installed).

An answer holds if the recall@10 of up to 2,000 queries that measure has never seen is at least the lower end of its interval, or in the small
run at most 0.02 below. Ends with 1 if fewer than 95% hold, or a schema of measure is left. An engine that is not installed is left out.
"""

import contextlib
import json
import os
import pathlib
import shutil
import sys
import tempfile
import types

import numpy as np

import engine_codes
import peers

QUERIES = 2000
SMALL = {
    "pgvector": "hnsw-halfvec,ivfflat-bit",
    "lucene": "hnsw-int8,flat-bit",
    "faiss": "hnsw-float,ivf-pq",
    "sqlite-vec": "flat-int8,flat-bit",
    "redis": "hnsw-q8,hnsw-bin",
}


def installed():
    """Returns the engines that are here."""
    there = {
        "pgvector": peers.has_postgres(),
        "lucene": bool(peers.LUCENE_JAVA),
        "faiss": peers.has_module("faiss"),
        "sqlite-vec": bool(os.environ.get("LINFHASH_SQLITE_VEC")) or peers.has_module("sqlite_vec"),
        "redis": shutil.which("redis-server") is not None,
    }
    wanted = os.environ.get("ENGINES", "").split() or list(there)
    return [engine for engine in wanted if there[engine]]


def found_in_python(engine, answer, vectors, queries, folder):
    """Runs the lines to paste, which use the names vectors and query and set ids."""
    with tempfile.TemporaryDirectory(dir=folder) as own, contextlib.chdir(own):
        if engine == "redis":
            # The lines need a client, and a server that holds no other vectors.
            with engine_codes.Server("redis-server", own) as server:
                sys.modules["redis"] = types.SimpleNamespace(Redis=lambda: server)
                return searched_in_python(answer, vectors, queries)
        return searched_in_python(answer, vectors, queries)


def searched_in_python(answer, vectors, queries):
    library = os.environ.get("LINFHASH_SQLITE_VEC")
    if library:
        sys.modules.setdefault("sqlite_vec", types.SimpleNamespace(load=lambda database: database.load_extension(library)))
    names = {"vectors": vectors}
    exec(compile(answer["create"], "create", "exec"), names)
    search = compile(answer["search"], "search", "exec")
    found = []
    for query in queries:
        names["query"] = query
        exec(search, names)
        found.append([int(row) for row in names["ids"]])
    return found


def found_by_pgvector(answer, vectors, queries, server):
    server.table("items", "id", "embedding", vectors)
    create = server.folder / "create.sql"
    create.write_text(answer["create"], encoding="utf-8")
    server.psql("-f", create, database="paste")
    return peers.lists(server.search("", answer["search"], queries))


def answers(engine, label, vectors, queries, options, folder, server):
    """Yields whether each answer of an engine holds."""
    np.save(folder / "database.npy", vectors)
    words = ["--database", server.url] if engine == "pgvector" else ["--engine", engine]
    measured = json.loads(peers.linfhash("measure", "--vectors", folder / "database.npy", "--format", "json", *words, *options, allowed=(0, 3)))
    # The queries that measure draws are not among the vectors of its indexes.
    searched = vectors[: measured["vectors"]["rows"]]
    for answer in measured["answers"]:
        if engine == "pgvector":
            found = found_by_pgvector(answer, searched, queries, server)
        elif engine != "lucene":
            found = found_in_python(engine, answer, searched, queries, folder)
        else:
            lines = answer["create"] + peers.SEARCH + answer["search"]
            found = peers.run_lucene(lines, searched, queries, peers.program_jars("lucene", "lucene-core-*.jar"), folder)
        recall, low = peers.recall(searched, queries, found), answer["interval"][0]
        holds = recall >= low - (0.02 if "--types" in options else 0)
        print(f"{label}{engine}, target {answer['target']:.2f}, {answer['type']}: promised {answer['recall']:.4f} ({low:.4f} to "
              f"{answer['interval'][1]:.4f}), found {recall:.4f}: it {'holds' if holds else 'does not hold'}", flush=True)
        yield holds


def main(arguments):
    small = arguments[:1] == ["small"]
    engines = installed()
    if not engines:
        print("measure: none of the engines is installed", file=sys.stderr)
        return 1
    # The engines in Python run by this Python, which has their modules.
    os.environ.setdefault("LINFHASH_PYTHON", sys.executable)
    held = []
    with peers.scratch() as folder, peers.Server(folder / "pg") if "pgvector" in engines else folder as server:
        if "pgvector" in engines:
            server.psql("-c", "CREATE EXTENSION vector")
        for file in arguments[1:] or ["drawn"]:
            for seed in range(1 if small else int((arguments or [5])[0])):
                rows = 4000 if small else 20000
                if file == "drawn":
                    vectors, queries = peers.draw(256, rows, QUERIES, seed, lengths=(0.5, 2))
                else:
                    every = np.random.default_rng(seed).permutation(np.load(file))
                    vectors, queries = every[:rows], every[rows : rows + QUERIES]
                for engine in engines:
                    options = ["--minutes", "1", "--types", SMALL[engine]] if small else ["--minutes", "10", "--seed", seed]
                    held += answers(engine, f"{pathlib.Path(file).stem}, seed {seed}, ", vectors, queries, options, folder, server)
        left = int(server.psql("-c", "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'linfhash%'")) if "pgvector" in engines else 0
    print(f"measure: {sum(held)} of {len(held)} answers hold; {left} schemas are left")
    return 0 if left == 0 and sum(held) >= 0.95 * len(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
