"""Advice on quantizers."""

from __future__ import annotations

import html
import json
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Union

import numpy
from numpy.typing import ArrayLike

from .errors import InputError
from .program import arguments, files, in_python, options, run

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame  # type: ignore[import-untyped]
else:
    # They need not be installed, and type hints resolve without them.
    Axes = DataFrame = Any

TARGETS = (0.95, 0.99)
"""The recalls that advice is for by default; another `target` is for itself."""

_SCHEMA = "linfhash-advice/2"


def advise(
    x: ArrayLike,
    *,
    queries: ArrayLike | None = None,
    target: float = 0.99,
    similarity: str | None = None,
    k: int | None = None,
    bytes: int | Sequence[int] | None = None,
    quantizers: str | Sequence[str] | None = None,
    engine: str | None = None,
    database_size: int | None = None,
    max_vectors: int | None = None,
    max_oversampling: int | None = None,
    prefix: int | Sequence[int] | None = None,
    seeds: int | Sequence[int] | None = None,
    skip_invalid: bool = False,
    quiet: bool = False,
) -> Advice:
    """Measures quantizers on the vectors `x`, one per row, and recommends one for each recall target.

    `target` is the recall whose recommendation becomes `best`. `similarity` is "cosine" (the default), "dot" or
    "euclidean": with vectors for the inner product, pass "dot". `k` is the number of neighbors per query (10), and `bytes` the sizes of codes.
    docs/python.md lists all arguments. Progress goes to `sys.stderr` unless `quiet`.
    """
    if isinstance(target, (str, bool)) or not isinstance(target, (int, float, numpy.number)) or not 0 < target < 1:
        raise InputError("target: expected a number between 0 and 1, found %r." % (target,))
    target = float(target)
    arguments(
        similarity=similarity, k=k, bytes=bytes, database_size=database_size, max_vectors=max_vectors, max_oversampling=max_oversampling, prefix=prefix, seeds=seeds
    )
    with files(finite=not skip_invalid, x=x, queries=queries) as paths:
        words = options(
            vectors=paths["x"],
            queries=paths.get("queries"),
            similarity=similarity,
            k=k,
            bytes=bytes,
            quantizers=quantizers,
            engine=engine,
            database_size=database_size,
            max_vectors=max_vectors,
            max_oversampling=max_oversampling,
            prefix=prefix,
            seeds=seeds,
            target=None if target in TARGETS else target,
            format="json",
        )
        words += ["--skip-invalid"] * skip_invalid
        advice = Advice(json.loads(run(["advise", *words], paths, quiet)), target)
    if not advice.best["reached"]:
        warnings.warn(advice.sentence, stacklevel=2)
    return advice


