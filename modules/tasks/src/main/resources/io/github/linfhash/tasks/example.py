"""Codes for this task with NumPy alone, by random hyperplanes (LSH): python3 example.py MY-SUBMISSION

Put your method into learn(). The file docs/entering.md of linfhash has the rules."""
import hashlib
import json
import pathlib
import sys

import numpy as np


def learn(folder, bits, seed):
    """Returns a function from features (n x d) to real values (n x bits), whose signs are the codes."""
    features = np.load(folder / "train_features.npy")  # their labels are in train_labels.npy
    directions = np.random.default_rng(seed).standard_normal((features.shape[1], bits))
    return lambda rows: (rows - features.mean(axis=0)) @ directions


task, out = pathlib.Path(__file__).resolve().parent, pathlib.Path(sys.argv[1])
lines = (task / "task.yaml").read_text(encoding="utf-8").splitlines()
said = dict(line.split(": ", 1) for line in lines if line[0] not in "# " and ": " in line)
for seed in json.loads(said["seeds"]):
    for bits in json.loads(said["bits"]):
        encode = learn(task / str(seed), bits, seed)
        place = out / "codes" / str(seed) / str(bits)
        place.mkdir(parents=True, exist_ok=True)
        for part in ["query", "database"]:
            values = encode(np.load(task / str(seed) / f"{part}_features.npy"))
            np.save(place / f"{part}.npy", np.packbits(values > 0, axis=1, bitorder="little"))
digest = hashlib.sha256((task / "task.yaml").read_bytes()).hexdigest()
(out / "submission.yaml").write_text(f"""schema: linfhash-submission/1
name: my-method
authors: [My Name]
code: https://example.org/my-method
license: MIT
task: {digest}
""")
