"""ITQ as a submission to linfhash, in NumPy: python3 itq.py TASK SUBMISSION

Y. Gong, S. Lazebnik. Iterative quantization: a Procrustean approach to learning binary codes. CVPR 2011: the first principal
components of the database, rotated so that their signs lose as little as possible. It needs no labels.
"""
import hashlib
import json
import pathlib
import sys

import numpy as np

ITERATIONS = 50


def rotation_of(matrix):
    """The orthogonal matrix that is nearest to a square one."""
    left, _, right = np.linalg.svd(matrix)
    return left @ right


def learn(folder, bits, seed):
    """Returns a function from features (n x d) to real values (n x bits), whose signs are the codes."""
    database = np.load(folder / "database_features.npy")
    mean = database.mean(axis=0, dtype=np.float64).astype(np.float32)
    centered = database - mean
    _, vectors = np.linalg.eigh((centered.T @ centered).astype(np.float64))
    components = vectors[:, ::-1][:, :bits].astype(np.float32)
    projected = centered @ components
    rotation = rotation_of(np.random.default_rng(seed).standard_normal((bits, bits))).astype(np.float32)
    for _ in range(ITERATIONS):
        signs = np.where(projected @ rotation >= 0, np.float32(1), np.float32(-1))
        rotation = rotation_of((projected.T @ signs).astype(np.float64)).astype(np.float32)
    return lambda rows: (rows - mean) @ components @ rotation


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
                positive = values(np.load(task / str(seed) / f"{part}_features.npy")) > 0
                np.save(place / f"{part}.npy", np.packbits(positive, axis=1, bitorder="little"))
    described = (here / "submission.yaml").read_text(encoding="utf-8")
    (out / "submission.yaml").write_text(described + f"task: {hashlib.sha256(text).hexdigest()}\n", encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
