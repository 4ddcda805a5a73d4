"""Tests of the engine redis against redis-server."""

import importlib.util
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import types
import unittest

import driver


def resp():
    """Returns the client of the engine."""
    sys.path.insert(0, str(driver.ENGINES))
    spec = importlib.util.spec_from_file_location("redis_engine", driver.ENGINES / "redis/engine.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(driver.ENGINES))
    return module.Resp


class Server:
    """A server that other programs use, too."""

    def __init__(self, *options):
        self.folder = tempfile.mkdtemp()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.folder, *options], stdout=subprocess.DEVNULL)
        for _ in range(200):
            try:
                self.client = resp()(("127.0.0.1", self.port))
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("redis-server does not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def keys(self, number=0):
        self.client.call("SELECT", number)
        return sorted(self.client.call("KEYS", "*"))


class RedisTest(driver.EngineCase, unittest.TestCase):
    name = "redis"
    missing = "^there is no redis-server "
    similarities = ("cosine",)
    page = {"type": "hnsw-bin", "parameters": {"m": 16, "ef_construction": 200}, "effort": 200, "candidates": 140, "rows": 10000}

    def paste(self, lines, vectors, **more):
        client = resp()(str(self.engine.scratch / "engine/redis.sock"))
        client.call("DEL", "items")
        server = types.SimpleNamespace(execute_command=client.call)
        # redis-py is not needed to send a command.
        sys.modules["redis"] = types.SimpleNamespace(Redis=lambda: server)
        try:
            return super().paste(lines, vectors, **more)
        finally:
            del sys.modules["redis"]
            client.call("DEL", "items")

    def test_sizes_hold_what_the_type_keeps(self):
        self.load()
        sizes = {}
        for type in self.types():
            self.built(type)
            sizes[type] = self.sizes
        floats = self.rows * self.dimension * 4
        self.assertGreater(sizes["hnsw-noquant"]["index_bytes"], floats)
        self.assertLess(sizes["hnsw-bin"]["index_bytes"], sizes["hnsw-q8"]["index_bytes"])
        self.assertEqual([one["heap_bytes"] for one in sizes.values()], [0, floats, floats])

    def test_a_server_of_others_keeps_their_keys_only(self):
        with Server() as server:
            server.client.call("SET", "linfhash:mine", "1")
            with self.start(database=server.url + "/3") as engine:
                vectors = engine.load(self.vectors, "cosine")
                engine.call("build", type="hnsw-q8", parameters={"m": 8, "ef_construction": 100}, rows=len(vectors), of=len(vectors))
                self.assertEqual(server.keys(), [b"linfhash:mine"])
                key, = server.keys(3)
                self.assertRegex(key.decode(), "^linfhash:linfhash-test-.*:items$")
                self.assertGreater(int(server.client.call("TTL", key)), 3600)
                self.assertEqual(len(engine.search(vectors[:5], 10, (20, 20))[0]), 5)
                self.assertEqual(engine.end(), 0)
            self.assertEqual(server.keys(3), [])
            self.assertEqual(server.keys(), [b"linfhash:mine"])

    def test_the_end_in_a_build_removes_the_key_of_a_server_of_others(self):
        with Server() as server, self.start(database=server.url) as engine:
            vectors = engine.load(driver.draw(20000, 64, 1), "cosine")
            engine.send("build", type="hnsw-noquant", parameters={"m": 64, "ef_construction": 400}, rows=20000, of=20000)
            for _ in range(200):
                if server.keys():
                    break
                time.sleep(0.02)
            self.assertEqual(len(server.keys()), 1)
            self.assertEqual(engine.end(), 0)
            self.assertEqual(server.keys(), [])
            del vectors

    def test_a_password_comes_from_the_environment(self):
        with Server("--requirepass", "secret") as server:
            with self.assertRaisesRegex(driver.Refused, "^Redis refuses: NOAUTH "):
                self.start(database=server.url)
            with self.assertRaisesRegex(driver.Refused, "^--database: expected no password in the URL: set REDISCLI_AUTH$"):
                self.start(database=server.url.replace("//", "//:secret@"))
            with self.start(database=server.url, environment={"REDISCLI_AUTH": "secret"}) as engine:
                self.assertEqual(engine.about["name"], "redis")

    def test_names_what_it_needs(self):
        for url, sentence in (
            ("redis://127.0.0.1:1", "^cannot connect to Redis at redis://127.0.0.1:1: "),
            ("unix:///nothing/redis.sock", "^cannot connect to Redis at unix:///nothing/redis.sock: "),
            ("postgresql://localhost", "^--database: expected redis://"),
            ("redis://", "^--database: expected redis://"),
            ("redis://localhost:x", "^--database: "),
            ("redis://localhost/x", "^--database: expected redis://"),
        ):
            with self.subTest(url=url), self.assertRaisesRegex(driver.Refused, sentence):
                self.start(database=url)
        path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if not pathlib.Path(part, "redis-server").exists())
        with self.assertRaisesRegex(driver.Refused, "^there is no redis-server on the PATH: install Redis 8, or name a server by --database "):
            self.start(environment={"PATH": path})


if __name__ == "__main__":
    unittest.main()
