"""Gives vectors to `linfhash measure`, runs its answers, and compares recall with what they promise; run by ci/measure.sh.

Modes:
  vectors DIR FILE SEED N   draws N vectors of FILE, or samples them if it is 'sampled', and up to 2,000 others as queries into DIR
  sql DIR ANSWER            splits answer number ANSWER of measure.json into create.sql and, with all queries, search.sql; rows in items.copy
  java DIR ANSWER           writes Paste.java around the Java of answer number ANSWER, and the vectors in raw form
  compare DIR ANSWER T      prints the recall of found.txt, and whether it is at least the lower end of the interval less T
  bytes DIR ROWS            prints whether the sizes that part.json, of ROWS rows, predicts are those of part-check.json, which --check printed
  grid DIR                  writes grid.json, in which every setting of an engine is an answer for --check, and few.npy and near.npy, of fewer queries
  near DIR                  writes near.json, with the fastest settings of grid-check.json that may reach a target
  best DIR                  writes turns.json, with the settings of measure.json and the fastest ones that near-check.json has instead
  turns DIR                 prints whether the p95 of the former is at most 15 % above that of the latter in turns-check-1.json to -3.json
"""

import json
import sys

import numpy

import paste

NEIGHBORS = 10
QUERIES = 2000
GRID_QUERIES = 64
# What a few queries may be wrong by, and how many settings of each of these recalls are measured with more.
AROUND = [-0.015, -0.005, 0.0, 0.005]
NEAR = 4
# As many as choose in `measure`: with more queries, an interval is narrower and allows a faster setting.
NEAR_QUERIES = 500
SAME_SIZE = 1.01
SLOWER = 1.15
SIZE_ERROR = 0.03

# The grid of `measure`, as IndexSpec, PgvectorIndex and LuceneIndex have it.
WIDTHS = [10, 15, 20, 30, 40, 60, 80, 110, 150, 200, 280, 400, 560, 800, 1000]
PROBES = [1, 2, 3, 4, 6, 8, 11, 16, 22, 32, 45, 64, 90, 128, 180, 256, 360, 512, 720, 1024]
FACTORS = [1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 56, 80, 100]
MOST_FACTOR = {"vector": 1, "halfvec": 2, "float": 1, "int8": 3, "int4": 10}


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


def read(folder, answer):
    with open(folder + "/measure.json") as file:
        return json.load(file)["answers"][int(answer)]


def searched(folder):
    """As many vectors as were measured: the queries that `measure` draws are not among these."""
    return numpy.load(folder + "/database.npy")[: load(folder, "measure.json")["vectors"]["rows"]]


def sql(folder, answer):
    chosen = read(folder, answer)
    with open(folder + "/items.copy", "w") as out:
        out.writelines("%d\t%s\n" % (i, paste.literal(row)) for i, row in enumerate(searched(folder)))
    with open(folder + "/create.sql", "w") as out:
        out.write(chosen["create"])
    with open(folder + "/search.sql", "w") as out:
        for query in numpy.load(folder + "/held.npy"):
            out.write("\\set query '%s'\n%s\\echo --\n" % (paste.literal(query), chosen["search"]))


def java(folder, answer):
    chosen = read(folder, answer)
    lines = chosen["create"] + paste.SEARCH + chosen["search"]
    paste.program(folder, lines, searched(folder), numpy.load(folder + "/held.npy"))


def compare(folder, answer, tolerance):
    chosen = read(folder, answer)
    database, queries = (rows.astype(numpy.float64) for rows in (searched(folder), numpy.load(folder + "/held.npy")))
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



def load(folder, name):
    with open(folder + "/" + name) as file:
        return json.load(file)


def save(folder, name, content):
    with open(folder + "/" + name, "w") as out:
        json.dump(content, out)


def bytes_of(folder, rows):
    part, checked = load(folder, "part.json"), load(folder, "part-check.json")
    reached = [answer for answer in part["answers"] if answer["reached"]]
    assert len(reached) == len(checked), (len(reached), len(checked))
    for answer, check in zip(reached, checked):
        predicted = answer["growth"].get("indexBytes")
        start = "target %.2f, %s" % (answer["target"], answer["type"])
        if predicted is None:
            print(start + ": no size is predicted from %s rows" % rows)
            continue
        error = predicted["value"] / check["index bytes"] - 1
        print(
            "%s: %.2f MB predicted from %s rows, %.2f MB measured, %+.1f %%: it is %s 3 %%"
            % (start, predicted["value"] / 1e6, rows, check["index bytes"] / 1e6, 100 * error,
               "within" if abs(error) <= SIZE_ERROR else "not within")
        )


