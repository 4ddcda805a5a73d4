package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.scalar.Osq;
import java.util.Locale;

/**
 * Requests to Elasticsearch 8.18 or newer, whose {@code bbq_hnsw} has 1-bit codes of optimized scalar quantization and 4-bit queries
 * (elasticsearch, pull request 117994).
 */
final class Elasticsearch {
    /** The fewest dimensions of {@code bbq_hnsw}. */
    static final int LEAST_DIMENSIONS = 64;

    /** The most dimensions of a {@code dense_vector}. */
    static final int MOST_DIMENSIONS = 4096;

    /** The most that {@code num_candidates} may be. */
    static final int MOST_CANDIDATES = 10_000;

    private Elasticsearch() {}

    static String bbq(Osq.Options options, Engine.Search search, SqlNames names) {
        String similarity = switch (search.similarity()) {
            case COSINE -> "cosine";
            case DOT -> "max_inner_product";
            case EUCLIDEAN -> "l2_norm";
        };
        return String.format(
                Locale.ROOT,
                """
                PUT /items
                {"mappings": {"properties": {"embedding": {
                  "type": "dense_vector", "dims": %d, "similarity": "%s",
                  "index_options": {"type": "bbq_hnsw"}}}}}

                # Each search, for the query vector [...]:
                POST /items/_search
                {"size": %4$d, "_source": false, "knn": {
                  "field": "embedding", "query_vector": [...], "k": %4$d, "num_candidates": %3$d,
                  "rescore_vector": {"oversample": %5$d.0}}}
                """,
                options.dimensions(),
                similarity,
                Math.min(MOST_CANDIDATES, search.graphCandidates()),
                search.neighbors(),
                search.oversampling());
    }
}
