"""Submissions that break the rules of a task, to see that they are flagged: cheats.py TASK FEATURES.npy LABELS.npy OUT

FEATURES and LABELS are those of the whole data set, as `linfhash data features` writes them. Writes OUT/noisy, codes of the true labels of
which one in a hundred is wrong, and OUT/pooled, codes of a kernel ridge classifier that learned from the labels of all seeds.
"""
import os
import sys

import numpy as np

LENGTHS = (48, 64)
CARD = """schema: linfhash-submission/1
name: {name}
authors: [Nobody]
code: https://example.org/{name}
license: MIT
"""


def kernel(a, b):
    return np.exp(-((a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T))


def classifier(rows, labels, classes):
    weights = np.linalg.solve(kernel(rows, rows) + 0.1 * np.eye(len(rows)), np.eye(classes)[labels])

    def shares(others):
        scores = kernel(others, rows) @ weights
        shares = np.exp(8 * (scores - scores.max(1, keepdims=True)))
        return shares / shares.sum(1, keepdims=True) - 1 / classes

    return shares


def write(folder, seed, part, values, projections):
    for bits, directions in projections.items():
        place = os.path.join(folder, "codes", str(seed), str(bits))
        os.makedirs(place, exist_ok=True)
        codes = np.packbits(values @ directions > 0, axis=1, bitorder="little")
        np.save(os.path.join(place, part + ".npy"), codes)


def main(task, features, labels, out):
    random = np.random.default_rng(0)
    labels = np.load(labels)
    classes = labels.max() + 1
    all_rows = np.load(features).astype(np.float64)
    all_rows -= all_rows.mean(0)
    all_rows /= np.linalg.norm(all_rows, axis=1, keepdims=True)
    seeds = sorted(int(name) for name in os.listdir(task) if name.isdigit())

    def load(seed, part):
        return np.load(os.path.join(task, str(seed), part + "_features.npy")).astype(np.float64)

    def truth(rows):
        return np.concatenate([labels[(some @ all_rows.T).argmax(1)] for some in np.array_split(rows, 20)])

    given = {s: (load(s, "train"), np.load(os.path.join(task, str(s), "train_labels.npy"))) for s in seeds}
    for seed in seeds:
        parts = {part: load(seed, part) for part in ("query", "database")}
        # Another seed's rows have another mean; their own places here are those of the nearest rows of this seed's database.
        rows, known = [given[seed][0]], [given[seed][1]]
        for other in seeds:
            if other != seed:
                rows.append(parts["database"][(given[other][0] @ parts["database"].T).argmax(1)])
                known.append(given[other][1])
        rows, first = np.unique(np.concatenate(rows), axis=0, return_index=True)
        shares = classifier(rows, np.concatenate(known)[first], classes)
        projections = {bits: random.standard_normal((classes, bits)) for bits in LENGTHS}
        for part, values in parts.items():
            pooled = np.concatenate([shares(some) for some in np.array_split(values, 20)])
            write(os.path.join(out, "pooled"), seed, part, pooled, projections)
            said = truth(values)
            wrong = random.random(len(said)) < 0.01
            said[wrong] = random.integers(0, classes, wrong.sum())
            noisy = np.eye(classes)[said] - 1 / classes + random.normal(0, 0.05, (len(said), classes))
            write(os.path.join(out, "noisy"), seed, part, noisy, projections)
    for name in ("pooled", "noisy"):
        with open(os.path.join(out, name, "submission.yaml"), "w", encoding="utf-8") as card:
            card.write(CARD.format(name=name))


if __name__ == "__main__":
    main(*sys.argv[1:])
