"""faiss: exact scans, graphs and lists over floats and codes, rescored exactly by IndexRefineFlat."""

import math
import os

import numpy
from linfhash_engine import Engine, EngineError, multiples, run, steps

# Threads that wait do not spin, which makes builds slow where other processes run.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
try:
    import faiss
    from faiss import index_factory
except ImportError as error:
    faiss = index_factory = None
    REASON = error

# What index_factory takes; np leaves out the polysemous training of PQ, which takes minutes and only renumbers centroids.
FACTORY = {
    "flat-float": "Flat",
    "hnsw-float": "HNSW{m},Flat",
    "ivf-float": "IVF{lists},Flat",
    "flat-sq8": "SQ8",
    "hnsw-sq8": "HNSW{m},SQ8",
    "ivf-pq": "IVF{lists},PQ{subquantizers}np",
    "flat-pq4fs": "PQ{subquantizers}x4fs",
    "ivf-pq4fs": "IVF{lists},PQ{subquantizers}x4fs",
    "flat-rabitq": "RaBitQ",
    "ivf-rabitq": "IVF{lists},RaBitQ",
}
RANGES = {"m": [2, 512], "ef_construction": [4, 3200], "lists": [1, 1 << 20], "subquantizers": [1, 65536]}
EFFORT = {"hnsw": {"name": "efSearch", "least": 1, "most": 10000}, "ivf": {"name": "nprobe", "least": 1, "most": 1 << 20}}
# How many rows are rescored at most, as a multiple of the neighbors.
RESCORED = {"float": 1, "sq8": 3, "pq": 40, "pq4fs": 100, "rabitq": 40}
# A PQ has 256 centroids; fewer vectors are repeated to train it.
LEAST_TRAINED = 256


def split(type):
    """Returns the method and the code of a type."""
    return type.split("-")[:2]


def described(type):
    method, code = split(type)
    names = [name for name in RANGES if "{" + name + "}" in FACTORY[type] or (method == "hnsw" and name == "ef_construction")]
    effort = {"effort": EFFORT[method]} if method in EFFORT else {}
    return {"name": type, "graph": method == "hnsw", "coded": code != "float", "parameters": {name: RANGES[name] for name in names}, **effort}


def divisor(dimension, most):
    """Returns the largest divisor of a dimension up to a number, as all subquantizers have equally many dimensions."""
    return max(number for number in range(1, max(1, most) + 1) if dimension % number == 0)


def factory(type, parameters, rows, of, refined):
    """Returns the string for an index of rows, of which a larger one of `of` rows has these parameters; RFlat rescores."""
    lists = round(parameters.get("lists", 0) * math.sqrt(rows / of))
    return FACTORY[type].format(**{**parameters, "lists": max(1, min(rows, lists))}) + ",RFlat" * refined


def k_factor(type, effort, candidates, neighbors):
    """Returns by how much more rows than neighbors are rescored, and 1 if none are; a graph finds no more rows than its effort."""
    rescored = max(neighbors, min(candidates, effort) if type.startswith("hnsw") else candidates)
    # faiss rounds down the product with a factor of float32.
    return rescored / neighbors if rescored % neighbors == 0 else (rescored + 0.5) / neighbors


