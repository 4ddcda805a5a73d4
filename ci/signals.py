#!/usr/bin/env python3
"""Interrupts commands at random moments, and shows what they leave.

Usage: ci/signals.py [--times N] [--seed S] [--only NAME,...] [--database URL] [--command WORDS]...

Each command runs undisturbed first, then N times (default: 20) with SIGTERM or, as by Ctrl-C, SIGINT for all of its processes, at moments from its
start to its end, half of them when the next file is being written. Afterwards the temporary folder has to be empty and the output has whole files or none; there is no trace, and no process.
--command adds one, such as 'embed --images DIR --network FILE --out OUT/x.npy', where OUT is the folder that is looked at.
A line of CSV for each command; exit code 1 if anything is left. An engine whose module or server is not there is skipped, which is said;
pgvector needs --database. Linux only.
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import numpy

HOME = pathlib.Path(__file__).resolve().parent.parent


def start(words, folder):
    environment = dict(os.environ, TMPDIR=str(folder / "tmp"), JAVA_TOOL_OPTIONS=f"-Djava.io.tmpdir={folder / 'tmp'} -XX:-UsePerfData")
    with open(folder / "log", "wb") as log:
        return subprocess.Popen([HOME / "linfhash", *words], cwd=folder, stdout=log, stderr=log, start_new_session=True, env=environment)


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "tmp").mkdir(parents=True)


def files(folder):
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file() and one.name not in ("log", ".lock")}


def running(folder):
    """The processes that have the temporary folder in their environment or their command."""
    found = []
    for one in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if any(str(folder).encode() in (one / name).read_bytes() for name in ("cmdline", "environ")):
                found.append(one.name)
        except OSError:
            pass
    return found


def remaining(folder):
    """The processes that still run after some seconds."""
    for _ in range(50):
        if not running(folder):
            return []
        time.sleep(0.1)
    return running(folder)


def await_part(process, folder, moment):
    """Waits until a file is being written, for the first time after a moment."""
    begun = time.time()
    while process.poll() is None and (time.time() < begun + moment or not any(".part" in one for one in files(folder / "out"))):
        time.sleep(0.0005)


def interrupted(words, folder, moment, by, writing):
    """Returns what is wrong after an interrupt, and the exit code."""
    fresh(folder)
    (folder / "out").mkdir()
    process = start(words, folder)
    if writing:
        await_part(process, folder, moment)
    else:
        time.sleep(moment)
    try:
        # Ctrl-C goes to all processes of the terminal.
        (os.killpg if by == signal.SIGINT else os.kill)(process.pid, by)
    except ProcessLookupError:
        pass
    code = process.wait()
    text = (folder / "log").read_text(errors="replace")
    wrong = [f"{name} in the temporary folder" for name in os.listdir(folder / "tmp")]
    wrong += [f"half of {name}" for name in files(folder / "out") if ".part" in name]
    wrong += ["a stack trace"] if "\tat " in text or "Traceback" in text else []
    wrong += [f"process {one}" for one in remaining(folder)]
    wrong += [f"exit code {code}"] if code not in (0, 1, 2, -by, 128 + by) else []
    return wrong, code


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("times", 20), ("seed", 1)):
        options.add_argument(f"--{name}", type=int, default=default)
    for name in ("only", "database"):
        options.add_argument(f"--{name}")
    options.add_argument("--command", action="append", default=[])
    given = options.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="signals-"))
    made = numpy.random.default_rng(given.seed).standard_normal((6000, 128)).astype(numpy.float32)
    numpy.save(work / "x.npy", made)
    vectors = ["--vectors", work / "x.npy"]
    out = work / "run" / "out"
    measured = [*vectors, "--minutes", "0.3", "--out", out, "-q"]
    commands = {f"measure {one}": ["measure", "--engine", one, *measured] for one in ("faiss", "lucene", "redis", "sqlite-vec")}
    if given.database:
        commands["measure pgvector"] = ["measure", "--database", given.database, *measured]
    commands["quantize"] = ["quantize", *vectors, "--quantizer", "pq", "--bytes", "16", "--out", out]
    commands["advise"] = ["advise", *vectors, "--out", out / "advice.json"]
    for one in given.command:
        commands[one.partition(" -")[0]] = one.replace("OUT", str(out)).split()
    chance = random.Random(given.seed)
    everything = 0
    print("command,seconds,interrupts,ended before,wrong", flush=True)
    for name, words in commands.items():
        if given.only and name not in given.only.split(","):
            continue
        for _ in range(2):
            # The first one may build the program.
            fresh(work / "run")
            out.mkdir()
            begun = time.time()
            code = start(words, work / "run").wait()
            seconds = time.time() - begun
        if code != 0:
            print(f"{name},skipped: {(work / 'run' / 'log').read_text(errors='replace').strip().splitlines()[-1]}", flush=True)
            continue
        wrong, ended = [], 0
        for i in range(given.times):
            by = (signal.SIGTERM, signal.SIGINT)[i % 2]
            moment = chance.uniform(0, seconds)
            found, code = interrupted(words, work / "run", moment, by, i % 4 > 1)
            ended += code == 0
            wrong += found
            if found:
                print(f"{name}, {by.name} at {moment:.2f} of {seconds:.2f} s{', writing' if i % 4 > 1 else ''}: {'; '.join(found)}", file=sys.stderr, flush=True)
        everything += len(wrong)
        print(f"{name},{seconds:.1f},{given.times},{ended},{len(wrong)}", flush=True)
    shutil.rmtree(work)
    print(f"signals: {everything} went wrong")
    return 1 if everything else 0


if __name__ == "__main__":
    sys.exit(main())
