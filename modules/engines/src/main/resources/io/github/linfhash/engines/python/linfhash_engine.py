"""Speaks the protocol linfhash-engine/1, so that 'linfhash measure --engine ./mine.py' can measure an engine; docs/engines.md describes both.

A script defines a subclass of Engine and ends with run(ThatClass). Python 3.10 or newer; needs NumPy only.
"""

import concurrent.futures
import ctypes
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
import types

import numpy

PROTOCOL = "linfhash-engine/1"
# After 5 seconds, measure kills what has not ended.
SECONDS_TO_CLOSE = 2

# What a type of index is unless it says something else.
TYPE = {"graph": False, "coded": False, "most_dimensions": 65536, "parameters": {}, "most_candidates": 1000}
REQUIRED = ("types", "load", "build", "search", "bytes", "snippet")
OPTIONAL = {"filtered": "filters", "client": "clients", "exact": "exact"}
DESCRIPTION = ("name", "text", "versions", "similarities", "heap", "filter_note", "search_remark", "pasted")

# Another process ends the engine and removes its folder where the thread that reads requests cannot: in a build that holds Python's lock, and
# if both sides are killed.
WATCH = """
import os, select, shutil, sys, time
engine, requests = int(sys.argv[1]), select.poll()
requests.register(0, 0)
while os.getppid() == engine and not requests.poll(1000):
    pass
if requests.poll(0):
    for _ in range(35):
        if os.getppid() == engine:
            time.sleep(0.1)
    if os.getppid() == engine:
        shutil.rmtree(sys.argv[2], ignore_errors=True)
        os.kill(engine, 9)
    shutil.rmtree(sys.argv[2], ignore_errors=True)
"""


class EngineError(Exception):
    """A failure that one sentence explains: what is wrong, where, and what to do."""


class Engine:
    """An engine.

    A subclass has `types`, a list of dictionaries: the "name" of a type of index, and what differs from TYPE, "effort" and "grid" as in
    docs/engines.md. It also has these methods; `query` is an array of float32, and "row" is the number of a vector:

        load(vectors, similarity, columns)    takes rows x dimension of float32, of unit length for cosine, and {name: int32 for each row}
        build(type, parameters, rows, of)     makes an index of the first rows; parameters are those for an index of `of` rows
        search(query, neighbors, effort, candidates)    returns the nearest rows, best first, and rescores if candidates > neighbors; is timed
        bytes()    returns the bytes that searches need, and all other bytes that last
        snippet(type, parameters, effort, candidates, about)    returns two texts to paste: the lines that make the index, and those that
            search; about has rows, dimension, neighbors and similarity; type is None for the exact scan of `filtered`

    It may have these, and 'measure' does not measure what is left out:

        exact(query, count)    returns the nearest rows by a scan of all codes, without rescoring
        filtered(query, neighbors, effort, candidates, column, value)    returns the nearest rows whose column has the value; if candidates
            is None, by an exact scan of these rows
        client()    returns the function `search` of one more client, which has a thread of its own; None if there can be no more
    """

    name = "engine"
    text = "an engine"
    versions = {}
    similarities = ["cosine", "dot", "euclidean"]
    heap = "everything else that lasts"
    filter_note = ""
    search_remark = "# Each search, for the query vector query:"
    pasted = ""

    def open(self, database, folder):
        """Begins; database is that of --database, or None, and folder is an empty one that is removed at the end."""
        if database is not None:
            raise EngineError(f"{self.name} takes no --database")

    def grid(self, type, rows, dimension, neighbors):
        """Returns the candidates for all rows: any of builds, usual, larger, efforts and candidates. By default, the "grid" of the type."""
        return next(one for one in self.types if one["name"] == type).get("grid", {})

    def drop(self):
        """Removes the index, if there is one."""

    def close(self):
        """Removes what lasts outside of the folder; another thread may call it while something is built."""


def steps(least, most=1000):
    """Returns efforts from least on, each about 1.4 times the one before."""
    ladder = 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 40, 60, 80, 110, 150, 200, 280, 400, 560, 800, 1000, 1400, 2000, 2800, 4000
    return [step for step in ladder if least <= step <= most] or [least]


