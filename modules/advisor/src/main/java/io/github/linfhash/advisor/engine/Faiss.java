package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.util.Locale;
import java.util.function.BiFunction;

/** Python for faiss 1.11 or newer. */
final class Faiss {
    static final String ORIGIN = "compared with the search of faiss 1.11";

    private static final String VECTORS = """
            # vectors and queries are NumPy arrays of float32, one row each.
            """;

    private Faiss() {}

    /**
     * An index of {@code index_factory}.
     *
     * @param description of the index for options and a dimension
     */
    static <O extends Record> Engine.Recipe<O> factory(BiFunction<O, Integer, String> description) {
        return (options, search, names) -> {
            boolean rescored = search.oversampling() > 1;
            return "import faiss\n" + VECTORS + normalized(search)
                    + String.format(
                            Locale.ROOT,
                            """
                    index = faiss.index_factory(%d, "%s%s", faiss.%s)
                    index.train(vectors)
                    index.add(vectors)
                    %sdistances, ids = index.search(queries, %d)
                    """,
                            search.dimension(),
                            description.apply(options, search.dimension()),
                            rescored ? ",RFlat" : "",
                            search.similarity() == Similarity.DOT ? "METRIC_INNER_PRODUCT" : "METRIC_L2",
                            rescored ? "index.k_factor = " + search.oversampling() + "\n" : "",
                            search.neighbors());
        };
    }

    /** The signs of vectors, or of vectors less their mean. */
    static String signs(boolean centered, Engine.Search search) {
        return binary(
                centered ? "center = vectors.mean(axis=0)\n" : "",
                centered ? "x - center" : "x",
                "encode(vectors)",
                search);
    }

    /** Codes that {@code linfhash quantize} exports. */
    static <O extends Record> Engine.Recipe<O> exported(QuantizerSpec<O> quantizer) {
        return (options, search, names) -> binary(
                String.format(
                        Locale.ROOT,
                        """
                # %s
                center, rotation = %s, %s
                """,
                        QuantizeLine.of(quantizer.name(), options, search.similarity(), search.files())
                                .orElseThrow(),
                        load(search, "center"),
                        load(search, "rotation")),
                "(x - center) @ rotation.T",
                load(search, "codes"),
                search);
    }

    private static String load(Engine.Search search, String array) {
        String folder = search.files().out().replace("\\", "\\\\").replace("\"", "\\\"");
        return "numpy.load(\"" + folder + "/" + array + ".npy\")";
    }

    private static String binary(String fitted, String outputs, String codes, Engine.Search search) {
        String scores = search.similarity() == Similarity.EUCLIDEAN
                ? "-((queries[:, None] - vectors[candidates]) ** 2).sum(axis=2)"
                : "numpy.einsum(\"qd,qcd->qc\", queries, vectors[candidates])";
        return "import faiss\nimport numpy\n" + VECTORS + normalized(search) + fitted
                + String.format(Locale.ROOT, """
                def encode(x):
                    return numpy.packbits(%s > 0, axis=1, bitorder="little")
                codes = %s
                index = faiss.IndexBinaryFlat(8 * codes.shape[1])
                index.add(codes)
                distances, candidates = index.search(encode(queries), %d)
                scores = %s
                ids = numpy.take_along_axis(candidates, numpy.argsort(-scores, axis=1)[:, :%d], axis=1)
                """, outputs, codes, search.candidates(), scores, search.neighbors());
    }

    private static String normalized(Engine.Search search) {
        return search.similarity() == Similarity.COSINE
                ? "faiss.normalize_L2(vectors)\nfaiss.normalize_L2(queries)\n"
                : "";
    }
}
