"""Codes of vectors, and search by them."""

from __future__ import annotations

import functools
import json
import operator
import os
import pathlib
import re
import shlex
import shutil
from collections.abc import Mapping
from typing import Any

import numpy
from numpy.typing import ArrayLike

from . import linfhash_codes
from .errors import InputError
from .program import arguments, files, options, run, vectors
from .scanning import Scan
from .scratch import Scratch, unlocked

_DEFAULT_OVERSAMPLING = 3
# Queries whose distances are in memory at once.
_QUERIES = 1024
# PQ48, PQ96x4, OPQ48 and OPQ48,PQ48.
_FAISS = re.compile("(?P<kind>O?PQ)(?P<parts>[0-9]+)?(?:_[0-9]+)?(?:(?<=[0-9])x(?P<bits>4|8))?(?:(?<=[0-9]),PQ(?P=parts))?")
_SETTINGS = "search.json"


def quantize(
    x: ArrayLike,
    quantizer: Mapping[str, Any] | str,
    *,
    bytes: int | None = None,
    option: Mapping[str, object] | None = None,
    similarity: str | None = None,
    prefix: int | None = None,
    seed: int | None = None,
    queries: ArrayLike | None = None,
    out: str | os.PathLike[str] | None = None,
    force: bool = False,
    quiet: bool = False,
) -> Index:
    """Fits a quantizer to the vectors `x`, one per row, and returns their codes.

    `quantizer` is a row of advice, such as `advice.best`, or a name with `bytes` or `option`, such as
    `option={"bits": 384, "centered": False, "distance": "hamming"}` of "sign". `similarity` is "cosine" (the default), "dot" or
    "euclidean". `queries` are those of which recall is recorded for `Index.check`. `out` is the folder to write, which `force` replaces;
    without it, the folder is temporary and deleted with the index.
    """
    oversampling = None
    if isinstance(quantizer, str):
        quantizer, bytes, chosen = _named(quantizer, bytes, dict(option or {}))
        if "prefix" in chosen:
            prefix = _whole("prefix", chosen.pop("prefix"))
        arguments(bytes=bytes, prefix=prefix, similarity=similarity)
        words = options(quantizer=quantizer, bytes=bytes, similarity=similarity, prefix=prefix)
        words += ["--option=%s=%s" % (name, _text(value)) for name, value in chosen.items()]
    else:
        # A mapping, or a row of a DataFrame, which has one dimension.
        if not isinstance(quantizer, Mapping) and getattr(quantizer, "ndim", 0) != 1:
            raise InputError("quantizer: expected a name or one row of advice, such as advice.best, found %s." % type(quantizer).__name__)
        if bytes is not None or option is not None or similarity is not None or prefix is not None:
            raise InputError("quantizer: expected a name with bytes, option, similarity and prefix, found a row of advice, which contains them.")
        if not quantizer.get("command"):
            raise InputError(
                "quantizer: expected a row of advice with a command, found %s, which 'linfhash quantize' does not write."
                % quantizer.get("quantizer", "another mapping")
            )
        # linfhash quantize WORDS... --vectors FILE --out DIR
        words = shlex.split(quantizer["command"])[2:-4]
        oversampling = quantizer["oversampling"]
    scratch = Scratch() if out is None else None
    folder = scratch.path("index") if scratch else os.fspath(out or "")
    try:
        with files(x=x, queries=queries) as paths:
            words = ["quantize", *words, *options(seed=seed, vectors=paths["x"], queries=paths.get("queries"), out=folder)]
            run(words + ["--force"] * force, paths, quiet)
        index = Index(folder, oversampling=oversampling)
    except BaseException:
        if scratch:
            scratch.close()
        raise
    # The folder is deleted with the index.
    index._scratch = scratch
    return index


def _named(name: str, size: int | None, option: dict[str, object]) -> tuple[str, int | None, dict[str, object]]:
    """Returns a quantizer, its bytes and its options; names of faiss stand for the quantizers that have their codes."""
    found = _FAISS.fullmatch(name)
    if found:
        kind, parts, bits = found["kind"].lower(), found["parts"], int(found["bits"] or 8)
        if parts:
            if size is not None:
                raise InputError("bytes: expected none with the name %s, which contains them." % name)
            size = int(parts) * bits // 8
        if bits != 8:
            option = {"bits": bits, **option}
        return kind, size, option
    if name in ("sign", "truncated-sign") and size is not None:
        # Signs about the mean find more.
        option = {"centered": True, **option}
    return name, size, option


