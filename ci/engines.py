"""Runs what `linfhash advise --engine` shows to paste, as it stands there, and compares recall with what advise promises.

Run by ci/postgres.sh and ci/engines.sh with Debian's python3-numpy. DIR has database.npy, queries.npy and the folder advice. Modes:
  vectors DIR OFFSET D N  samples N vectors of D dimensions and queries into DIR, with the table items.copy for PostgreSQL; OFFSET
                          moves their mean
  sql DIR TARGET          splits the SQL of target number TARGET into once.sql and, with all queries, search.sql
  java DIR TARGET         writes Paste.java around the Java of a target, and the vectors in raw form
  faiss DIR               runs the Python of both targets, and compares; needs Debian's python3-faiss
  compare DIR TARGET FILE compares the ids that a search wrote: a list for each query, one id a line, with -- behind each
Ends with 1 if a search finds more than 0.03 fewer neighbors than promised.
"""

import json
import os
import shlex
import subprocess
import sys

import numpy

import paste

TOLERANCE = 0.03
SESSION = "-- In each session:\n"
SEARCH = "-- Each search, with the query vector as psql's variable: \\set query '[0.1, ...]'\n"
NEIGHBORS = 10


def vectors(folder, offset, dimension, size):
    """Clusters with a decaying spectrum and a mean, much as embeddings have them."""
    rng, dimension, size = numpy.random.default_rng(7), int(dimension), int(size)
    n = size + 500
    spectrum = 1 / numpy.sqrt(1 + numpy.arange(dimension) / 20)
    rotation, _ = numpy.linalg.qr(rng.normal(size=(dimension, dimension)))
    centers = rng.normal(size=(150, dimension))
    rows = centers[rng.integers(150, size=n)] + 0.8 * rng.normal(size=(n, dimension))
    rows = (rows + float(offset) * rng.normal(size=dimension)) * spectrum @ rotation
    # Of different norms, which cosine similarity leaves out.
    rows = (rows / numpy.linalg.norm(rows, axis=1, keepdims=True) * rng.uniform(0.5, 2, size=(n, 1))).astype(numpy.float32)
    numpy.save(folder + "/database.npy", rows[:size])
    numpy.save(folder + "/queries.npy", rows[size:])
    with open(folder + "/items.copy", "w") as out:
        out.writelines("%d\t%s\n" % (i, paste.literal(row)) for i, row in enumerate(rows[:size]))


def read(folder, target):
    with open(folder + "/advice/advice.json") as file:
        return json.load(file)["advice"][int(target)]


def arrays(folder):
    return numpy.load(folder + "/database.npy"), numpy.load(folder + "/queries.npy")


def sql(folder, target):
    once, later = read(folder, target)["paste"].split(SESSION)
    session, search = later.split(SEARCH)
    with open(folder + "/once.sql", "w") as out:
        out.write(once)
    with open(folder + "/search.sql", "w") as out:
        out.write(session)
        rows = arrays(folder)[1]
        out.write("\\set query '" + paste.literal(rows[0]) + "'\nEXPLAIN " + search + "\\echo --\n")
        for row in rows:
            out.write("\\set query '" + paste.literal(row) + "'\n" + search + "\\echo --\n")


def java(folder, target):
    paste.program(folder, read(folder, target)["paste"], *arrays(folder))


def faiss(folder):
    right = True
    pastes = set()
    for target in range(2):
        advised = read(folder, target)
        if advised["paste"] in pastes:
            continue
        pastes.add(advised["paste"])
        database, queries = arrays(folder)
        lines = advised["paste"]
        for line in lines.splitlines():
            if line.startswith("# linfhash "):
                words = shlex.split(line.removeprefix("# linfhash "))
                words[words.index("FILE")] = folder + "/database.npy"
                words[words.index("DIR")] = folder + "/DIR"
                subprocess.run(["./linfhash", *words, "--force"], check=True, stderr=subprocess.DEVNULL)
        names = {"vectors": database.copy(), "queries": queries.copy()}
        home = os.getcwd()
        os.chdir(folder)
        exec(compile(lines, "paste", "exec"), names)
        os.chdir(home)
        right &= close("faiss", advised, folder, names["ids"])
    return right


def compare(folder, target, file):
    with open(file) as found:
        lists = found.read().split("--\n")[:-1]
    engine = "lucene"
    if "QUERY PLAN" in lists[0] or "Limit" in lists[0]:
        engine = "pgvector"
        if "Index Scan using" not in lists.pop(0):
            sys.exit("the search does not use the index")
    return close(engine, read(folder, target), folder, [[int(line) for line in one.split()] for one in lists])


def close(engine, advised, folder, found):
    database, queries = arrays(folder)
    if len(found) != len(queries):
        sys.exit("expected %d lists, found %d" % (len(queries), len(found)))
    database /= numpy.linalg.norm(database, axis=1, keepdims=True)
    exact = numpy.argsort(-(queries @ database.T), axis=1, kind="stable")[:, :NEIGHBORS]
    recall = numpy.mean([len(set(a) & set(b)) / NEIGHBORS for a, b in zip(exact, found)])
    right = recall >= advised["recall"] - TOLERANCE
    print("%s, %s (%s), %dx: recall@10 %.4f, promised %.4f%s" % (
        engine, advised["quantizer"], advised["options"], advised["oversampling"], recall, advised["recall"],
        "" if right else "  TOO LOW"), flush=True)
    return right


if __name__ == "__main__":
    modes = {"vectors": vectors, "sql": sql, "java": java, "faiss": faiss, "compare": compare}
    sys.exit(1 if modes[sys.argv[1]](*sys.argv[2:]) is False else 0)
