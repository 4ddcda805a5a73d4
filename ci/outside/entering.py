"""Enters the benchmark as an outsider does (docs/entering.md): takes the task of fashion-mnist with two seeds, and submits Python's codes.

Scores the example of the task and the two submissions of examples/submissions, and compares these two with linfhash's methods: a line for each
number. Then submits codes that break the rules. Ends with 1 if a number differs by more than seeds explain, which is three standard deviations of
linfhash's method over all of its seeds, and at least 0.002, or if a cheat is not flagged. Needs scikit-learn.
"""

import itertools
import re
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np

import peers

METRICS = ["map", "precision@2", "recall@2", "precision@0", "precisionTop100"]
LEAST = 0.002
LENGTHS = (48, 64)
SEEDS = (0, 1)
SUBMISSIONS = {"itq": ("itq/itq.py", "numpy-itq"), "class-codes": ("class-codes/class_codes.py", "sklearn-class-codes")}
CARD = "schema: linfhash-submission/1\nname: {name}\nauthors: [Nobody]\ncode: https://example.org/{name}\nlicense: MIT\n"


def runs(folder, method):
    found = peers.read_json(folder / "results.json")["runs"]
    return {(run["bits"], run["seed"]): run["metrics"] for run in found if run["method"] == method}


def compare(verdicts, method, ours, scored):
    for bits, metric in itertools.product(sorted({bits for bits, _ in scored}), METRICS):
        mine, theirs = (statistics.mean(of[bits, seed][metric] for seed in SEEDS) for of in (ours, scored))
        allowed = max(LEAST, 3 * statistics.stdev(run[metric] for (length, _), run in ours.items() if length == bits))
        verdicts.say(f"{method}, {bits} bits, {metric}", abs(theirs - mine) <= allowed,
                     f"linfhash {mine:.4f}, submission {theirs:.4f}, allowed {allowed:.4f}")


def kernel(a, b):
    return np.exp(-((a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T))


def classifier(rows, labels, classes):
    """Returns a function from rows to how much more likely than by chance each class is."""
    weights = np.linalg.solve(kernel(rows, rows) + 0.1 * np.eye(len(rows)), np.eye(classes)[labels])

    def shares(others):
        scores = kernel(others, rows) @ weights
        shares = np.exp(8 * (scores - scores.max(1, keepdims=True)))
        return shares / shares.sum(1, keepdims=True) - 1 / classes

    return shares


def write(folder, seed, part, values, projections):
    for bits, directions in projections.items():
        place = folder / "codes" / str(seed) / str(bits)
        place.mkdir(parents=True, exist_ok=True)
        np.save(place / (part + ".npy"), np.packbits(values @ directions > 0, axis=1, bitorder="little"))


def cheat(task, features, labels, out):
    """Writes "noisy", codes of true labels of which one in a hundred is wrong, and "pooled", those of a classifier with the labels of all seeds."""
    random, classes = np.random.default_rng(0), labels.max() + 1
    every = peers.units(features - features.mean(0, dtype=np.float64))

    def load(seed, part):
        return np.load(task / str(seed) / (part + "_features.npy")).astype(np.float64)

    def truth(rows):
        return np.concatenate([labels[(some @ every.T).argmax(1)] for some in np.array_split(rows, 20)])

    given = {seed: (load(seed, "train"), np.load(task / str(seed) / "train_labels.npy")) for seed in SEEDS}
    for seed, other in (SEEDS, SEEDS[::-1]):
        parts = {part: load(seed, part) for part in ("query", "database")}
        # Another seed's rows have another mean; their own places here are those of the nearest rows of this seed's database.
        moved = parts["database"][(given[other][0] @ parts["database"].T).argmax(1)]
        rows, first = np.unique(np.concatenate([given[seed][0], moved]), axis=0, return_index=True)
        shares = classifier(rows, np.concatenate([given[seed][1], given[other][1]])[first], classes)
        projections = {bits: random.standard_normal((classes, bits)) for bits in LENGTHS}
        for part, values in parts.items():
            write(out / "pooled", seed, part, np.concatenate([shares(some) for some in np.array_split(values, 20)]), projections)
            said = truth(values)
            wrong = random.random(len(said)) < 0.01
            said[wrong] = random.integers(0, classes, wrong.sum())
            write(out / "noisy", seed, part, np.eye(classes)[said] - 1 / classes + random.normal(0, 0.05, (len(said), classes)), projections)
    for name in ("pooled", "noisy"):
        (out / name / "submission.yaml").write_text(CARD.format(name=name), encoding="utf-8")


def main():
    verdicts = peers.Verdicts()
    with peers.scratch() as work:
        task = work / "task"
        peers.linfhash("task", "create", "--seeds", ",".join(map(str, SEEDS)), "--out", task)
        subprocess.run([sys.executable, task / "example.py", work / "example"], check=True)
        for name, (script, _) in SUBMISSIONS.items():
            subprocess.run([sys.executable, "examples/submissions/" + script, task, work / name], check=True)
        # The submissions have the defaults, and the protocol's options are tuned. The noise of seeds is estimated from all of the protocol.
        defaults = re.split("(?m)^methods:$", Path("protocols/fashion-mnist.yaml").read_text(encoding="utf-8"))[0]
        (work / "fashion-mnist.yaml").write_text(defaults + "methods:\n  - name: itq\n  - name: class-codes\n", encoding="utf-8")
        peers.linfhash("run", "--protocol", work / "fashion-mnist.yaml", "--out", work / "ours")
        for name in ("example", *SUBMISSIONS):
            peers.linfhash("task", "score", work / name, "--task", task, "--baseline", work / "ours", "--out", work / (name + "-results"))
        for name, (_, submission) in SUBMISSIONS.items():
            compare(verdicts, name, runs(work / "ours", name), runs(work / (name + "-results"), submission))

        peers.linfhash("data", "features", "--protocol", "fashion-mnist", "--out", work / "all.npy")
        cheat(task, np.load(work / "all.npy"), np.load(work / "all.labels.npy"), work)
        for name in ("pooled", "noisy"):
            done = subprocess.run(["./linfhash", "task", "score", work / name, "--task", task, "--out", work / (name + "-results")],
                                  capture_output=True, text=True, check=False)
            flags = [line for line in done.stderr.splitlines() if line.startswith("linfhash: flagged: ")]
            everywhere = ", ".join(f"seed {seed} at {bits} bits" for seed in SEEDS for bits in LENGTHS)
            verdicts.say(f"cheat {name}", done.returncode == 3 and any(everywhere in line for line in flags),
                         f"exit code {done.returncode}, {len(flags)} flags")
    return verdicts.code()


if __name__ == "__main__":
    sys.exit(main())