def _saving(target: pathlib.Path) -> str:
    return ".%s.saving-" % target.name


def _rescue(target: pathlib.Path) -> None:
    """Returns an index to its place that a killed `save` had moved away."""
    for left in unlocked(target.parent, _saving(target)):
        _return(target, left)


def _return(target: pathlib.Path, left: pathlib.Path) -> None:
    if not target.exists() and (left / "old").is_dir():
        os.rename(left / "old", target)


def _whole(name: str, value: Any) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise InputError("%s: expected a whole number, found %r." % (name, value)) from None


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class Index:
    """The codes of a folder that `quantize` wrote, and the quantizer that encodes others.

    `codes` and `arrays` contain arrays by name, and `card` is the content of quantizer.json. `oversampling` is the default of `search`:
    that of the row of advice, or else 3, also if you open a folder that was quantized by advice. `folder` is the path.
    """

    def __init__(self, folder: str | os.PathLike[str], *, oversampling: int | None = None):
        self._scratch: Scratch | None = None
        self.folder = pathlib.Path(folder)
        if not self.folder.exists():
            _rescue(self.folder)
        settings = self.folder / _SETTINGS
        if oversampling is None and settings.is_file():
            oversampling = json.loads(settings.read_text(encoding="utf-8")).get("oversampling")
        self.oversampling = _DEFAULT_OVERSAMPLING if oversampling is None else _whole("oversampling", oversampling)
        try:
            self._quantizer = linfhash_codes.load(self.folder)
        except FileNotFoundError as missing:
            raise InputError("%s is missing: expected a folder that quantize wrote." % missing.filename) from None

    @property
    def card(self) -> dict[str, Any]:
        """The content of quantizer.json."""
        return self._quantizer.card

    @property
    def codes(self) -> dict[str, numpy.ndarray]:
        """The codes of the vectors, and metadata per vector, by name."""
        return self._quantizer.codes

    @property
    def arrays(self) -> dict[str, numpy.ndarray]:
        """The arrays of the quantizer, such as center, rotation or codebooks, by name."""
        return self._quantizer.arrays

    def save(self, folder: str | os.PathLike[str], *, force: bool = False) -> None:
        """Copies the index to a folder, which `Index.load` opens; `force` replaces one, which stays until the new one is whole."""
        target = pathlib.Path(folder)
        _rescue(target)
        if target.exists() and not (force and (target / "quantizer.json").is_file()):
            raise InputError("%s: expected a folder that does not exist, found one%s." % (target, "" if force else "; force=True replaces an index"))
        # For the copy, and for the index that it replaces.
        scratch = Scratch(target.parent, _saving(target), functools.partial(_return, target))
        made, old = scratch.path("new"), scratch.path("old")
        try:
            shutil.copytree(self.folder, made)
            pathlib.Path(made, _SETTINGS).write_text(json.dumps({"oversampling": self.oversampling}), encoding="utf-8")
            if target.exists():
                os.rename(target, old)
            os.rename(made, target)
        finally:
            _return(target, pathlib.Path(scratch.folder))
            scratch.close()

    def __getstate__(self) -> dict[str, Any]:
        # The folder stays with this object; the copy has the codes, but cannot be checked or saved once this one is gone.
        return {name: value for name, value in self.__dict__.items() if name not in ("_scratch", "_own_scan")} | {"_scratch": None}

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Index:
        """Opens an index that `save` or `quantize` wrote."""
        return cls(folder)

    def to_faiss(self) -> Any:
        """Returns an index of faiss with these codes: IndexBinaryFlat for Hamming distances, IndexPQ for PQ and OPQ.

        IndexBinaryFlat searches `encode(q)["codes"]`. IndexPQ searches vectors; for the cosine, of norm 1. RaBitQ and int8 of faiss are other codes.
        """
        try:
            import faiss  # type: ignore[import-untyped]
        except ImportError:
            raise ImportError("to_faiss() requires faiss, which is not installed.") from None
        own = self._quantizer
        if own.options.get("distance") == "hamming":
            flat = faiss.IndexBinaryFlat(8 * self.codes["codes"].shape[1])
            flat.add(numpy.ascontiguousarray(self.codes["codes"]))
            return flat
        sizes = {*numpy.diff(own.arrays["starts"]).tolist()} if own.name in ("pq", "opq") else {0, 1}
        if len(sizes) != 1 or own.width != own.dimension:
            raise InputError(
                "to_faiss: expected codes with Hamming distances, or PQ or OPQ of whole vectors with parts of equal sizes, found %s with %s."
                % (own.name, json.dumps(own.options))
            )
        metric = faiss.METRIC_INNER_PRODUCT if own.inner else faiss.METRIC_L2
        books = own.arrays["codebooks"].reshape(1 << own.bits, own.numbers, -1).transpose(1, 0, 2)
        product = faiss.IndexPQ(own.dimension, own.numbers, own.bits, metric)
        faiss.copy_array_to_vector(numpy.ascontiguousarray(books, dtype=numpy.float32).ravel(), product.pq.centroids)
        product.is_trained = True
        product.add_sa_codes(numpy.ascontiguousarray(self.codes["codes"]))
        if "rotation" not in own.arrays and "center" not in own.arrays:
            return product
        rotation = own.arrays.get("rotation", numpy.eye(own.dimension, dtype=numpy.float32))
        center = own.arrays.get("center", numpy.zeros(own.dimension, dtype=numpy.float32))
        turned = faiss.LinearTransform(own.dimension, own.dimension, True)
        faiss.copy_array_to_vector(numpy.ascontiguousarray(rotation, dtype=numpy.float32).ravel(), turned.A)
        faiss.copy_array_to_vector((-(rotation.astype(numpy.float64) @ center)).astype(numpy.float32), turned.b)
        turned.is_trained = True
        index = faiss.IndexPreTransform(turned, product)
        # Python would delete what faiss refers to.
        index.linfhash_parts = (turned, product)
        return index

    def __len__(self) -> int:
        return len(self.codes["codes"])

    def __repr__(self) -> str:
        return "<Index of %d vectors: %s, %s>" % (len(self), self.card["quantizer"], json.dumps(self.card["options"]))

    def encode(self, v: ArrayLike) -> dict[str, numpy.ndarray]:
        """Returns the codes of vectors `v`, one per row, and metadata per vector, by name like `codes`."""
        return self._quantizer.encode(self._vectors("v", v))

    def search(
        self,
        q: ArrayLike,
        k: int = 10,
        *,
        rescore: ArrayLike | None = None,
        oversampling: int | None = None,
        codes: Mapping[str, numpy.ndarray] | None = None,
    ) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Finds the nearest codes of each query by comparing it with all codes.

        `rescore` contains the vectors of the codes: the best k times `oversampling` candidates are then ranked by these.
        `codes` are others that `encode` returned, instead of those of the folder.

        Returns row numbers and scores, each with one row per query, best first; ties are in the order of row numbers. Greater
        scores are better: with `rescore` the cosine, the inner product or the negative squared distance, without it the negative
        distance that the quantizer estimates.
        """
        codes = self.codes if codes is None else self._checked(codes)
        queries = self._vectors("q", q)
        count = len(codes["codes"])
        if oversampling is not None and rescore is None:
            raise InputError("oversampling: expected the vectors as rescore, which it is for, found none.")
        k = _whole("k", k)
        factor = self.oversampling if oversampling is None else _whole("oversampling", oversampling)
        if k < 1 or factor < 1:
            raise InputError("k and oversampling: expected at least 1, found %d and %d." % (k, factor))
        if rescore is None:
            factor = 1
        elif isinstance(rescore, numpy.ma.MaskedArray):
            raise InputError("rescore: expected an array without a mask.")
        elif numpy.shape(rescore) != (count, self._quantizer.width):
            raise InputError("rescore: expected the %d vectors of the codes, found an array of shape %s." % (count, numpy.shape(rescore)))
        ids = numpy.empty((len(queries), min(count, k * factor)), dtype=numpy.int64)
        scores = numpy.empty(ids.shape, dtype=numpy.float32)
        scan = self._own_scan if codes is self.codes else Scan(self._quantizer, codes)
        for first in range(0, len(queries), _QUERIES):
            part = slice(first, first + _QUERIES)
            found, distances = scan.nearest(queries[part], ids.shape[1])
            # Distances that differ in float64 may be ties in float32.
            distances = distances.astype(numpy.float32)
            order = numpy.lexsort((found, distances), axis=-1)
            ids[part] = numpy.take_along_axis(found, order, axis=-1)
            # Not its negative, which is -0 for equal codes.
            scores[part] = 0 - numpy.take_along_axis(distances, order, axis=-1)
        if rescore is None:
            return ids, scores
        return self._rescored(queries, ids, numpy.asarray(rescore), min(count, k))

    def check(
        self,
        x: ArrayLike,
        *,
        queries: ArrayLike | None = None,
        oversampling: int | None = None,
        target: float | None = None,
        max_shift: float | None = None,
        quiet: bool = False,
    ) -> dict[str, Any]:
        """Checks the quantizer on new vectors `x`, as `linfhash advise --check` does, and returns all numbers.

        Raises `CheckFailedError` if recall fell or the mean of the vectors moved. Pass `queries` if you passed them to `quantize`.
        """
        with files(x=x, queries=queries) as paths:
            words = options(
                check=self.folder,
                vectors=paths["x"],
                queries=paths.get("queries"),
                oversampling=oversampling,
                target=target,
                max_shift=max_shift,
                prefix=self._quantizer.dimension if self._quantizer.width > self._quantizer.dimension else None,
                format="json",
            )
            return json.loads(run(["advise", *words], paths, quiet))

    def _vectors(self, name: str, array: ArrayLike) -> numpy.ndarray:
        given = vectors(name, array)
        if given.shape[1] != self._quantizer.width:
            raise InputError("%s: expected vectors of dimension %d, found %d." % (name, self._quantizer.width, given.shape[1]))
        try:
            self._quantizer.prepared(given)
        except ValueError as wrong:
            raise InputError("%s: %s." % (name, wrong)) from None
        return given

    @functools.cached_property
    def _own_scan(self) -> Scan:
        return Scan(self._quantizer, self.codes)

    def _checked(self, codes: Mapping[str, numpy.ndarray]) -> Mapping[str, numpy.ndarray]:
        if not isinstance(codes, Mapping):
            raise InputError("codes: expected arrays by name, as encode returns them, found %s." % type(codes).__name__)
        for name, own in self.codes.items():
            if name not in codes:
                raise InputError("codes: expected the arrays %s, found none named %s." % (", ".join(self.codes), name))
            other = numpy.asarray(codes[name])
            if other.dtype != own.dtype or other.shape != (len(codes["codes"]), *own.shape[1:]):
                raise InputError(
                    "codes: expected %s of type %s and shape %s, found %s and %s."
                    % (name, own.dtype, (len(codes["codes"]), *own.shape[1:]), other.dtype, other.shape)
                )
        if len(codes["codes"]) == 0:
            raise InputError("codes: expected at least one code, found none.")
        return {name: numpy.asarray(codes[name]) for name in self.codes}

    def _rescored(self, queries: numpy.ndarray, candidates: numpy.ndarray, x: numpy.ndarray, k: int) -> tuple[numpy.ndarray, numpy.ndarray]:
        similarity = self.card["similarity"]
        scores = numpy.empty((len(queries), k), dtype=numpy.float32)
        ids = numpy.empty(scores.shape, dtype=numpy.int64)
        for number, (query, own) in enumerate(zip(queries.astype(numpy.float64), numpy.sort(candidates, axis=1))):
            rows = x[own].astype(numpy.float64)
            if not numpy.isfinite(rows).all():
                wrong = own[~numpy.isfinite(rows).all(axis=1)][0]
                raise InputError("rescore: expected finite vectors, found another one in row %d." % wrong)
            if similarity == "euclidean":
                found = 0 - ((rows - query) ** 2).sum(axis=1)
            else:
                found = rows @ query
            if similarity == "cosine":
                found /= numpy.linalg.norm(rows, axis=1) * numpy.linalg.norm(query)
            order = numpy.argsort(-found, kind="stable")[:k]
            ids[number], scores[number] = own[order], found[order]
        return ids, scores