class Advice:
    """The answer of `linfhash advise`. `json` contains all that was measured (docs/quantizers-reference.md describes it)."""

    def __init__(self, answer: dict[str, Any], target: float):
        if answer.get("schema") != _SCHEMA:
            raise InputError("LINFHASH_HOME: expected a program that writes the schema %s, found %s." % (_SCHEMA, answer.get("schema")))
        self.json = answer
        self.target = target

    @property
    def best(self) -> dict[str, Any]:
        """The recommended code for the target, as a row of the answer.

        If `reached` is false, no code is known to reach the target. With `neededQueries`, so many queries would probably show that this one does.

        Without an engine, it is a code that `quantize` writes: if the recommended one is not, the row with the fewest bytes that reaches
        the target and has a command.
        """
        row = self._recommended
        if row["reached"] and "command" not in row and "engine" not in self.json:
            # Of rows without the target, reached refers to the largest one.
            others = [one for one in self.json["answer"] if one["reached"] and "command" in one and one.get("target", 1) >= self.target]
            row = min(others, key=lambda one: one["bytesWithModel"], default=row)
        return {**row, "target": self.target, "options": _options(row["options"])} if "options" in row else {**row, "target": self.target}

    @property
    def _recommended(self) -> dict[str, Any]:
        return next(row for row in self.json["answer"] if row.get("target") == self.target)

    @property
    def sentence(self) -> str:
        """The recommendation for the target as a sentence; it may be of a code that `quantize` does not write."""
        return in_python(next(one["sentence"] for one in self.json["advice"] if one["target"] == self.target))

    @property
    def paste(self) -> str:
        """The lines for the engine that `advise` was asked for, to paste: they create and search an index of the recommended code."""
        lines = next(one.get("paste") for one in self.json["advice"] if one["target"] == self.target)
        if lines is None:
            raise InputError("paste: expected advice for an engine, found none: call advise with engine=, such as engine=\"faiss\".")
        return lines

    @property
    def table(self) -> Union[DataFrame, list[dict[str, Any]]]:
        """The rows of the answer as a DataFrame, or without pandas as a list of dicts. Rows to compare with have no target."""
        rows = [{"target": None, **row} for row in self.json["answer"]]
        for row in rows:
            row.setdefault("command", None)
            row.setdefault("neededQueries", None)
        try:
            import pandas
        except ImportError:
            return rows
        return pandas.DataFrame(rows).astype({"target": float})

    def plot(self, oversampling: int | None = None, ax: Axes | None = None) -> Axes:
        """Plots recall over bytes per vector, including the model, and returns the axes.

        A line connects the codes of a quantizer, of which those are left out that have more bytes and less recall than another.
        All are at one `oversampling`, by default that of `best`. Recall and its 95% intervals, the bars, are of the half of the queries that
        chooses: markers are filled if the code reaches the target.
        """
        try:
            import matplotlib.pyplot
            import matplotlib.ticker
        except ImportError:
            raise ImportError("plot() requires matplotlib, which is not installed: install it, or use table.") from None
        factor = str(self.best["oversampling"] if oversampling is None else oversampling)
        vectors = self.json["vectors"]
        points: dict[str, list[tuple[float, float, float, float, bool]]] = {}
        for one in self.json["quantizers"]:
            # Vectors of fewer dimensions are no codes, and find so little that all codes would be at the upper edge.
            if one["name"] == "float32" and one["bytes"] < 4 * vectors["dimension"]:
                continue
            found = one["choosing"]
            if factor not in found["recall"]:
                raise InputError("oversampling: expected one of %s, found %s." % (", ".join(found["recall"]), factor))
            size = one["bytes"] + one["modelBytes"] / vectors["givenRows"]
            low, high = found["interval"][factor]
            reached = low >= self.target
            points.setdefault(one["name"], []).append((size, found["recall"][factor], low, high, reached))
        if ax is None:
            ax = matplotlib.pyplot.subplots(figsize=(8, 5), layout="constrained")[1]
        for number, (name, some) in enumerate(sorted(points.items())):
            kept: list[tuple[float, float, float, float, bool]] = []
            for point in sorted(some, key=lambda one: (one[0], -one[1])):
                if not kept or point[1] > kept[-1][1] or (name, point[0]) == (self.best["quantizer"], self.best["bytesWithModel"]):
                    kept.append(point)
            sizes, recalls, lows, highs, reached_by = zip(*kept)
            bars = [[max(0, recall - low) for recall, low in zip(recalls, lows)], [max(0, high - recall) for recall, high in zip(recalls, highs)]]
            # There are ten colors.
            marker = "os^D"[number // 10 % 4]
            color = "C%d" % (number % 10)
            ax.errorbar(sizes, recalls, yerr=bars, color=color, marker=marker, markersize=4, markerfacecolor="white", capsize=2, linewidth=1, label=name)
            filled = [(size, recall) for size, recall, reached in zip(sizes, recalls, reached_by) if reached]
            ax.plot([size for size, _ in filled], [recall for _, recall in filled], color=color, marker=marker, markersize=4, linestyle="none", zorder=3)
        ax.axhline(self.target, color="gray", linestyle="--", linewidth=1)
        ax.axvline(self.best["bytesWithModel"], color="gray", linestyle=":", linewidth=1)
        ax.annotate(
            "target %g%%" % (100 * self.target), (1, self.target), xycoords=("axes fraction", "data"), xytext=(-4, -4), textcoords="offset points", ha="right", va="top", color="gray"
        )
        ax.annotate(
            "recommended: %s, %d bytes, %.1f with the model" % (self.best["quantizer"], self.best["bytes"], self.best["bytesWithModel"]),
            (self.best["bytesWithModel"], 0),
            xycoords=("data", "axes fraction"),
            xytext=(4, 6),
            textcoords="offset points",
            color="gray",
        )
        ax.set_xscale("log", base=2)
        ax.xaxis.set_major_formatter(matplotlib.ticker.FormatStrFormatter("%d"))
        ax.set_xlabel("bytes per vector, including the model")
        ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1))
        ax.set_ylabel("recall@%d of the %d queries that choose" % (self.json["neighbors"], vectors["queries"] - vectors["queries"] // 2))
        sampled = " and %d sampled queries" % vectors["queries"] if vectors["queriesDrawn"] else ""
        ax.set_title(
            "%d vectors%s of dimension %d, %sx oversampling\nfilled: reaches the target by the half of the queries that chooses"
            % (vectors["givenRows"], sampled, vectors["dimension"], factor),
            fontsize="medium",
        )
        ax.grid(alpha=0.3)
        ax.legend(fontsize="small")
        return ax

    def __repr__(self) -> str:
        return "<Advice: %s>" % self.sentence

    def _repr_html_(self) -> str:
        """The answer as a table, for notebooks."""
        names = ("target", "recall@%d, %%" % self.json.get("neighbors", 10), "reached", "bytes", "with model", "oversampling", "quantizer", "options")
        lines = ["<tr>%s</tr>" % "".join("<th>%s</th>" % name for name in names)]
        for row in self.json["answer"]:
            cells = (
                "%g%%" % (100 * row["target"]) if "target" in row else "",
                percent(row["recall"], row["interval"]),
                "yes" if row["reached"] else "about %d queries needed" % row["neededQueries"] if "neededQueries" in row else "no",
                "%d" % row["bytes"],
                "%.1f" % row["bytesWithModel"],
                "%dx" % row["oversampling"],
                row["quantizer"],
                row["options"],
            )
            lines.append("<tr>%s</tr>" % "".join("<td>%s</td>" % html.escape(str(cell)) for cell in cells))
        return "<p>%s</p><table>%s</table>" % (html.escape(self.sentence), "".join(lines))


def percent(recall: float, interval: Sequence[float]) -> str:
    """Returns a recall and its interval in percent, as 99.6 (99.1 to 99.9)."""
    return "%.1f (%.1f to %.1f)" % tuple(100 * number for number in (recall, *interval))


def _options(text: str) -> dict[str, Any]:
    """The options of a code, which the answer has as `bits 128, centered true`, as `quantize` takes them."""
    found: dict[str, Any] = {}
    for one in filter(None, text.split(", ")):
        name, _, value = one.partition(" ")
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found
