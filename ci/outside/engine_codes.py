#!/usr/bin/env python3
"""Distances of small codes by Redis and sqlite-vec themselves, for EngineCodesTest.

  engine_codes.py VEC0 REDIS [--write]    VEC0: the file vec0.so of npm's sqlite-vec-linux-x64; REDIS: the program redis-server

Without --write, exits with 1 if the stored cases differ. Vectors are those of second-implementations.csv. A line is the name of a case, then its
numbers: for each query and vector, what linfhash estimates for a distance or similarity of the engine.
"""

import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import numpy as np

CASES = pathlib.Path(__file__).resolve().parents[2] / "modules/quantizers/src/test/resources/io/github/linfhash/quantizers/engine-codes.csv"
DIMENSION = 8


def given():
    rows = dict(line.split(",", 1) for line in (CASES.parent / "second-implementations.csv").read_text(encoding="utf-8").splitlines())
    vectors = [np.array(rows[name].split(","), float).reshape(-1, DIMENSION).astype(np.float32) for name in ("database", "queries")]
    return [(rows / np.linalg.norm(rows.astype(float), axis=1, keepdims=True)).astype(np.float32) for rows in vectors], vectors


class Resp:
    """A connection to Redis."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rb")

    def execute_command(self, *words):
        words = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        self.socket.sendall(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words))
        return self.answer()

    def answer(self):
        line = self.file.readline().rstrip()
        kind, rest = line[:1], line[1:]
        if kind == b"*":
            return [self.answer() for _ in range(int(rest))]
        if kind == b"$":
            return self.file.read(int(rest) + 2)[:-2]
        if kind == b"-":
            raise RuntimeError(rest.decode())
        return rest


class Server:
    """A Redis server of its own, on a Unix socket."""

    def __init__(self, program, folder):
        self.path = pathlib.Path(folder) / "socket"
        self.process = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", self.path, "--save", "", "--dir", folder], stdout=subprocess.DEVNULL)

    def __enter__(self):
        for _ in range(100):
            if self.path.exists():
                return Resp(self.path)
            time.sleep(0.1)
        raise SystemExit("engine_codes: redis-server does not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def redis(program, database, queries):
    with tempfile.TemporaryDirectory() as folder, Server(program, folder) as server:
        for quantization in ("Q8", "BIN"):
            for row, vector in enumerate(database):
                server.execute_command("VADD", quantization, "FP32", vector.tobytes(), row, quantization)
            scores = np.zeros((len(queries), len(database)))
            for q, query in enumerate(queries):
                found = server.execute_command("VSIM", quantization, "FP32", query.tobytes(), "WITHSCORES", "COUNT", len(database), "TRUTH")
                scores[q, [int(row) for row in found[0::2]]] = [float(score) for score in found[1::2]]
            # A score is (1 + inner product) / 2, and of bits the share of equal ones.
            yield f"redis cosine {quantization}", 1 - 2 * scores if quantization == "Q8" else (1 - scores) * DIMENSION


def sqlite(vec0, similarity, database, queries):
    connection = sqlite3.connect(":memory:")
    connection.enable_load_extension(True)
    connection.load_extension(vec0)
    cases = [("bit", "bit[8]", "vec_quantize_binary(?)")]
    if similarity == "cosine":
        cases.append(("int8", "int8[8] distance_metric=cosine", "vec_quantize_int8(vec_normalize(?), 'unit')"))
    for name, column, code in cases:
        connection.execute(f"CREATE VIRTUAL TABLE {name} USING vec0(id INTEGER PRIMARY KEY, code {column})")
        connection.executemany(f"INSERT INTO {name} VALUES (?, {code})", [(row, vector.tobytes()) for row, vector in enumerate(database)])
        distances = np.zeros((len(queries), len(database)))
        for q, query in enumerate(queries):
            for row, distance in connection.execute(f"SELECT id, distance FROM {name} WHERE code MATCH {code} AND k = ?", (query.tobytes(), len(database))):
                distances[q, row] = distance
        # Of numbers, the distance is 1 - cosine, and linfhash estimates 1 - 2 cosine.
        yield f"sqlite {similarity} {name}", 2 * distances - 1 if name == "int8" else distances


def main(vec0, server, *options):
    units, vectors = given()
    cases = [*redis(server, *units), *sqlite(vec0, "cosine", *units), *sqlite(vec0, "euclidean", *vectors)]
    if options == ("--write",):
        lines = [",".join([name, *(f"{value:.7g}" for value in np.ravel(numbers))]) for name, numbers in cases]
        CASES.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return 0
    stored = dict(line.split(",", 1) for line in CASES.read_text(encoding="utf-8").splitlines())
    for name, numbers in cases:
        if not np.allclose(np.ravel(numbers), np.array(stored[name].split(","), float), atol=1e-5):
            print(f"engine_codes: the case '{name}' differs from {CASES.name}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
