"""Holds the numbers of a submission against those of a method of ours: entering.py OURS.json METHOD SCORED.json NAME

A line of CSV for each code length and metric: both means over the seeds of the submission, their difference, and what seeds explain,
which is three standard deviations of our method over all of its seeds, and at least 0.002. Ends with 1 if a difference is larger.
"""
import json
import statistics
import sys

METRICS = ["map", "precision@2", "recall@2", "precision@0", "precisionTop100"]
LEAST = 0.002


def values(file, method):
    with open(file, encoding="utf-8") as results:
        runs = json.load(results)["runs"]
    return {(run["bits"], run["seed"]): run["metrics"] for run in runs if run["method"] == method}


def main(our_file, method, scored_file, name):
    ours, scored = values(our_file, method), values(scored_file, name)
    wrong = 0
    print("method,bits,metric,ours,submission,difference,allowed,verdict")
    for bits in sorted({bits for bits, _ in scored}):
        seeds = [seed for length, seed in scored if length == bits]
        for metric in METRICS:
            mine = statistics.mean(ours[bits, seed][metric] for seed in seeds)
            theirs = statistics.mean(scored[bits, seed][metric] for seed in seeds)
            spread = statistics.stdev(run[metric] for (length, _), run in ours.items() if length == bits)
            allowed = max(LEAST, 3 * spread)
            within = abs(theirs - mine) <= allowed
            wrong += not within
            verdict = "ok" if within else "WRONG"
            print(f"{method},{bits},{metric},{mine:.4f},{theirs:.4f},{theirs - mine:+.4f},{allowed:.4f},{verdict}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
