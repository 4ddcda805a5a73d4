#!/usr/bin/env python3
"""Computes the tables of docs/which-quantizer.md from the published results, without linfhash.

  python3 ci/which-quantizer.py           prints the tables
  python3 ci/which-quantizer.py --write   replaces the generated part of the page, and writes its chart and reports/which-quantizer.csv
  python3 ci/which-quantizer.py --check   exits with 1 if the page shows anything else
  python3 ci/which-quantizer.py --add FOLDER [--add FOLDER ...]
                                          prints the tables with those of anybody's results beside ours

Needs NumPy and SciPy. Intervals are those of docs/statistics.md for one tuning run and queries that each seed samples: the wider one of two,
over the means of seeds and over queries within seeds, and Gaffke's bound. With one seed, there are none. p-values are corrected by Holm's method over all comparisons within a data set.
"""

import decimal
import functools
import gzip
import io
import json
import math
import pathlib
import re
import sys
import zlib

import numpy as np
from scipy import stats

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/which-quantizer.md"
CHART = ROOT / "docs/images/which-quantizer.svg"
DETAILS = ROOT / "reports/which-quantizer.csv"
METRIC = "neighborRecall@1"
MILLION = 1_000_000

# The protocols and how a reader calls their data, queries and vectors.
SETS = [
    ("clinc150-minilm", "CLINC150, MiniLM"),
    ("banking77-minilm", "BANKING77, MiniLM"),
    ("wordnet-minilm", "WordNet, MiniLM"),
    ("clinc150-banking77", "CLINC150, queries of BANKING77"),
    ("clinc150-bge", "CLINC150, BGE"),
    ("banking77-bge", "BANKING77, BGE"),
    ("clinc150-e5", "CLINC150, E5"),
    ("banking77-e5", "BANKING77, E5"),
    ("cifar10-neighbors", "CIFAR-10, GIST"),
    ("cifar10-mobilenet-euclidean", "CIFAR-10, MobileNet, Euclidean"),
    ("cifar10-mobilenet-cosine", "CIFAR-10, MobileNet, cosine"),
    ("wordnet-lsa-256", "WordNet, LSA-256, dot product"),
    ("wordnet-lsa-256-cosine", "WordNet, LSA-256, cosine"),
    ("wordnet-lsa-768", "WordNet, LSA-768, dot product"),
    ("wordnet-lsa-banking77", "WordNet, LSA-256, dot product, queries of BANKING77"),
]
# A table has the sets of one group as columns, so that it fits a page: MiniLM, other sets of 384 dimensions, and those of each other dimension.
MINILM = 4
OVERSAMPLING = [1, 2, 3, 5, 10]
NEIGHBORS = 10
TARGETS = [0.95, 0.99]

# A family is represented by its configuration with the highest mean.
FAMILIES = [
    ("OPQ", ["opq", "opq:improved"]),
    ("PQ", ["pq"]),
    ("PQ, 4 bits", ["pq:bits-4"]),
    ("RQ", ["rq"]),
    ("RaBitQ", ["rabitq:bits-%d-float16" % bits for bits in (1, 2, 3, 4)]),
    ("TurboQuant", ["turboquant:bits-%d-improved" % bits for bits in (1, 2, 3, 4)]),
    ("SAQ", ["saq"]),
    ("OSQ", ["osq:bits-%d" % bits for bits in (1, 2, 4)] + ["osq:bits-%d-improved" % bits for bits in (1, 2, 4)]),
    ("Binary, full-precision queries", ["sign:asymmetric", "rotated-sign:asymmetric", "pca-sign:asymmetric"]),
    ("Binary, Hamming distance", ["sign:raw-hamming", "sign:hamming", "rotated-sign:hamming", "pca-sign:hamming"]),
]
# As published, in all dimensions, with bytes of their own.
PUBLISHED = [
    (f"{family}, {bits} bit{'s' * (bits > 1)}", f"{name}:bits-{bits}-published")
    for family, name in (("RaBitQ", "rabitq"), ("TurboQuant", "turboquant"), ("TQ+ (Qdrant)", "turbo-plus"), ("OSQ", "osq")) for bits in (1, 2, 4)
] + [("Binary", "sign:raw-hamming"), ("Binary, centered", "sign:hamming")]
NEW = "-other-half"
COLORS = ["#3451b2", "#7a94e8", "#a9bdf5", "#2b8a8a", "#b4452c", "#e0907c", "#5b8f3a", "#d98b2b", "#6b4ba1", "#7d7d7d"]


