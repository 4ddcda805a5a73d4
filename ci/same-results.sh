#!/bin/sh
# Checks that two output folders of run, or two files results.json or results.json.gz, contain the same measurements: the split,
# the hash of the codes, metrics, curves and failure of each run, by method, configuration, bits and seed. Times, notes, the order
# of runs and the layout of the file may differ.
# ci/same-results.sh FIRST SECOND; exit code 1 and the first difference if not.
set -eu
python3 - "$1" "$2" <<'END'
import gzip
import json
import os
import sys

MEASURED = ["splitHash", "codesHash", "failure", "metrics", "curves"]


def end(sentence):
    sys.exit(f"same-results: {sentence}")


def runs(named):
    names = [named] if os.path.isfile(named) else [os.path.join(named, name) for name in ("results.json", "results.json.gz")]
    file = next((name for name in names if os.path.isfile(name)), None)
    if file is None:
        end(f"{named}: expected results.json or results.json.gz in this folder, found neither")
    with (gzip.open if file.endswith(".gz") else open)(file, "rt", encoding="utf-8") as text:
        listed = json.load(text)["runs"]
    found = {}
    for run in listed:
        # The key of a configuration's name is not part of a measurement.
        configuration = run.get("variant") or run.get("row")
        key = f"{run['method']}{':' + configuration if configuration else ''}, {run['bits']} bits, seed {run['seed']}"
        if key in found:
            end(f"{file}, {key}: expected one run, found two")
        found[key] = {field: run[field] for field in MEASURED}
    if not found:
        end(f"{file}: expected runs, found none")
    return found


def difference(place, one, other):
    """The first place where two values differ, with both values; None if they are equal."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            found = difference(f"{place}, {key}", one.get(key, "none"), other.get(key, "none"))
            if found:
                return found
        return None
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return next(filter(None, (difference(f"{place}[{i}]", *both) for i, both in enumerate(zip(one, other)))), None)
    return None if one == other else f"{place}: {one} and {other}"


first, second = runs(sys.argv[1]), runs(sys.argv[2])
for run in sorted(first.keys() | second.keys()):
    if run not in first or run not in second:
        end(f"{run}: the run is only in {sys.argv[1] if run in first else sys.argv[2]}")
    found = difference(run, first[run], second[run])
    if found:
        end(f"{found} (in {sys.argv[1]} and {sys.argv[2]})")
END