def multiples(neighbors, factor, most=1000):
    """Returns numbers of rescored rows: multiples of the number of neighbors, up to a factor."""
    factors = 1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 56, 80, 100
    return [one * neighbors for one in factors if one <= factor and one * neighbors <= most] or [neighbors]


def child(command, **options):
    """Starts a process that ends with this one, on Linux even if this one is killed. Call it from the main thread."""
    parent = os.getpid()

    def follow():
        prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
    # In a session of its own, it does not get the Ctrl-C of a terminal.
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=follow if prctl else None, **options)


def field(request, name, kind, least=None, most=None):
    """Returns a field of a request that has to be there."""
    value = request.get(name)
    right = isinstance(value, kind) and not (kind is not bool and isinstance(value, bool))
    if not right or (least is not None and value < least) or (most is not None and value > most):
        word = {str: "a text", int: "an integer", (int, float): "a number", bool: "true or false", list: "a list", dict: "an object"}[kind]
        limits = "" if least is None else f" from {least}" + (f" to {most}" if most is not None else " on")
        raise EngineError(f"{request['call']}: expected {word}{limits} as '{name}', found {json.dumps(value)[:100]}")
    return value


def point(request):
    """Returns effort and candidates."""
    return field(request, "effort", int, 1), field(request, "candidates", int, 1)


def timed(call, row, search, *words):
    """Puts what a search finds into a row of an array that is full of -1, and returns the milliseconds that it took."""
    start = time.perf_counter()
    found = search(*words)
    millis = (time.perf_counter() - start) * 1000
    found = numpy.asarray(found)
    if found.ndim != 1 or len(found) > len(row) or (len(found) and found.dtype.kind not in "iu"):
        raise EngineError(f"{call}: expected at most {len(row)} row numbers, found {found.dtype}{list(found.shape)}")
    row[: len(found)] = found
    return millis


