"""Redis 8: vector sets, in a server of its own or in that of --database."""

import os
import re
import shutil
import socket
import sys
import time
import urllib.parse

import numpy
from linfhash_engine import Engine, EngineError, child, multiples, run, steps

QUANTIZATION = {"hnsw-noquant": "NOQUANT", "hnsw-q8": "Q8", "hnsw-bin": "BIN"}
# How many rows are rescored at most, as a multiple of the neighbors.
RESCORED = {"hnsw-noquant": 1, "hnsw-q8": 5, "hnsw-bin": 100}
PASSWORD = "REDISCLI_AUTH"
SECONDS_TO_START = 30
# A key that a killed process leaves in the server of --database vanishes after a day.
SECONDS_TO_LIVE = 24 * 3600
BATCH = 100


class Resp:
    """A connection to Redis; an address is the path of a socket, or a host and a port."""

    def __init__(self, address):
        if isinstance(address, str):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(address)
        else:
            self.socket = socket.create_connection(address)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def call(self, *words):
        return self.calls([words])[0]

    def calls(self, commands):
        """Sends commands at once, and returns their answers."""
        sent = []
        for words in commands:
            sent.append(b"*%d\r\n" % len(words))
            for word in words:
                word = word if isinstance(word, bytes) else str(word).encode()
                sent.append(b"$%d\r\n%b\r\n" % (len(word), word))
        self.socket.sendall(b"".join(sent))
        answers = [self.answer() for _ in commands]
        for answer in answers:
            if isinstance(answer, EngineError):
                raise answer
        return answers

    def answer(self):
        line = self.file.readline()
        if not line.endswith(b"\r\n"):
            raise EngineError("the connection to Redis is lost")
        kind, rest = line[:1], line[1:-2]
        if kind == b"*":
            return [self.answer() for _ in range(int(rest))]
        if kind == b"$":
            return None if rest == b"-1" else self.file.read(int(rest) + 2)[:-2]
        return EngineError(f"Redis refuses: {rest.decode(errors='replace')}") if kind == b"-" else rest


def address_of(url):
    """Returns the address, the user and the number of a database."""
    try:
        parts = urllib.parse.urlsplit(url)
        address = parts.path if parts.scheme == "unix" else (parts.hostname, parts.port or 6379)
        number = "0" if parts.scheme == "unix" else parts.path.strip("/") or "0"
    except ValueError as error:
        raise EngineError(f"--database: {error}") from error
    if parts.password is not None:
        raise EngineError(f"--database: expected no password in the URL: set {PASSWORD}")
    if parts.scheme not in ("redis", "unix") or not number.isdecimal() or not address or not (parts.hostname or parts.scheme == "unix"):
        raise EngineError("--database: expected redis://[USER@]HOST[:PORT][/NUMBER] or unix:///PATH")
    return address, parts.username, number


def nearest(vectors, ids, query, neighbors):
    """Returns the nearest of rows by their vectors of unit length."""
    return ids[numpy.argsort(-(vectors[ids] @ query))[:neighbors]]