class Set:
    """The published results of a protocol."""

    def __init__(self, folder, protocol=None, title=None):
        with gzip.open(folder / "results.json.gz") as file:
            results = json.load(file)
        given = results["protocol"]
        self.protocol = protocol or str(given["name"])
        self.title = title or f"{given['title']} ({folder.name})".replace("|", " ")
        protocol = given
        self.dimension = int(protocol["features"]["dimension"])
        # 24, 48 and 96 bytes at 384 dimensions, else 1, 2 and 4 bits of each.
        self.bytes = [24, 48, 96] if self.dimension == 384 else [self.dimension * bits // 8 for bits in (1, 2, 4)]
        self.counts_ties = "neighbors.ties" in protocol["conventions"]
        self.rows = protocol["sizes"]["database"]
        candidates = protocol["dataset"]["images"]
        if "data.queries" in protocol["conventions"]:
            candidates -= self.rows
        # The share of the candidates that are queries of one seed.
        self.share = min(1, protocol["sizes"]["queries"] / candidates)
        matrix = folder / "queries-neighborrecall-1-46b594d1.npy.gz"
        with gzip.open(matrix) as file:
            values = np.load(io.BytesIO(file.read()), allow_pickle=False)
        self.runs = {}
        for run, of_queries in zip(results["runs"], values, strict=True):
            name = run["method"] + (":" + run["variant"] if run.get("variant") else "")
            recall = of_queries / 10000
            if abs(recall.mean() - run["metrics"][METRIC]) > 1e-4:
                raise SystemExit(f"which-quantizer: {folder.name}: the queries of {name} have another mean than their run")
            self.runs.setdefault((name, run["bits"]), {})[run["seed"]] = (recall, run)
        # Slow configurations have fewer seeds, and cannot be paired with others.
        seeds = max(map(len, self.runs.values()))
        self.runs = {key: runs for key, runs in self.runs.items() if len(runs) == seeds}
        self.seeds = seeds
        if seeds == 1:
            self.title += " (1 seed)"

    def values(self, name, size):
        """The recall of each query, by seed."""
        return [recall for _, (recall, _) in sorted(self.runs[(name, 8 * size)].items())]

    def numbers(self, name, size, key):
        runs = [run for _, run in self.runs[(name, 8 * size)].values()]
        return float(np.mean([key(run) for run in runs]))

    def best(self, names, size):
        """The configuration with the highest mean, or none."""
        measured = [name for name in names if (name, 8 * size) in self.runs]
        return max(measured, key=lambda name: np.mean(self.values(name, size)), default=None)

    def own_size(self, name):
        """The bytes of the largest code of a configuration, or none."""
        return max((bits // 8 for run, bits in self.runs if run == name), default=None)

    def cheapest(self, names, target):
        """The fewest bytes kept, with the model's share, and then read, with which the mean recall after rescoring reaches a target, or none."""
        found = []
        for name in names:
            for size in [size for size in self.bytes if (name, 8 * size) in self.runs]:
                kept = self.numbers(name, size, lambda run: run["metrics"]["codeBytes"] + run["modelBytes"] / self.rows)
                for times in OVERSAMPLING:
                    if self.numbers(name, size, lambda run: run["metrics"][f"neighborRecall@{times}"]) >= target:
                        found.append((kept, times))
                        break
        return min(found, default=None)


def errors(values, share):
    """The standard errors of a mean of seeds' means, with their degrees of freedom."""
    seeds = len(values)
    within = [np.var(one, ddof=1) / len(one) / seeds**2 for one in values]
    floor = sum(within)
    freedom = floor**2 / sum(one**2 / (len(queries) - 1) for one, queries in zip(within, values)) if floor > 0 else 1
    between = np.var([one.mean() for one in values], ddof=1) / seeds
    found = [(between + floor * seeds * share, seeds - 1), (floor * (1 + (seeds - 1) * share), freedom)]
    return [(variance**0.5, degrees) for variance, degrees in found if variance > 0]


def reach_of(values, share):
    """Half of the width of the interval; none with one seed."""
    if len(values) == 1:
        return None
    return max((stats.t.ppf(0.975, degrees) * size for size, degrees in errors(values, share)), default=0)


def interval(values, share):
    """The mean recall and how far its interval of 95% reaches, at least as far as Gaffke's bound of a mean of fractions; none with one seed."""
    mean = np.mean([one.mean() for one in values])
    if len(values) == 1:
        return mean, None
    queries = np.concatenate(values)
    independent = len(queries) / (1 + (len(values) - 1) * share)
    below, above = gaffke(queries, independent), 1 - gaffke(1 - queries, independent)
    reach = reach_of(values, share)
    return mean, max(mean - min(max(0, mean - reach), below), max(min(1, mean + reach), above) - mean)


def gaffke(queries, independent):
    """The lower bound of the mean of fractions: a beta distribution stands for the mean with one more value of 0, weighted at random."""
    n = independent + 1
    mean = queries.mean() * independent / n
    variance = ((queries**2).mean() * independent / n - mean**2) / (n + 1)
    if mean <= 0 or variance <= 0:
        return 0
    both = mean * (1 - mean) / variance - 1
    return stats.beta.ppf(0.025, mean * both, (1 - mean) * both)


def difference(a, b, share):
    """The mean difference, how far its interval reaches, and its p-value; with one seed, only the first."""
    values = [x - y for x, y in zip(a, b, strict=True)]
    mean, reach = np.mean([one.mean() for one in values]), reach_of(values, share)
    if reach is None:
        return mean, None, None
    p = max((2 * stats.t.sf(abs(mean) / size, degrees) for size, degrees in errors(values, share)), default=1)
    return mean, reach, p


def holm(p):
    order = np.argsort(p, kind="stable")
    adjusted = np.empty(len(p))
    largest = 0
    for k, index in enumerate(order):
        largest = max(largest, min(1, p[index] * (len(p) - k)))
        adjusted[index] = largest
    return adjusted


def with_suffix(name, suffix):
    return name + suffix if ":" in name else name + suffix.replace("-", ":", 1)


@functools.cache
def compared(one, suffix):
    """For each size, the best configuration of each family, and whether it is significantly worse than the best of all: none with one seed."""
    chosen, tests = {}, []
    for size in one.bytes:
        cells = {family: one.best([with_suffix(name, suffix) for name in names], size) for family, names in FAMILIES}
        cells = {family: name for family, name in cells.items() if name}
        leader = max(cells, key=lambda family: np.mean(one.values(cells[family], size)), default=None)
        for family, name in cells.items():
            chosen[(family, size)] = [name, None if one.seeds == 1 else False]
            if family != leader and one.seeds > 1:
                tests.append((family, size, difference(one.values(cells[leader], size), one.values(name, size), one.share)))
    for (family, size, _), p in zip(tests, holm([p for *_, (_, _, p) in tests])):
        chosen[(family, size)][1] = bool(p < 0.05)
    return chosen


def cell(one, chosen, family, size):
    if (family, size) not in chosen:
        return ""
    name, worse = chosen[(family, size)]
    text = with_reach(*interval(one.values(name, size), one.share))
    return f"**{text}**" if worse is False else text


def with_reach(mean, reach, sign=""):
    return percent(mean, sign) if reach is None else f"{percent(mean, sign)} ± {percent(reach)}"


def percent(fraction, sign=""):
    """In percent with one decimal; means of shares of ten neighbors often lie in the middle between two, and are rounded up there."""
    rounded = decimal.Decimal(str(round(100 * float(fraction), 6))).quantize(decimal.Decimal("0.1"), decimal.ROUND_HALF_UP)
    return f"{rounded:{sign}}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def groups(sets):
    minilm = {protocol for protocol, _ in SETS[:MINILM]}
    found = {}
    for one in sets:
        found.setdefault((one.dimension != 384, one.dimension, one.protocol not in minilm), []).append(one)
    return [found[key] for key in sorted(found)]


def board(sets, suffix):
    lines = []
    choices = {one: compared(one, suffix) for one in sets}
    for group in groups(sets):
        for size in group[0].bytes:
            rows = []
            for family, _ in FAMILIES:
                cells = [cell(one, choices[one], family, size) for one in group]
                if any(cells):
                    rows.append([family] + cells)
            if rows:
                lines += ["", f"**{size} bytes ({group[0].dimension:,} dimensions):**", ""] + table(["code"] + [one.title for one in group], rows)
    return lines[1:]


def published(sets):
    lines = []
    for group in groups(sets):
        rows = []
        for label, name in PUBLISHED:
            sizes = [one.own_size(name) for one in group]
            cells = ["" if size is None else with_reach(*interval(one.values(name, size), one.share)) for one, size in zip(group, sizes)]
            if any(cells):
                bytes_of = {f"{one.numbers(name, size, lambda run: run['metrics']['codeBytes']):g}" for one, size in zip(group, sizes) if size}
                rows.append([label, " or ".join(sorted(bytes_of))] + cells)
        if rows:
            lines += [""] + table(["code as published", "bytes"] + [one.title for one in group], rows)
    return lines[1:]


def rescored(sets):
    """Bytes kept of a vector, with the model's share, and kilobytes read of full-precision vectors by a query."""
    lines = []
    for target in TARGETS:
        for group in groups(sets):
            rows = []
            for family, names in FAMILIES:
                cells = []
                for one in group:
                    found = one.cheapest(names, target)
                    read = 0 if not found or found[1] == 1 else found[1] * NEIGHBORS * 4 * one.dimension / 1000
                    cells.append(f"{found[0]:.0f}, {read:.0f} kB" if found else "")
                if any(cells):
                    rows.append([family] + cells)
            if rows:
                lines += ["", f"**{100 * target:.0f}% ({group[0].dimension:,} dimensions):**", ""] + table(["code"] + [one.title for one in group], rows)
    return lines[1:]


def details(sets):
    """Every number, as CSV: configurations, and bytes with the model at the measured number of vectors and at a million."""
    lines = ["protocol,configuration,at_most_bytes,recall_at_10,half_width,significantly_worse_than_best,bytes,with_model,with_model_of_a_million"]
    for one in sets:
        for suffix in ("", NEW):
            chosen = compared(one, suffix)
            for size in one.bytes:
                for family, _ in FAMILIES:
                    if (family, size) in chosen:
                        name, worse = chosen[(family, size)]
                        mean, reach = interval(one.values(name, size), one.share)
                        code = one.numbers(name, size, lambda run: run["metrics"]["codeBytes"])
                        model = one.numbers(name, size, lambda run: run["modelBytes"])
                        lines.append(",".join([one.protocol, name, str(size), percent(mean), "" if reach is None else percent(reach),
                                               {None: "", True: "yes", False: "no"}[worse], f"{code:.1f}",
                                               f"{code + model / (one.rows // 2 if suffix else one.rows):.1f}", f"{code + model / MILLION:.1f}"]))
    return "\n".join(lines) + "\n"


# The differences that decide an answer.
LEADS = [("OPQ", "RaBitQ"), ("RaBitQ", "TurboQuant"), ("RaBitQ", "SAQ"), ("RaBitQ", "Binary, full-precision queries")]


def leads(sets, suffix, pairs):
    lines = []
    for group in groups(sets):
        rows = []
        choices = [compared(one, suffix) for one in group]
        for first, second in pairs:
            for size in group[0].bytes:
                cells = []
                for one, chosen in zip(group, choices):
                    if (first, size) in chosen and (second, size) in chosen:
                        a, b = (one.values(chosen[(family, size)][0], size) for family in (first, second))
                        mean, reach, _ = difference(a, b, one.share)
                        cells.append(with_reach(mean, reach, "+"))
                    else:
                        cells.append("")
                if any(cells):
                    rows.append([f"{first} minus {second[0].lower() + second[1:] if second.startswith('Binary') else second}", str(size)] + cells)
        if rows:
            lines += [""] + table(["points of recall@10", "bytes"] + [one.title for one in group], rows)
    return lines[1:]


CSV = "https://github.com/linfhash/linfhash/blob/main/reports/which-quantizer.csv"
NOT_FITTED = ("One half of the vectors is searched by codes that were fitted to the other half. The searched half is smaller than the collection, which\n"
              f"raises recall: these differences compare codes with each other. The [CSV file]({CSV}) has the recall of all.")


RESCORED = (f"The fewest bytes of a vector that are kept (code and share of the model), and what a query then reads of full-precision vectors: oversampling\n"
            f"x {NEIGHBORS} vectors x 4 bytes of each dimension, at {', '.join(map(str, OVERSAMPLING[:-1]))} or {OVERSAMPLING[-1]}x. 0 kB: enough without rescoring. "
            "By mean recall, without intervals.\nEmpty: not reached with the measured codes, or not measured.")


def tables(sets):
    own = published(sets)
    return "\n".join(
        ["## Bytes for 95% and 99% after rescoring", "", RESCORED, ""] + rescored(sets)
        + ["", "## Recall without rescoring", "", "### Improved, at equal bytes", ""] + board(sets, "")
        + ["", "**Differences:**", ""] + leads(sets, "", LEADS)
        + (["", "### As published, at bytes of their own", ""] + own if own else [])
        + ["", "## Recall of vectors that the codes were not fitted to", "", NOT_FITTED, ""] + leads(sets, NEW, LEADS[:3])
    )


def chart(sets):
    """Recall at 48 bytes, a dot with its interval for each family and data set."""
    width, left, right, line = 860, 250, 40, 34
    sets = [one for one in sets if one.dimension == 384]
    shown = [(one, compared(one, "")) for one in sets]
    everything = [interval(one.values(chosen[(family, 48)][0], 48), one.share)
                  for one, chosen in shown for family, _ in FAMILIES if (family, 48) in chosen]
    low = math.floor(10 * min(mean - reach for mean, reach in everything)) / 10
    high = math.ceil(10 * max(mean + reach for mean, reach in everything)) / 10

    def x(value):
        return left + (value - low) / (high - low) * (width - left - right)

    drawn = [(family, color) for (family, _), color in zip(FAMILIES, COLORS, strict=True) if any((family, 48) in chosen for _, chosen in shown)]
    body, top = [], 36 + 20 * math.ceil(len(drawn) / 3)
    for number, (family, color) in enumerate(drawn):
        column, row = number % 3, number // 3
        body.append(f'<circle cx="{20 + 280 * column}" cy="{18 + 20 * row}" r="5" fill="{color}"/>'
                    f'<text x="{32 + 280 * column}" y="{22 + 20 * row}">{family}</text>')
    bottom, grid = top + line * len(shown), []
    for tick in range(round(10 * low), round(10 * high) + 1):
        grid.append(f'<line x1="{x(tick / 10):.1f}" x2="{x(tick / 10):.1f}" y1="{top}" y2="{bottom}" stroke="#d5d8e0"/>'
                    f'<text x="{x(tick / 10):.1f}" y="{bottom + 18}" text-anchor="middle">{10 * tick}%</text>')
    for place, (one, chosen) in enumerate(shown):
        middle = top + line * (place + 0.5)
        body.append(f'<text x="{left - 14}" y="{middle + 4}" text-anchor="end">{one.title}</text>')
        if place % 2 == 0:
            grid.insert(0, f'<rect x="0" y="{top + line * place}" width="{width}" height="{line}" fill="#f5f6fa"/>')
        for number, (family, color) in enumerate(drawn):
            if (family, 48) in chosen:
                mean, reach = interval(one.values(chosen[(family, 48)][0], 48), one.share)
                y = middle + 26 / len(drawn) * (number - (len(drawn) - 1) / 2)
                body.append(f'<line x1="{x(mean - reach):.1f}" x2="{x(mean + reach):.1f}" y1="{y:.1f}" y2="{y:.1f}" '
                            f'stroke="{color}" stroke-width="2"/>'
                            f'<circle cx="{x(mean):.1f}" cy="{y:.1f}" r="4.5" fill="{color}"/>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + 46}" font-family="sans-serif" font-size="13" '
            f'role="img" aria-label="Recall of codes of 48 bytes on {len(sets)} data sets">'
            f'<rect width="100%" height="100%" fill="white"/>{"".join(grid + body)}<text x="{(left + width - right) / 2}" y="{bottom + 38}" '
            f'text-anchor="middle">recall@10 at 48 bytes per vector, without rescoring</text></svg>\n')


def measured():
    """The sets whose results are published and count a vector as near as the tenth like it."""
    found = []
    for protocol, title in SETS:
        name = re.compile(re.escape(protocol) + "-e[0-9]+-[0-9a-f]+")
        folders = [folder for folder in (ROOT / "reports/results").iterdir() if name.fullmatch(folder.name)]
        if len(folders) == 1:
            one = Set(folders[0], protocol, title)
            if one.counts_ties:
                found.append(one)
        elif folders:
            raise SystemExit(f"which-quantizer: expected one folder of {protocol} in reports/results, found {len(folders)}")
    return found


START, END = "<!-- generated by ci/which-quantizer.py -->\n", "<!-- end of the generated part -->\n"


def added(folder):
    """Anybody's results, as 'linfhash results' packs them."""
    try:
        return Set(pathlib.Path(folder))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
        print(f"which-quantizer: --add {folder}: expected a folder of results with recall of neighbors for each query, as in reports/results, "
              f"found another one ({type(fault).__name__}: {fault})", file=sys.stderr)
        raise SystemExit(2) from None


def main(arguments):
    sets = measured()
    if arguments[::2] == ["--add"] * (len(arguments) // 2) and len(arguments) % 2 == 0:
        print(tables(sets + [added(folder) for folder in arguments[1::2]]))
        return 0
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    wanted = before + START + "\n" + tables(sets) + "\n\n" + END + after
    drawn = chart(sets)
    numbers = details(sets)
    if arguments == ["--write"]:
        PAGE.write_text(wanted, encoding="utf-8")
        CHART.write_text(drawn, encoding="utf-8")
        DETAILS.write_text(numbers, encoding="utf-8")
        return 0
    if arguments == ["--check"]:
        if text != wanted or CHART.read_text(encoding="utf-8") != drawn or DETAILS.read_text(encoding="utf-8") != numbers:
            print("which-quantizer: docs/which-quantizer.md, its chart or reports/which-quantizer.csv differs from the results. Run ci/which-quantizer.py --write.")
            return 1
        return 0
    print("usage: which-quantizer.py [--write | --check | --add FOLDER ...]", file=sys.stderr)
    return 2


sys.exit(main(sys.argv[1:]))
