"""Gives vectors to `linfhash measure`, runs its answers, and compares recall with what they promise; run by ci/measure.sh.

Modes:
  vectors DIR FILE SEED N   draws N vectors of FILE, or samples them if it is 'sampled', and up to 2,000 others as queries into DIR
  sql DIR ANSWER            splits answer number ANSWER of measure.json into create.sql and, with all queries, search.sql
  java DIR ANSWER           writes Paste.java around the Java of answer number ANSWER, and the vectors in raw form
  compare DIR ANSWER T      prints the recall of found.txt, and whether it is at least the lower end of the interval less T
"""

import json
import sys

import numpy

import paste

NEIGHBORS = 10
QUERIES = 2000


def sampled(rng, n, dimension=256):
    """Topics with spreads of their own in a space of decaying variance around a mean, much as embeddings of short texts have them."""
    spectrum = 1 / numpy.sqrt(1 + numpy.arange(dimension) / 15)
    topics = rng.normal(size=(150, dimension))
    widths = rng.uniform(0.3, 0.9, size=150)
    topic = rng.integers(150, size=n)
    rows = topics[topic] + widths[topic, None] * rng.normal(size=(n, dimension)) + 0.5 * rng.normal(size=dimension)
    return (rows * spectrum).astype(numpy.float32)


def vectors(folder, file, seed, size):
    rng, size = numpy.random.default_rng(int(seed)), int(size)
    rows = sampled(rng, size + QUERIES) if file == "sampled" else numpy.load(file)
    order = rng.permutation(len(rows))
    database, queries = rows[order[:size]], rows[order[size : size + QUERIES]]
    numpy.save(folder + "/database.npy", database)
    numpy.save(folder + "/held.npy", queries)
    with open(folder + "/dimension", "w") as out:
        out.write(str(rows.shape[1]))
    with open(folder + "/items.copy", "w") as out:
        out.writelines("%d\t%s\n" % (i, paste.literal(row)) for i, row in enumerate(database))


def read(folder, answer):
    with open(folder + "/measure.json") as file:
        return json.load(file)["answers"][int(answer)]


def sql(folder, answer):
    chosen = read(folder, answer)
    with open(folder + "/create.sql", "w") as out:
        out.write(chosen["create"])
    with open(folder + "/search.sql", "w") as out:
        for query in numpy.load(folder + "/held.npy"):
            out.write("\\set query '%s'\n%s\\echo --\n" % (paste.literal(query), chosen["search"]))


def java(folder, answer):
    chosen = read(folder, answer)
    lines = chosen["create"] + paste.SEARCH + chosen["search"]
    paste.program(folder, lines, *(numpy.load(folder + "/" + name + ".npy") for name in ("database", "held")))


def compare(folder, answer, tolerance):
    chosen = read(folder, answer)
    database, queries = (numpy.load(folder + "/" + name).astype(numpy.float64) for name in ("database.npy", "held.npy"))
    database /= numpy.linalg.norm(database, axis=1, keepdims=True)
    scores = queries @ database.T
    # A vector as near as the last neighbor counts like it.
    least = -numpy.partition(-scores, NEIGHBORS - 1, axis=1)[:, NEIGHBORS - 1]
    with open(folder + "/found.txt") as file:
        lists = [[int(line) for line in part.split()] for part in file.read().split("--\n")[:-1]]
    assert len(lists) == len(queries), (len(lists), len(queries))
    found = [min(NEIGHBORS, sum(scores[q, i] >= least[q] - 1e-7 * abs(least[q]) for i in ids)) for q, ids in enumerate(lists)]
    recall, low = sum(found) / NEIGHBORS / len(queries), chosen["interval"][0]
    holds = recall >= low - float(tolerance)
    print(
        "target %.2f, %s, index of %.1f MB: promised %.4f (%.4f to %.4f), found %.4f with %d other queries: it %s"
        % (
            chosen["target"],
            chosen["type"],
            chosen["indexBytes"] / 1e6,
            chosen["recall"],
            *chosen["interval"],
            recall,
            len(queries),
            "holds" if holds else "does not hold",
        )
    )


{"vectors": vectors, "sql": sql, "java": java, "compare": compare}[sys.argv[1]](*sys.argv[2:])
