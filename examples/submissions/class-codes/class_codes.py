"""Codes of a classifier as a submission to linfhash, in scikit-learn: python3 class_codes.py TASK SUBMISSION

A. Sablayrolles, M. Douze, N. Usunier, H. Jegou. How should we evaluate supervised hashing? ICASSP 2017, with kernel ridge regression
as the classifier: the signs of Gaussian projections of its softmax, less the share of each class.
"""
import hashlib
import json
import pathlib
import sys

import numpy as np
from sklearn.kernel_ridge import KernelRidge

GAMMA, LAMBDA, TEMPERATURE = 1, 0.1, 0.125
ROWS_AT_A_TIME = 4096


def learn(folder, bits, seed):
    """Returns a function from features (n x d) to real values (n x bits), whose signs are the codes."""
    features, labels = np.load(folder / "train_features.npy"), np.load(folder / "train_labels.npy")
    targets = (labels[:, None] == np.unique(labels)).astype(np.float64)
    shares = targets.mean(axis=0)
    model = KernelRidge(alpha=LAMBDA, kernel="rbf", gamma=GAMMA).fit(features, targets - shares)
    directions = np.random.default_rng(seed).standard_normal((len(shares), bits))

    def values(rows):
        powers = (model.predict(rows) + shares) / TEMPERATURE
        powers = np.exp(powers - powers.max(axis=1, keepdims=True))
        return (powers / powers.sum(axis=1, keepdims=True) - shares) @ directions

    return values


def main(task, out):
    here = pathlib.Path(__file__).resolve().parent
    text = (task / "task.yaml").read_bytes()
    lines = text.decode("utf-8").splitlines()
    said = dict(line.split(": ", 1) for line in lines if line[0] not in "# " and ": " in line)
    for seed in json.loads(said["seeds"]):
        for bits in json.loads(said["bits"]):
            values = learn(task / str(seed), bits, seed)
            place = out / "codes" / str(seed) / str(bits)
            place.mkdir(parents=True, exist_ok=True)
            for part in ["query", "database"]:
                rows = np.load(task / str(seed) / f"{part}_features.npy")
                blocks = [rows[i : i + ROWS_AT_A_TIME] for i in range(0, len(rows), ROWS_AT_A_TIME)]
                positive = np.concatenate([values(block) > 0 for block in blocks])
                np.save(place / f"{part}.npy", np.packbits(positive, axis=1, bitorder="little"))
    described = (here / "submission.yaml").read_text(encoding="utf-8")
    (out / "submission.yaml").write_text(described + f"task: {hashlib.sha256(text).hexdigest()}\n", encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
