#!/bin/sh
# Draws the pictures of README.md and the home page from published results: recall over bytes of six quantizers on CLINC150, and the ranking
# of CIFAR-10. Each picture contains the SHA-256 of its results, which PicturesTest compares with today's. Needs Chromium.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

texts=$(ls reports/results/clinc150-minilm-e*/results.json.gz)
images=$(ls reports/results/cifar10-e*/results.json.gz)

# Copies a PNG file with a text that names a file of results and its SHA-256: sealed PICTURE RESULTS COPY
sealed() {
    python3 - "$@" <<'END'
import hashlib
import struct
import sys
import zlib

picture, results, copy = sys.argv[1:]
with open(picture, "rb") as file:
    png = file.read()
with open(results, "rb") as file:
    text = b"Source\0" + f"{results} {hashlib.sha256(file.read()).hexdigest()}".encode("latin-1")
chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
# The text follows the signature (8 bytes) and the first chunk, IHDR (25 bytes).
with open(copy + ".new", "wb") as file:
    file.write(png[:33] + chunk + png[33:])
END
    mv "$3.new" "$3"
}

python3 - "$texts" "$work/results.json" <<'END'
import gzip
import json
import sys

SHOWN = ["opq", "pq", "rabitq:bits-2-float16", "rotated-sign:asymmetric", "rotated-sign:hamming", "int8"]
# int8 has one size, 388 bytes.
MOST_BITS = 3104


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
sealed "$work/report/charts/neighborrecall-1-bytes.png" "$texts" docs/images/recall-over-bytes.png

./linfhash results rank --protocol cifar10 --results reports/results --out "$work/rankings"
page=$work/rankings/protocols/cifar10.html
chromium --headless --no-sandbox --hide-scrollbars --window-size=1200,820 --screenshot="$work/ranking.png" "file://$page" 2> "$work/log" ||
    { cat "$work/log" >&2; exit 1; }
sealed "$work/ranking.png" "$images" docs/images/ranking.png
echo 'pictures: docs/images'
