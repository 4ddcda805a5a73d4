#!/bin/sh
# Measures each configuration of the kept results (reports/results) again, with one seed at its smallest code length, and names
# those whose numbers are not today's. Training uses the kernel of OpenBLAS that measured the kept results, where the processor
# has it. On the same processor, all codes must be equal. On another one, those that depend on no training must be equal, and
# metrics may differ by three standard deviations over the kept seeds, and at least by the rule of reports/expected. Features must
# be equal, except under another Java runtime, and embeddings of texts on another processor (docs/determinism.md); where they are
# not, only metrics are compared. Runs that are finished are not repeated, so that an interrupted check goes on. Takes about half
# an hour; data sets are found as 'linfhash run' finds them.
# ci/published.sh [FOLDER OF reports/results ...]
# Exit code 1: a number differs; 2: something could not be measured.
set -eu
cd "$(dirname "$0")/.."
python3 - "$@" <<'END'
import gzip
import json
import os
import re
import statistics
import subprocess
import sys

# Their codes have nothing to do with products of matrices in training.
UNTRAINED = {"float32", "float16", "int8", "lsh", "sign", "truncated-sign"}
# Protocols without references of their own have the rule of this one.
STANDARD = "cifar10"
# Of continuous outputs, which move in last bits where codes do not.
CONTINUOUS = ("realMap", "quantization@")
COUNTED = {"uniqueCodes", "codeBytes", "bytesAtN", "meanDistance"}
RARE = ("recall@", "f1@", "recallPooled@")
OUT = "target/published"


def name(run):
    return run["method"] + (":" + run["variant"] if run.get("variant") else "")


def read(folder):
    for file, opened in (("results.json.gz", gzip.open), ("results.json", open)):
        path = os.path.join(folder, file)
        if os.path.isfile(path):
            with opened(path, "rt", encoding="utf-8") as text:
                return json.load(text)
    sys.exit(f"published: {folder}: expected results.json or results.json.gz, found neither")


def rule(protocol):
    """The rule of tolerances in reports/expected, by key."""
    names = [f"reports/expected/{one}.yaml" for one in (protocol, STANDARD)]
    with open(next(filter(os.path.isfile, names)), encoding="utf-8") as file:
        lines = re.search(r"^rule:\n((?:  .*\n)+)", file.read(), re.MULTILINE)[1]
    return {key: float(value) for key, value in re.findall(r"^  (\w+): ([0-9.]+)$", lines, re.MULTILINE)}


def tolerance(rules, metric, values):
    spread = rules["spreads"] * statistics.stdev(values) if len(values) > 1 else 0
    mean = abs(statistics.fmean(values))
    fraction = rules["fraction"]
    if metric.startswith(RARE):
        fraction = min(fraction, max(1e-6, rules["share"] * mean))
    return max(spread, rules["count"] if metric in COUNTED else fraction)


def kernel(results):
    """The kernel that measured results, or an empty text if it is unknown or this processor does not have it."""
    return subprocess.run(["ci/kernel-of.sh", results["environment"]["cpu"]], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def same_features(kept, today):
    return kept["protocol"]["features"]["hash"] == today["protocol"]["features"]["hash"]


def same(key, kept, today):
    return kept["environment"][key] == today["environment"][key]


def features_may_differ(kept, today):
    of_text = kept["protocol"]["features"]["name"].startswith("embedding ")
    return not same("jdk", kept, today) or (of_text and not same("cpu", kept, today))


def differences(rules, kept, others, found, equal_codes):
    """What differs between a kept run and today's; `others` are the kept runs of all seeds."""
    if found is None:
        return ["is not in the protocol any more"]
    if bool(kept["failure"]) != bool(found["failure"]):
        return [f"failure: {kept['failure']}, today {found['failure']}"]
    wrong = []
    if kept["splitHash"] != found["splitHash"]:
        wrong.append("the split differs")
    if equal_codes(kept) and kept["codesHash"] != found["codesHash"]:
        wrong.append("the codes differ")
    for metric, value in kept["metrics"].items():
        if metric not in found["metrics"]:
            wrong.append(f"{metric} is not measured any more")
            continue
        today = found["metrics"][metric]
        values = [run["metrics"][metric] for run in others if metric in run["metrics"]]
        same = kept["codesHash"] == found["codesHash"] and not metric.startswith(CONTINUOUS)
        most = 1e-9 + 1e-6 * abs(value) if same else tolerance(rules, metric, values)
        if abs(value - today) > most:
            wrong.append(f"{metric} {value:.6g}, today {today:.6g} (at most {most:.2g} apart)")
    return wrong


folders = sys.argv[1:] or sorted(os.path.join("reports/results", one) for one in os.listdir("reports/results"))
rows = equal = codes = 0
failed, unmeasured = [], []
for folder in folders:
    results = read(folder)
    protocol = results["protocol"]["name"]
    selected = kernel(results)
    environment = os.environ | ({"OPENBLAS_CORETYPE": selected} if selected else {})
    smallest = {}
    for run in results["runs"]:
        smallest[name(run)] = min(run["bits"], smallest.get(name(run), run["bits"]))
    out = os.path.join(OUT, os.path.basename(folder.rstrip("/")))
    os.makedirs(out, exist_ok=True)
    for bits in sorted(set(smallest.values())):
        names = sorted(one for one, least in smallest.items() if least == bits)
        kept = [run for run in results["runs"] if run["bits"] == bits and name(run) in names]
        # Each seed is that of the first kept run.
        for seed in sorted({min(run["seed"] for run in kept if name(run) == one) for one in names}):
            some = [one for one in names if min(run["seed"] for run in kept if name(run) == one) == seed]
            place = f"{out}/{bits}-{seed}-{environment.get('OPENBLAS_CORETYPE', 'any')}"
            command = ["./linfhash", "run", "--protocol", protocol, "--bits", str(bits), "--seeds", str(seed), "--methods", ",".join(some)]
            done = subprocess.run([*command, "--out", place, "--selected-only"], env=environment, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True)
            if done.returncode != 0:
                lines = done.stderr.strip().splitlines() or ["no message"]
                unmeasured.append(f"{protocol}, {bits} bits, seed {seed}: {lines[-1]}")
                print(f"published: not measured: {unmeasured[-1]}", flush=True)
                continue
            measured = read(place)
            features = same_features(results, measured)
            machine = same("cpu", results, measured) and same("jdk", results, measured)
            if not features and not features_may_differ(results, measured):
                failed.append(f"{protocol}, {bits} bits, seed {seed}, features")
                print(f"published: {failed[-1]}: the features differ", flush=True)
            today = {name(run): run for run in measured["runs"] if run["bits"] == bits and run["seed"] == seed}
            for one in some:
                of_seeds = [run for run in kept if name(run) == one]
                before = next(run for run in of_seeds if run["seed"] == seed)
                wrong = differences(rule(protocol), before, of_seeds, today.get(one),
                                    lambda run: machine or (features and run["method"] in UNTRAINED))
                rows += 1
                equal += not wrong
                codes += one in today and before["codesHash"] == today[one]["codesHash"]
                if wrong:
                    failed.append(f"{protocol}, {one}, {bits} bits, seed {seed}")
                    print(f"published: {failed[-1]}: {'; '.join(wrong)}", flush=True)
print(f"published: {rows} configurations measured again, {equal} with the published numbers, {codes} with equal codes; {len(failed)} differ, "
      f"{len(unmeasured)} groups could not be measured")
sys.exit(1 if failed else 2 if unmeasured else 0)
END
