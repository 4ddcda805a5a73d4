#!/bin/sh
# Draws the pictures of README.md and the home page from kept results: recall over bytes of six quantizers on CLINC150, and the ranking of
# CIFAR-10. Needs Chromium.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

python3 - reports/results/clinc150-minilm-e*/results.json.gz "$work/results.json" <<'END'
import gzip
import json
import sys

SHOWN = ["opq", "pq", "rabitq:bits-2-float16", "rotated-sign:asymmetric", "rotated-sign:hamming", "int8"]
MOST_BITS = 768


def name(one, key):
    return one[key] + (":" + one["variant"] if one.get("variant") else "")


with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
    results = json.load(file)
results["runs"] = [run for run in results["runs"] if name(run, "method") in SHOWN and run["bits"] <= MOST_BITS]
protocol = results["protocol"]
protocol["methods"] = [method for method in protocol["methods"] if name(method, "name") in SHOWN]
protocol["bits"] = [bits for bits in protocol["bits"] if bits <= MOST_BITS]
missing = set(SHOWN) - {name(method, "name") for method in protocol["methods"]}
if missing:
    sys.exit("pictures: expected results of " + ", ".join(sorted(missing)))
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(results, file)
END
./linfhash report "$work/results.json" --out "$work/report"
cp "$work/report/charts/neighborrecall-1-bytes.png" docs/images/recall-over-bytes.png

./linfhash results rank --protocol cifar10 --results reports/results --out "$work/rankings"
page=$work/rankings/protocols/cifar10.html
chromium --headless --no-sandbox --hide-scrollbars --window-size=1200,820 --screenshot="$work/ranking.png" "file://$page" 2> "$work/log" ||
    { cat "$work/log" >&2; exit 1; }
cp "$work/ranking.png" docs/images/ranking.png
echo 'pictures: docs/images'
