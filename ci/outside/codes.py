"""Measures the jar that a service embeds, and searches an index that is larger than the heap.

codes [BYTES]  an index of 2 GB by default, with a heap of 256 MB; needs twice the bytes of disk space and NumPy 2

Ends with 1 if the jar has more than 400,000 bytes, the nearest codes are not those of brute force, or a flipped bit is not found.
"""

import json
import pathlib
import subprocess
import sys

import numpy as np

import peers

QUERIES = 5


def service(jar, *words):
    return subprocess.run(["java", "-Xmx256m", "-cp", jar, "ci/outside/Service.java", *map(str, words)],
                          capture_output=True, text=True, check=False)


def main(size=2_000_000_000):
    verdicts = peers.Verdicts()
    jar = peers.program_jars("cli", "linfhash-codes*.jar")
    bytes_of_jar = pathlib.Path(jar).stat().st_size
    verdicts.say("the jar", bytes_of_jar <= 400_000, f"{bytes_of_jar} bytes")
    with peers.scratch() as work:
        vectors, queries = peers.save(work, *peers.draw(384, 1000, QUERIES))
        folder = work / "index"
        peers.linfhash("quantize", "--quantizer", "rotated-sign", "--bytes", 48, "--option", "distance=hamming", "--vectors", vectors,
                       "--out", folder)
        encoded = peers.exported(folder).encode(np.load(queries))["codes"]
        rows = int(size) // 48
        codes = np.lib.format.open_memmap(folder / "codes.npy", mode="w+", dtype=np.uint8, shape=(rows, 48))
        random = np.random.default_rng(1)
        for start in range(0, rows, 1 << 20):
            codes[start : start + (1 << 20)] = random.integers(256, size=(min(1 << 20, rows - start), 48), dtype=np.uint8)
        codes.flush()
        # The card describes the codes of the export.
        card = peers.read_json(folder / "quantizer.json")
        card["arrays"]["codes.npy"]["shape"] = [rows, 48]
        del card["sha256"]
        (folder / "quantizer.json").write_text(json.dumps(card), encoding="utf-8")
        saved = service(jar, "save", folder)
        found = service(jar, "nearest", folder, queries)
        if saved.returncode or found.returncode:
            sys.exit(saved.stderr + found.stderr)
        for q, line in enumerate(found.stdout.splitlines()):
            pairs = np.array(line.split(), dtype=float).reshape(peers.NEIGHBORS, 2)
            distances = np.concatenate([np.bitwise_count(codes[start : start + (1 << 20)] ^ encoded[q]).sum(axis=1, dtype=np.int32)
                                        for start in range(0, rows, 1 << 20)])
            nearest = np.argsort(distances, kind="stable")[: peers.NEIGHBORS]
            verdicts.say(f"query {q}", np.array_equal(pairs, np.stack([nearest, distances[nearest]], axis=1)),
                         f"nearest {nearest[0]} of {rows} at {distances[nearest[0]]}")
        file = folder / "index.codes"
        with open(file, "r+b") as index:
            index.seek(file.stat().st_size // 2)
            byte = index.read(1)[0]
            index.seek(-1, 1)
            index.write(bytes([byte ^ 16]))
        refused = service(jar, "nearest", folder, queries)
        message = next((line for line in refused.stderr.splitlines() if "InvalidFileException" in line), "no message")
        verdicts.say("a flipped bit", refused.returncode != 0 and "InvalidFileException" in message, message.rpartition("Exception: ")[2])
    return verdicts.code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