def grid(folder):
    """Leaves out types whose indexes are all larger than an answer's by a fourth, as the smallest index is the answer."""
    measured = load(folder, "measure.json")
    most = 1.25 * max(answer["indexBytes"] for answer in measured["answers"])
    types = sorted({one["type"] for one in measured["settings"] if one["indexBytes"] <= most})
    root = measured["vectors"]["rows"] ** 0.5
    settings = []
    for name in types:
        method, code = name.split("-", 1)
        candidates = [NEIGHBORS * factor for factor in FACTORS if factor <= MOST_FACTOR.get(code, 100)]
        if method == "ivfflat":
            for lists in sorted({int(root / 2), int(root), int(2 * root)}):
                efforts = [probes for probes in PROBES if probes < lists] + [lists]
                settings += [{"lists": lists, "probes": probes, "type": name, "candidates": c} for probes in efforts for c in candidates]
        elif method == "flat":
            settings += [{"merged": merged, "type": name, "candidates": c} for merged in (True, False) for c in candidates]
        else:
            if measured["engine"] == "pgvector":
                builds = [{"m": m, "efConstruction": c} for m in (8, 12, 16, 24) for c in (64, 160)]
            else:
                builds = [{"maxConn": m, "beamWidth": w, "merged": g} for g in (True, False) for m in (8, 16, 32) for w in (100, 200)]
            effort = "efSearch" if measured["engine"] == "pgvector" else "k"
            pairs = [(width, c) for width in WIDTHS for c in candidates if c <= width]
            settings += [{**build, effort: width, "type": name, "candidates": c} for build in builds for width, c in pairs]
    save(folder, "grid.json", {**measured, "answers": [{**one, "target": 0.001, "reached": True} for one in settings]})
    for name, count in ("few", GRID_QUERIES), ("near", NEAR_QUERIES):
        numpy.save(folder + "/" + name + ".npy", numpy.load(folder + "/held.npy")[:count])


def near(folder):
    """Takes the fastest settings of the smallest index that may reach a target, and of larger ones while it is unsure that it does."""
    grid, checked = load(folder, "grid.json"), load(folder, "grid-check.json")
    assert len(grid["answers"]) == len(checked), (len(grid["answers"]), len(checked))
    taken = set()
    for target in sorted({answer["target"] for answer in load(folder, "measure.json")["answers"]}):
        left = [i for i, check in enumerate(checked) if check["recall"] >= target + AROUND[0]]
        while left:
            smallest = min(checked[i]["index bytes"] for i in left)
            same = [i for i in left if checked[i]["index bytes"] <= SAME_SIZE * smallest]
            for around in AROUND:
                able = [i for i in same if checked[i]["recall"] >= target + min(around, (1 - target) / 2)]
                taken.update(sorted(able, key=lambda i: checked[i]["p95 ms"])[:NEAR])
            if any(checked[i]["recall"] >= (1 + target) / 2 for i in same):
                break
            left = [i for i in left if i not in same]
    save(folder, "near.json", {**grid, "answers": [grid["answers"][i] for i in sorted(taken)]})


def best(folder):
    measured, near, checked = load(folder, "measure.json"), load(folder, "near.json"), load(folder, "near-check.json")
    assert len(near["answers"]) == len(checked), (len(near["answers"]), len(checked))
    settings = []
    for answer in measured["answers"]:
        able = [i for i, check in enumerate(checked) if check["low"] >= answer["target"]]
        if answer["reached"] and able:
            smallest = min(checked[i]["index bytes"] for i in able)
            fastest = min((i for i in able if checked[i]["index bytes"] <= SAME_SIZE * smallest), key=lambda i: checked[i]["p95 ms"])
            settings += [answer, {**near["answers"][fastest], "target": answer["target"]}]
    save(folder, "turns.json", {**measured, "answers": settings})


def turns(folder):
    answers = load(folder, "turns.json")["answers"]
    rounds = [load(folder, "turns-check-%d.json" % number) for number in (1, 2, 3)]
    count = len(load(folder, "grid.json")["answers"])
    for i in range(0, len(answers), 2):
        ours, best = ([numpy.median([one[j][name] for one in rounds]) for name in ("p95 ms", "index bytes")] for j in (i, i + 1))
        larger = ours[1] > SAME_SIZE * best[1]
        print(
            "target %.2f: %s with p95 %.3f ms and %.2f MB; of %d settings the best is %s with p95 %.3f ms and %.2f MB: it is %s 15 %%%s"
            % (answers[i]["target"], shown(answers[i]), ours[0], ours[1] / 1e6, count, shown(answers[i + 1]), best[0], best[1] / 1e6,
               "within" if ours[0] <= SLOWER * best[0] and not larger else "not within", " (a smaller index reaches the target)" if larger else "")
        )


def shown(answer):
    names = ["m", "efConstruction", "efSearch", "lists", "probes", "maxConn", "beamWidth", "k", "merged", "candidates"]
    return " ".join([answer["type"]] + ["%s=%s" % (name, answer[name]) for name in names if name in answer])


modes = {
    "vectors": vectors, "sql": sql, "java": java, "compare": compare, "bytes": bytes_of, "grid": grid, "near": near, "best": best,
    "turns": turns,
}
modes[sys.argv[1]](*sys.argv[2:])