class Redis(Engine):
    name = "redis"
    similarities = ["cosine"]
    heap = "the full-precision vectors, by which the client rescores"
    filter_note = "A filter compares an attribute of each element, with the default FILTER-EF."
    pasted = "with Redis 8 and the client redis-py"
    types = [{
        "name": name, "graph": True, "coded": name != "hnsw-noquant", "most_dimensions": 32768,
        "parameters": {"m": [4, 4096], "ef_construction": [1, 1000000]}, "effort": {"name": "ef", "least": 1, "most": 1000000},
    } for name in QUANTIZATION]

    def open(self, database, folder):
        self.server, self.user, self.number = None, None, "0"
        self.own = database is None
        # Of the same measurement, so that the next process removes what a killed one has left.
        self.key = f"linfhash:{folder.parent.name}:items"
        try:
            if self.own:
                self.connection = self.start(folder)
            else:
                self.address, self.user, self.number = address_of(database)
                self.connection = self.connect()
            found = re.search(r"redis_version:(\S+)", self.connection.call("INFO", "server").decode())
            if not self.connection.call("COMMAND", "INFO", "VADD")[0]:
                raise EngineError(f"expected Redis 8, which has vector sets, found {found.group(1)}")
        except OSError as error:
            raise EngineError(f"cannot connect to Redis at {database or self.address}: {error}") from error
        self.client_id = self.connection.call("CLIENT", "ID")
        self.text, self.versions = f"Redis {found.group(1)}", {"redis": found.group(1)}
        self.drop()

    def start(self, folder):
        """Starts a server, and returns a connection to it."""
        program = shutil.which("redis-server")
        if program is None:
            raise EngineError("there is no redis-server on the PATH: install Redis 8, or name a server by --database redis://HOST")
        # The path of a socket may have about 100 bytes only.
        os.chdir(folder)
        self.address = "redis.sock"
        options = {"--port": "0", "--unixsocket": self.address, "--save": "", "--appendonly": "no", "--dir": folder, "--loglevel": "warning"}
        self.server = child([program, *(word for option in options.items() for word in option)], stdout=sys.stderr)
        end = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                return Resp(self.address)
            except OSError as error:
                # The socket is there before the server listens.
                if self.server.poll() is not None or time.monotonic() > end:
                    raise EngineError(f"redis-server does not start: run 'redis-server --port 0' to see why") from error
                time.sleep(0.02)

    def connect(self):
        connection = Resp(self.address)
        if PASSWORD in os.environ and not self.own:
            connection.call("AUTH", *[self.user] * (self.user is not None), os.environ[PASSWORD])
        if self.number != "0":
            connection.call("SELECT", self.number)
        return connection

    def grid(self, type, rows, dimension, neighbors):
        return {
            "builds": [{"m": m, "ef_construction": ef} for m in (8, 16, 32) for ef in (100, 200)],
            "usual": [{"m": 16, "ef_construction": 200}],
            "larger": [{"m": 32, "ef_construction": 400}, {"m": 64, "ef_construction": 400}],
            "efforts": steps(neighbors),
            "candidates": multiples(neighbors, RESCORED[type]),
        }

    def load(self, vectors, similarity, columns):
        self.vectors = vectors
        # Any name may be given to a column, but a filter takes few.
        self.columns = {name: f"column{number}" for number, name in enumerate(columns)}
        self.values = {self.columns[name]: values.tolist() for name, values in columns.items()}

    def used(self):
        """Returns the bytes of all keys, without buffers of clients."""
        return int(re.search(rb"used_memory_dataset:(\d+)", self.connection.call("INFO", "memory")).group(1))

    def build(self, type, parameters, rows, of):
        self.type, self.rows, self.before = type, rows, self.used()
        options = (QUANTIZATION[type], "EF", parameters["ef_construction"], "M", parameters["m"])
        for first in range(0, rows, BATCH):
            commands = []
            for row in range(first, min(rows, first + BATCH)):
                attributes = ", ".join(f'"{name}": {values[row]}' for name, values in self.values.items())
                commands.append(("VADD", self.key, "FP32", self.vectors[row].tobytes(), row, *options, *(
                    ("SETATTR", "{" + attributes + "}") if attributes else ())))
            self.connection.calls(commands)
            if first == 0 and not self.own:
                self.connection.call("EXPIRE", self.key, SECONDS_TO_LIVE)

    def drop(self):
        # A large key is removed in the background, which the size of the next one must not contain.
        self.connection.call("DEL" if self.own else "UNLINK", self.key)

    def bytes(self):
        """Returns those of the key, and those of the vectors that rescore, which the client keeps."""
        index = self.used() - self.before if self.own else int(self.connection.call("MEMORY", "USAGE", self.key, "SAMPLES", 0))
        return index, self.vectors[: self.rows].nbytes if RESCORED[self.type] > 1 else 0

    def found(self, connection, query, count, *options):
        return numpy.array(connection.call("VSIM", self.key, "FP32", query.tobytes(), "COUNT", count, *options), dtype="int64")

    def nearest(self, connection, query, neighbors, effort, candidates, *options):
        # A graph finds no more rows than its effort.
        count = min(candidates, effort)
        ids = self.found(connection, query, count, "EF", effort, *options)
        return nearest(self.vectors, ids, query, neighbors) if count > neighbors else ids

    def search(self, query, neighbors, effort, candidates):
        return self.nearest(self.connection, query, neighbors, effort, candidates)

    def exact(self, query, count):
        return self.found(self.connection, query, count, "TRUTH")

    def client(self):
        connection = self.connect()
        return lambda *words: self.nearest(connection, *words)

    def filtered(self, query, neighbors, effort, candidates, column, value):
        condition = ("FILTER", f".{self.columns[column]} == {value}")
        if candidates is None:
            return nearest(self.vectors, self.found(self.connection, query, self.rows, *condition, "TRUTH"), query, neighbors)
        return self.nearest(self.connection, query, neighbors, effort, candidates, *condition)

    def close(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
        else:
            # What a build has sent must not make the key again.
            connection = self.connect()
            connection.call("CLIENT", "KILL", "ID", self.client_id)
            connection.call("UNLINK", self.key)

    def snippet(self, type, parameters, effort, candidates, about):
        count = about.rows if type is None else min(candidates, effort)
        options = f'"COUNT", {count}, ' + ('"FILTER", f".tenant == {tenant}", "TRUTH"' if type is None else f'"EF", {effort}')
        search = [
            *['# Each VADD ends with "SETATTR", f\'{{"tenant": {tenant}}}\''] * (type is None),
            f'found = server.execute_command("VSIM", "items", "FP32", query.tobytes(), {options})',
            "ids = numpy.array([int(row) for row in found])",
            *["# Redis keeps no full-precision vectors, so that the program rescores by its own.",
              "exact = vectors[ids]",
              "scores = exact @ query / numpy.linalg.norm(exact, axis=1)",
              f"ids = ids[numpy.argsort(-scores)[:{about.neighbors}]]"] * (type is None or count > about.neighbors),
        ]
        if type is None:
            return "", "\n".join(search) + "\n"
        build = f'"{QUANTIZATION[type]}", "EF", {parameters["ef_construction"]}, "M", {parameters["m"]}'
        create = [
            "import numpy",
            "import redis",
            "# vectors has a row of float32 for each vector, and query is one vector.",
            "server = redis.Redis()",
            "for row, vector in enumerate(vectors):",
            f'    server.execute_command("VADD", "items", "FP32", vector.tobytes(), row, {build})',
        ]
        return "\n".join(create) + "\n", "\n".join(search) + "\n"


if __name__ == "__main__":
    run(Redis)