class Faiss(Engine):
    name = "faiss"
    heap = "the full-precision vectors, which rescoring needs"
    filter_note = "A filter is a selector of row numbers that the search of the index gets."
    pasted = "with faiss 1.10 or newer"
    types = ()

    def open(self, database, folder):
        super().open(database, folder)
        if faiss is None:
            raise EngineError(f"{REASON}: install faiss (Debian's python3-faiss, or pip's faiss-cpu), or name another Python by LINFHASH_PYTHON")
        self.text = f"faiss {faiss.__version__}"
        self.versions = {"faiss": faiss.__version__, "numpy": numpy.__version__}
        self.types = [described(type) for type in FACTORY if "rabitq" not in type or hasattr(faiss, "IndexRaBitQ")]
        self.threads = faiss.omp_get_max_threads()
        self.index = None

    def grid(self, type, rows, dimension, neighbors):
        method, code = split(type)
        lists = [max(1, min(rows, round(times * math.sqrt(rows)))) for times in (1, 2, 4)]
        # A subquantizer of fast scan has 4 bits, one of PQ 8.
        few, some, many = (divisor(dimension, dimension // per) for per in ((4, 2, 1) if code == "pq4fs" else (8, 4, 2)))
        if method == "hnsw":
            builds = [{"m": m, "ef_construction": width} for m in (8, 16, 32) for width in (40, 160)]
            usual = [{"m": 32, "ef_construction": 40}]
            larger = [{"m": 32, "ef_construction": 400}, {"m": 64, "ef_construction": 400}]
        else:
            # 256 centroids of a subquantizer take long to train, and rescoring makes up for lists.
            tried = lists[1:2] if code == "pq" else lists
            builds = [{"lists": number, "subquantizers": parts} for parts in (few, some) for number in tried]
            usual = [{"lists": lists[1], "subquantizers": few}] if type in ("flat-float", "ivf-float", "ivf-pq") else []
            larger = [{"lists": lists[0], "subquantizers": many}] if code in ("pq", "pq4fs") else []
        known = described(type)["parameters"]
        grid = {
            "efforts": {"hnsw": steps(neighbors), "ivf": steps(1, lists[-1])}.get(method, [1]),
            "candidates": multiples(neighbors, RESCORED[code]),
        }
        for key, all in (("builds", builds), ("usual", usual), ("larger", larger)):
            kept = [{name: one[name] for name in known} for one in all]
            grid[key] = [one for place, one in enumerate(kept) if one not in kept[:place]]
        return grid

    def load(self, vectors, similarity, columns):
        self.vectors, self.similarity, self.columns = vectors, similarity, columns

    def build(self, type, parameters, rows, of):
        metric = faiss.METRIC_L2 if self.similarity == "euclidean" else faiss.METRIC_INNER_PRODUCT
        self.type, self.rows, self.coded, vectors = type, rows, not type.endswith("float"), self.vectors[:rows]
        index = index_factory(vectors.shape[1], factory(type, parameters, rows, of, self.coded), metric)
        self.base = faiss.downcast_index(index.base_index) if self.coded else index
        if "ef_construction" in parameters:
            self.base.hnsw.efConstruction = parameters["ef_construction"]
        faiss.omp_set_num_threads(self.threads)
        index.train(vectors if rows >= LEAST_TRAINED else numpy.resize(vectors, (LEAST_TRAINED, vectors.shape[1])))
        index.add(vectors)
        # Searches are those of one thread.
        faiss.omp_set_num_threads(1)
        self.index = index

    def drop(self):
        self.index = self.base = None

    def bytes(self):
        sizes = []
        faiss.write_index(self.base, faiss.PyCallbackIOWriter(lambda part: sizes.append(len(part))))
        return sum(sizes), self.vectors[: self.rows].nbytes if self.coded else 0

    def set(self, effort):
        if self.type.startswith("hnsw"):
            self.base.hnsw.efSearch = effort
        elif self.type.startswith("ivf"):
            self.base.nprobe = effort

    def search(self, query, neighbors, effort, candidates):
        self.set(effort)
        factor = k_factor(self.type, effort, candidates, neighbors)
        if factor == 1:
            # A graph finds no more rows than its effort.
            count = min(neighbors, effort) if self.type.startswith("hnsw") else neighbors
            return self.base.search(query[None], count)[1][0]
        self.index.k_factor = factor
        return self.index.search(query[None], neighbors)[1][0]

    def exact(self, query, count):
        self.set(self.rows)
        index = self.base.storage if self.type.startswith("hnsw") else self.base
        return index.search(query[None], count)[1][0]

    def client(self):
        def search(*words):
            # Each thread has a number of threads of its own.
            faiss.omp_set_num_threads(1)
            return self.search(*words)

        return search

    def filtered(self, query, neighbors, effort, candidates, column, value):
        rows = numpy.flatnonzero(self.columns[column][: self.rows] == value)
        if candidates is None:
            some = self.vectors[rows]
            scores = -((some - query) ** 2).sum(axis=1) if self.similarity == "euclidean" else some @ query
            return rows[numpy.argsort(-scores)[:neighbors]]
        if self.type == "flat-pq4fs":
            raise EngineError("an index of PQ fast scan without lists cannot filter")
        words = {"sel": faiss.IDSelectorBatch(rows)}
        if self.type.startswith("hnsw"):
            words = faiss.SearchParametersHNSW(efSearch=effort, **words)
        else:
            words = faiss.SearchParametersIVF(nprobe=effort, **words) if self.type.startswith("ivf") else faiss.SearchParameters(**words)
        factor = k_factor(self.type, effort, candidates, neighbors)
        if factor == 1:
            return self.base.search(query[None], neighbors, params=words)[1][0]
        words = faiss.IndexRefineSearchParameters(k_factor=factor, base_index_params=words)
        return self.index.search(query[None], neighbors, params=words)[1][0]

    def snippet(self, type, parameters, effort, candidates, about):
        cosine, euclidean = about.similarity == "cosine", about.similarity == "euclidean"
        unit = "query = query / numpy.linalg.norm(query)\n" if cosine else ""
        if type is None:
            score = "((vectors[rows] - query) ** 2).sum(axis=1)" if euclidean else "-(vectors[rows] @ query)"
            return "", f"{unit}rows = numpy.flatnonzero(tenants == tenant)\nids = rows[numpy.argsort({score})[:{about.neighbors}]]\n"
        trained = "vectors" if about.rows >= LEAST_TRAINED else f"numpy.resize(vectors, ({LEAST_TRAINED}, {about.dimension}))"
        again = k_factor(type, effort, candidates, about.neighbors)
        refined = again > 1
        base = "base" if refined else "index"
        create = [
            "import faiss",
            "import numpy",
            "# vectors has a row of float32 for each vector, and query is one vector.",
            *["vectors = vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)"] * cosine,
            f'index = faiss.index_factory({about.dimension}, "{factory(type, parameters, about.rows, about.rows, refined)}", '
            f"faiss.METRIC_{'L2' if euclidean else 'INNER_PRODUCT'})",
            *["base = faiss.downcast_index(index.base_index)"] * refined,
            *[f"{base}.hnsw.efConstruction = {parameters.get('ef_construction')}"] * ("ef_construction" in parameters),
            f"index.train({trained})",
            "index.add(vectors)",
        ]
        name = described(type).get("effort", {}).get("name")
        search = [
            *[f"{base}.{'hnsw.' if name == 'efSearch' else ''}{name} = {effort}"] * (name is not None),
            *[f"index.k_factor = {again:g}"] * refined,
            f"ids = index.search(query[None], {about.neighbors})[1][0]",
        ]
        return "\n".join(create) + "\n", unit + "\n".join(search) + "\n"


if __name__ == "__main__":
    run(Faiss)
