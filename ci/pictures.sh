#!/bin/sh
# Draws pictures from published results, light and dark: the methods on Fashion-MNIST for README.md and docs/home.md, those on CIFAR-10 for
# docs/hashing.md, and recall over bytes on CLINC150. Each contains the SHA-256 of its results, which PicturesTest compares with today's.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

texts=$(ls reports/results/clinc150-minilm-e*/results.json.gz)

python3 - "$texts" docs/images/recall-over-bytes <<'END'
import gzip
import hashlib
import json
import math
import sys

# A series has a name, its configurations, of which the best of each size is shown, a color on white and one on black.
SERIES = [
    ("OPQ", ["opq"], "#3451b2", "#8da5f3"),
    ("RaBitQ", ["rabitq:bits-1-float16", "rabitq:bits-2-float16", "rabitq:bits-3-float16"], "#b4452c", "#f08a70"),
    ("binary quantization, Hamming distance", ["rotated-sign:hamming"], "#5f6368", "#b9bdc4"),
    ("int8", ["int8"], "#2b7a4b", "#6cc48d"),
]
SIZES = [24, 48, 96, 388]
PANELS = [("neighborRecall@1", "the codes alone"), ("neighborRecall@5", "with the best 50 rescored")]
WIDTH, HEIGHT, LEFT, TOP, BOTTOM, GAP = 760, 330, 52, 62, 284, 44
LEAST = 60


def mean(runs, configuration, size, metric):
    method, _, variant = configuration.partition(":")
    values = [run["metrics"][metric] for run in runs
              if run["method"] == method and run.get("variant", "") == variant and run["bits"] == 8 * size]
    return 100 * sum(values) / len(values) if values else None


def draw(runs, dark):
    ink, grid, paper = ("#e6e6e6", "#3a3f47", "#0d1117") if dark else ("#24292f", "#d8dbe0", "#ffffff")
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{paper}"/>']
    panel = (WIDTH - LEFT - GAP - 16) / 2

    def text(x, y, words, anchor="start", weight="normal"):
        parts.append(f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="{anchor}" font-weight="{weight}">{words}</text>')

    def height(recall):
        return BOTTOM - (recall - LEAST) / (100 - LEAST) * (BOTTOM - TOP)

    x = LEFT
    for name, _, light, bright in SERIES:
        color = bright if dark else light
        parts.append(f'<circle cx="{x + 5}" cy="16" r="5" fill="{color}"/>')
        text(x + 16, 21, name)
        x += 44 + 7.2 * len(name)
    for number, (metric, title) in enumerate(PANELS):
        start = LEFT + number * (panel + GAP)

        def place(size):
            return start + 14 + (panel - 28) * math.log(size / SIZES[0]) / math.log(SIZES[-1] / SIZES[0])

        text(start, TOP - 16, f"Recall@10, {title}", weight="bold")
        for recall in range(LEAST, 101, 10):
            parts.append(f'<line x1="{start:.1f}" x2="{start + panel:.1f}" y1="{height(recall):.1f}" y2="{height(recall):.1f}" stroke="{grid}"/>')
            text(start - 6, height(recall) + 4, f"{recall}%" if recall == 100 else recall, "end")
        for size in SIZES:
            text(place(size), BOTTOM + 18, size, "middle")
        text(start + panel / 2, BOTTOM + 36, "bytes per vector, where float32 has 1,536", "middle")
        for _, configurations, light, bright in SERIES:
            color = bright if dark else light
            means = [(size, [mean(runs, one, size, metric) for one in configurations]) for size in SIZES]
            points = [(place(size), height(max(value for value in found if value is not None)))
                      for size, found in means if any(value is not None for value in found)]
            line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
            parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4.5" fill="{color}"/>' for a, b in points]
    return parts


with open(sys.argv[1], "rb") as file:
    content = file.read()
runs = json.loads(gzip.decompress(content))["runs"]
for mode in ("light", "dark"):
    picture = f"{sys.argv[2]}-{mode}.svg"
    with open(picture, "w", encoding="utf-8") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13" role="img"'
                   ' aria-label="Recall of four quantizers over bytes per vector">\n')
        file.write(f"<metadata>Source {sys.argv[1]} {hashlib.sha256(content).hexdigest()}</metadata>\n")
        file.write("\n".join(draw(runs, mode == "dark")) + "\n</svg>\n")
END

# Draws the first chart of a report of published results, light and dark: dots PROTOCOL
dots() {
    results=$(ls reports/results/"$1"-e*/results.json.gz)
    ./linfhash report "$results" --out "$work/$1"
    python3 - "$results" "$work/$1/charts/dots-48-bits.svg" "docs/images/dots-$1" <<'END'
import hashlib
import sys

results, chart, picture = sys.argv[1:]
with open(chart, encoding="utf-8") as file:
    drawn = file.read()
with open(results, "rb") as file:
    source = f"<metadata>Source {results} {hashlib.sha256(file.read()).hexdigest()}</metadata>\n"
scheme = "color-scheme: light dark;"
if drawn.count(scheme) != 1 or drawn.count("</title>\n") != 1:
    sys.exit(f"pictures: {chart} is not the chart that was expected")
for mode in ("light", "dark"):
    with open(f"{picture}-{mode}.svg", "w", encoding="utf-8") as file:
        file.write(drawn.replace(scheme, f"color-scheme: {mode};").replace("</title>\n", "</title>\n" + source))
END
}

dots fashion-mnist
dots cifar10
echo 'pictures: docs/images'