class Session:
    """Answers requests for an engine."""

    def __init__(self, engine_class, requests):
        self.engine_class, self.requests, self.ending = engine_class, requests, threading.Lock()
        self.engine, self.scratch, self.vectors, self.built = None, None, None, False

    def answer(self, line):
        """Returns the answer of a line, as a line."""
        try:
            return json.dumps(self.result(line), allow_nan=False, default=lambda value: value.item())
        except EngineError as error:
            sentence = str(error)
        except Exception as error:
            traceback.print_exc()
            sentence = f"{type(error).__name__}: {error}"
        return json.dumps({"error": " ".join(sentence.split())[:1000]})

    def result(self, line):
        try:
            request = dict(json.loads(line))
        except (ValueError, TypeError) as error:
            raise EngineError(f"expected a JSON object on each line, found {line[:100]!r}") from error
        calls = {call.__name__: call for call in (
            self.hello, self.grid, self.load, self.build, self.candidates, self.search, self.filtered, self.clients, self.snippet, self.drop)}
        call = calls.get(str(request.get("call")))
        if call is None:
            raise EngineError(f"expected a call of {', '.join(calls)}, found {json.dumps(request.get('call'))[:100]}")
        if self.engine is None and call != self.hello:
            raise EngineError(f"{request['call']}: expected hello first")
        return call(request)

    def hello(self, request):
        asked = field(request, "protocol", str)
        if asked != PROTOCOL:
            raise EngineError(f"expected the protocol {PROTOCOL}, found {asked}: use the linfhash_engine.py that belongs to this linfhash")
        scratch = pathlib.Path(field(request, "scratch", str)).resolve()
        # It is removed at the end, so that it must not be anything else.
        if not scratch.is_dir() or not scratch.name.startswith("linfhash-") or scratch.stat().st_mode & 0o77:
            raise EngineError(f"hello: expected a folder named linfhash-... of mode 700 as 'scratch', found {scratch}")
        self.scratch = scratch
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        subprocess.Popen([sys.executable, "-IS", "-c", WATCH, str(os.getpid()), scratch], stdin=self.requests, **quiet)
        engine = self.engine_class()
        missing = [name for name in REQUIRED if not hasattr(engine, name)]
        if missing:
            raise EngineError(f"{self.engine_class.__name__} lacks {', '.join(missing)}: an engine has {', '.join(REQUIRED)}")
        (scratch / "engine").mkdir(exist_ok=True)
        engine.open(request.get("database"), scratch / "engine")
        self.engine = engine
        answer, python = {name: getattr(engine, name) for name in DESCRIPTION}, sys.version.split()[0]
        answer["text"], answer["versions"] = f"{engine.text} on Python {python}", {**engine.versions, "python": python}
        answer["can"] = [word for name, word in OPTIONAL.items() if hasattr(engine, name)]
        answer["types"] = [{**TYPE, **{key: value for key, value in one.items() if key != "grid"}} for one in engine.types]
        return {"protocol": PROTOCOL, **answer}

    def type(self, request):
        known = {one["name"]: {**TYPE, **one} for one in self.engine.types}
        name = field(request, "type", str)
        if name not in known:
            raise EngineError(f"{request['call']}: expected a type of {', '.join(known)}, found {name}")
        return known[name]

    def grid(self, request):
        kind = self.type(request)
        neighbors = field(request, "neighbors", int, 1)
        given = self.engine.grid(kind["name"], field(request, "rows", int, 1), field(request, "dimension", int, 1), neighbors)
        effort = kind.get("effort")
        least = max(effort["least"], neighbors if kind["graph"] else 1) if effort else 1
        efforts = steps(least, min(effort["most"], 1000)) if effort else [1]
        return {"builds": [{}], "usual": [], "larger": [], "efforts": efforts, "candidates": [neighbors], **given}

    def array(self, request, name, dtype, *shape):
        """Returns the array of a field, from a file of the scratch folder; None is any length."""
        file = field(request, name, str)
        path = (self.scratch / file).resolve()
        what = f"{request['call']}: expected {dtype}[{', '.join('*' if n is None else str(n) for n in shape)}] as '{name}' in the scratch folder"
        if self.scratch not in path.parents:
            raise EngineError(f"{what}, found the path {file}")
        try:
            array = numpy.load(path, allow_pickle=False)
            found = f"{array.dtype}{list(array.shape)}"
        except (OSError, ValueError, EOFError, AttributeError) as error:
            raise EngineError(f"{what}, found {file}: {error}") from error
        if array.dtype != dtype or array.ndim != len(shape) or any(n not in (None, m) for n, m in zip(shape, array.shape)):
            raise EngineError(f"{what}, found {found} in {file}")
        if not numpy.isfinite(array).all():
            raise EngineError(f"{what}, found values in {file} that are not finite")
        return numpy.ascontiguousarray(array)

    def queries(self, request):
        """Returns the queries for the index, which has to be there."""
        if not self.built:
            raise EngineError(f"{request['call']}: expected build first")
        return self.array(request, "queries", "float32", None, self.vectors.shape[1])

    def written(self, **arrays):
        """Writes arrays that are valid until the next request, and returns the names of their files."""
        for name, array in arrays.items():
            numpy.save(self.scratch / f"{name}.npy", array)
        return {name: f"{name}.npy" for name in arrays}

    def load(self, request):
        self.drop(request)
        vectors = self.array(request, "vectors", "float32", None, None)
        similarity = field(request, "similarity", str)
        if similarity not in self.engine.similarities:
            raise EngineError(f"load: expected a similarity of {', '.join(self.engine.similarities)}, found {similarity}")
        files = field({"columns": {}, **request}, "columns", dict)
        columns = {name: self.array({"call": "load", **files}, name, "int32", len(vectors)) for name in files}
        self.engine.load(vectors, similarity, columns)
        self.vectors = vectors
        return {}

    def build(self, request):
        kind = self.type(request)
        if self.vectors is None or self.built:
            raise EngineError(f"build: expected {'drop' if self.built else 'load'} first")
        rows = field(request, "rows", int, 1, len(self.vectors))
        of, parameters = field(request, "of", int, rows), field(request, "parameters", dict)
        # A build that failed has left its part.
        self.engine.drop()
        start = time.perf_counter()
        self.engine.build(kind["name"], parameters, rows, of)
        seconds = time.perf_counter() - start
        index, heap = self.engine.bytes()
        self.built = True
        return {"index_bytes": int(index), "heap_bytes": int(heap), "seconds": seconds}

    def candidates(self, request):
        queries, exact, (effort, count) = self.queries(request), field(request, "exact", bool), point(request)
        ids = numpy.full((len(queries), count), -1, numpy.int64)
        for row, query in zip(ids, queries):
            # Where as many rows are rescored as are asked for, none are.
            timed("candidates", row, *((self.engine.exact, query, count) if exact else (self.engine.search, query, count, effort, count)))
        return self.written(ids=ids)

    def search(self, request):
        queries, neighbors = self.queries(request), field(request, "neighbors", int, 1)
        points = [point({"call": "search", **one}) for one in field(request, "points", list)]
        ids = numpy.full((len(points) * len(queries), neighbors), -1, numpy.int64)
        millis = numpy.zeros((len(points), len(queries)))
        # Query by query, so that a disturbance meets all points alike.
        for q, query in enumerate(queries):
            for p, one in enumerate(points):
                millis[p, q] = timed("search", ids[p * len(queries) + q], self.engine.search, query, neighbors, *one)
        return self.written(ids=ids, millis=millis)

    def filtered(self, request):
        queries, neighbors = self.queries(request), field(request, "neighbors", int, 1)
        values = self.array(request, "values", "int32", len(queries))
        effort, candidates = (None, None) if request.get("candidates") is None else point(request)
        column = field(request, "column", str)
        ids = numpy.full((len(queries), neighbors), -1, numpy.int64)
        millis = numpy.zeros(len(queries))
        for q, query in enumerate(queries):
            millis[q] = timed("filtered", ids[q], self.engine.filtered, query, neighbors, effort, candidates, column, int(values[q]))
        return self.written(ids=ids, millis=millis)

    def clients(self, request):
        queries, neighbors = self.queries(request), field(request, "neighbors", int, 1)
        wanted, seconds = field(request, "clients", int, 1), field(request, "seconds", (int, float), 0)
        effort, candidates = point(request)
        searches = []
        while len(searches) < wanted and (search := self.engine.client()):
            searches.append(search)
        if not len(queries) or not searches:
            raise EngineError(f"clients: expected queries and clients, found {len(queries)} queries and {len(searches)} clients")

        def work(first, search):
            done, start = 0, time.perf_counter()
            while not done or time.perf_counter() - start < seconds:
                search(queries[(first + done) % len(queries)], neighbors, effort, candidates)
                done += 1
            return done / (time.perf_counter() - start)

        with concurrent.futures.ThreadPoolExecutor(len(searches)) as pool:
            return {"per_second": sum(pool.map(work, range(len(searches)), searches)), "clients": len(searches)}

    def snippet(self, request):
        about = types.SimpleNamespace(similarity=field(request, "similarity", str))
        about.rows, about.dimension, about.neighbors = (field(request, name, int, 1) for name in ("rows", "dimension", "neighbors"))
        if request.get("type") is None:
            return {"search": self.engine.snippet(None, None, None, None, about)[1]}
        create, search = self.engine.snippet(self.type(request)["name"], field(request, "parameters", dict), *point(request), about)
        return {"create": create, "search": search}

    def drop(self, request):
        self.built = False
        self.engine.drop()
        return {}

    def end(self):
        """Ends the process, also while another thread builds an index; nobody else removes the scratch folder if 'measure' was killed."""
        if not self.ending.acquire(blocking=False):
            return
        threading.Timer(SECONDS_TO_CLOSE, self.exit, [1]).start()
        try:
            if self.engine is not None:
                self.engine.close()
        except Exception:
            traceback.print_exc()
        self.exit(0)

    def exit(self, code):
        end = time.monotonic() + 1
        while self.scratch and self.scratch.exists() and time.monotonic() < end:
            shutil.rmtree(self.scratch, ignore_errors=True)
        os._exit(code)


def run(engine_class):
    """Answers requests until standard input ends: the last line of an engine's script."""
    # What libraries print would spoil answers, and a child would keep the pipes open.
    answers, requests = os.fdopen(os.dup(1), "w"), os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = sys.stderr
    session = Session(engine_class, requests)
    # Standard input ends after a Ctrl-C, too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: session.end())
    lines = queue.Queue()

    def read():
        for line in requests:
            lines.put(line)
        session.end()

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            print(session.answer(lines.get()), file=answers, flush=True)
        except BrokenPipeError:
            session.end()
