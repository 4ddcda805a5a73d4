"""Encodes vectors and estimates distances as the quantizer of this folder does; needs NumPy alone.

    import linfhash_codes
    quantizer = linfhash_codes.load("index")           # the folder of quantizer.json
    new = quantizer.encode(vectors)                    # arrays by name, like those of the folder
    distances = quantizer.distances(queries)           # queries x codes; smaller is nearer
    distances = quantizer.distances(queries, new)      # to other codes

Codes equal those of linfhash, except where a value lies within about 1e-5 of a threshold, as sums are rounded in another order.
"""

import hashlib
import json
import pathlib

import numpy

_SIDE = ("terms", "factors", "scales")


def _sha256(file):
    digest = hashlib.sha256()
    with open(file, "rb") as opened:
        for block in iter(lambda: opened.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def load(folder):
    """The quantizer of a folder."""
    return Quantizer(folder)


class Quantizer:
    """A quantizer, and the codes of its folder as `codes`."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.card = json.loads((folder / "quantizer.json").read_text(encoding="utf-8"))
        if self.card["schema"] != "linfhash-quantizer/1":
            raise ValueError("%s: expected the schema linfhash-quantizer/1, found %s" % (folder, self.card["schema"]))
        arrays = {}
        for name, described in self.card["arrays"].items():
            expected = self.card.get("sha256", {}).get(name)
            if expected is not None and _sha256(folder / name) != expected:
                raise ValueError("%s: expected the file that quantizer.json describes, found another one" % (folder / name))
            array = numpy.load(folder / name, mmap_mode="r", allow_pickle=False)
            if list(array.shape) != described["shape"] or array.dtype.name != described["type"]:
                raise ValueError("%s: expected %s of shape %s" % (folder / name, described["type"], described["shape"]))
            arrays[name[: -len(".npy")]] = array
        self.codes = {name: arrays.pop(name) for name in ("codes",) + _SIDE if name in arrays}
        self.arrays = {name: numpy.asarray(array) for name, array in arrays.items()}
        self.dimension = self.card["vectors"]["dimension"]
        self.width = self.card["vectors"].get("prefixOf", self.dimension)
        self.numbers = self.card["codes"]["numbers"]
        self.bits = self.card["codes"]["bits"]
        self.options = self.card["options"]
        self.name = self.card["quantizer"]
        self.inner = self.card["similarity"] == "dot"
        self.factor = numpy.float32(-1 if self.inner else -2)

    def prepared(self, vectors):
        """Vectors of length 1 for the cosine, else the same ones."""
        x = numpy.array(vectors, dtype=numpy.float32, ndmin=2)
        if x.shape[1] != self.width or not numpy.isfinite(x).all():
            raise ValueError("expected finite vectors of dimension %d" % self.width)
        x = x[:, : self.dimension]
        if self.card["similarity"] != "cosine":
            return x
        wide = x.astype(numpy.float64)
        norms = numpy.sqrt((wide * wide).sum(axis=1, keepdims=True))
        if (norms == 0).any():
            raise ValueError("expected non-zero vectors for cosine similarity")
        return (wide / norms).astype(numpy.float32)

    def mapped(self, x):
        """Prepared vectors in the coordinates that are encoded."""
        outputs = self.dimension if "codebooks" in self.arrays else self.numbers
        if "rotation" not in self.arrays:
            x = x[:, :outputs]
        if "center" in self.arrays:
            x = x - self.arrays["center"]
        return x @ self.arrays["rotation"].T if "rotation" in self.arrays else x

    def encode(self, vectors):
        """Codes of raw vectors, and what stands beside them, by name."""
        x = self.prepared(vectors)
        y = self.mapped(x)
        if self.name == "rabitq":
            return self._encode_grid(x, y)
        if self.name == "int8":
            largest = numpy.abs(y).max(axis=1, keepdims=True)
            positive = numpy.maximum(largest, numpy.float32(1e-38))
            steps = (y / positive * numpy.float32(127)).astype(numpy.float64)
            return {"codes": numpy.floor(steps + 0.5).astype(numpy.int8), "scales": largest[:, 0] / numpy.float32(127)}
        if self.name in ("pq", "opq"):
            codes = [((books * books).sum(axis=1) - 2 * y[:, part] @ books.T).argmin(axis=1) for part, books in self._parts()]
            return {"codes": self._packed(numpy.stack(codes, axis=1).astype(numpy.uint8))}
        return {"codes": numpy.packbits(y > 0, axis=1, bitorder="little")}

    def distances(self, queries, codes=None):
        """Estimated distances of raw queries to codes, or to those of the folder: queries x codes."""
        codes = self.codes if codes is None else codes
        z = self.mapped(self.prepared(queries))
        if self.name == "rabitq":
            return self._grid_distances(z, codes)
        if self.name == "int8":
            return self._int8_distances(z, codes)
        if self.name in ("pq", "opq"):
            return self._product_distances(z, codes)
        bits = self._unpacked(codes["codes"]).astype(numpy.float32)
        if self.options["distance"] == "asymmetric":
            return -(z @ bits.T)
        own = (z > 0).astype(numpy.float32)
        return own.sum(axis=1)[:, None] + bits.sum(axis=1) - 2 * (own @ bits.T)

    def _parts(self):
        starts = self.arrays["starts"]
        for part in range(self.numbers):
            columns = slice(starts[part], starts[part + 1])
            yield columns, self.arrays["codebooks"][:, columns]

    def _unpacked(self, codes):
        """The whole numbers of packed codes: codes x numbers."""
        count = self.numbers * self.bits
        bits = numpy.unpackbits(codes, axis=1, bitorder="little")[:, :count].reshape(len(codes), -1, self.bits)
        return bits @ (1 << numpy.arange(self.bits))

    def _packed(self, numbers):
        """The codes of whole numbers, the lowest bit first."""
        bits = numbers.astype(numpy.uint8)[:, :, None] >> numpy.arange(self.bits, dtype=numpy.uint8) & 1
        return numpy.packbits(bits.reshape(len(numbers), -1), axis=1, bitorder="little")

    def _encode_grid(self, x, y):
        numbers = numpy.stack([_grid(row, self.bits) for row in y])
        wide = y.astype(numpy.float64)
        products = (wide * (numbers - ((1 << self.bits) - 1) / 2)).sum(axis=1)
        squares = (wide * wide).sum(axis=1)
        factors = numpy.divide(squares, products, out=numpy.zeros_like(squares), where=squares > 0)
        center = self.arrays.get("center", numpy.zeros(self.dimension, numpy.float32)).astype(numpy.float64)
        wide = x.astype(numpy.float64)
        terms = -(wide * center).sum(axis=1) if self.inner else ((wide - center) ** 2).sum(axis=1)
        side = numpy.float16 if self.options.get("termBits", 32) == 16 else numpy.float32
        return {"codes": self._packed(numbers), "terms": terms.astype(numpy.float32).astype(side), "factors": factors.astype(numpy.float32).astype(side)}

    def rounded(self, z):
        """Queries of RaBitQ as they are compared."""
        if self.options["queryBits"] == 0:
            return z
        low = z.min(axis=1, keepdims=True)
        step = (z.max(axis=1, keepdims=True) - low) / numpy.float32((1 << self.options["queryBits"]) - 1)
        steps = numpy.divide(z - low, step, out=numpy.zeros_like(z), where=step > 0)
        return low + step * numpy.floor(steps.astype(numpy.float64) + 0.5).astype(numpy.float32)

    def _grid_distances(self, z, codes):
        numbers = self._unpacked(codes["codes"]).astype(numpy.float32) - numpy.float32(((1 << self.bits) - 1) / 2)
        terms, factors = (codes[name].astype(numpy.float32) for name in ("terms", "factors"))
        return terms + self.factor * factors * (self.rounded(z) @ numbers.T)

    def _int8_distances(self, z, codes):
        largest = numpy.abs(z).max(axis=1, keepdims=True)
        steps = (z / numpy.maximum(largest, numpy.float32(1e-38)) * numpy.float32(127)).astype(numpy.float64)
        numbers = codes["codes"].astype(numpy.float64)
        products = (numpy.floor(steps + 0.5) @ numbers.T).astype(numpy.float32)
        scales = codes["scales"]
        terms = 0 if self.inner else scales * scales * (numbers * numbers).sum(axis=1).astype(numpy.float32)
        return terms + self.factor * (largest / numpy.float32(127)) * scales * products

    def _product_distances(self, z, codes):
        distances = numpy.zeros((len(z), len(codes["codes"])), dtype=numpy.float32)
        for number, (columns, books) in enumerate(self._parts()):
            q = z[:, None, columns]
            table = -(books * q).sum(axis=2) if self.inner else ((books - q) ** 2).sum(axis=2)
            packed = codes["codes"][:, number * self.bits // 8]
            distances += table[:, packed >> number * self.bits % 8 & (1 << self.bits) - 1]
        return distances


def _grid(x, bits):
    """The whole numbers of the grid vector whose direction is nearest to that of x."""
    most = (1 << (bits - 1)) - 1
    sizes = numpy.abs(x)
    levels = numpy.zeros(len(x), dtype=numpy.int64)
    last = numpy.float32(numpy.finfo(numpy.float32).max)
    if bits > 4 and len(x) * most > 8192 and sizes.any():
        # Of many scales, those near which the largest coordinate has its last value.
        with numpy.errstate(over="ignore"):
            last = min(last, numpy.float32(most + 10) / sizes.max())
            first = numpy.float32({5: 0.59, 6: 0.71, 7: 0.75, 8: 0.77}[bits] * float(last))
            levels = numpy.minimum(most, first * sizes).astype(numpy.int64)
    if most > 0:
        # One coordinate after another moves to its next value, as the scale of x grows.
        steps, places = numpy.meshgrid(numpy.arange(1, most + 1), numpy.flatnonzero(x), indexing="ij")
        steps, places = steps.ravel(), places.ravel()
        with numpy.errstate(over="ignore"):
            scales = steps.astype(numpy.float32) / sizes[places]
        order = numpy.lexsort((places, scales))
        order = order[(scales[order] <= last) & (steps[order] > levels[places[order]])]
        wide = sizes.astype(numpy.float64)
        products = ((levels + 0.5) * wide).sum() + numpy.concatenate(([0], numpy.cumsum(wide[places[order]])))
        squares = ((levels + 0.5) ** 2).sum() + numpy.concatenate(([0], numpy.cumsum(2.0 * steps[order])))
        best = (products / numpy.sqrt(squares)).argmax()
        numpy.add.at(levels, places[order[:best]], 1)
    return numpy.where(x > 0, most + 1 + levels, most - levels)
