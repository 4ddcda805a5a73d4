package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.sign.Sign;
import java.util.Locale;

/**
 * Requests to OpenSearch 2.17 or newer, whose encoder {@code binary} of one bit compares each coordinate with its mean, and codes by Hamming distance
 * (OpenSearch documentation, "Binary quantization").
 */
final class OpenSearch {
    private OpenSearch() {}

    static String bits(Sign.Options options, Engine.Search search, SqlNames names) {
        String space = switch (search.similarity()) {
            case COSINE -> "cosinesimil";
            case DOT -> "innerproduct";
            case EUCLIDEAN -> "l2";
        };
        return String.format(
                Locale.ROOT,
                """
                PUT /items
                {"settings": {"index": {"knn": true}}, "mappings": {"properties": {"embedding": {
                  "type": "knn_vector", "dimension": %d, "space_type": "%s",
                  "method": {"name": "hnsw", "engine": "faiss", "parameters": {
                    "encoder": {"name": "binary", "parameters": {"bits": 1}}}}}}}}

                # Each search, for the query vector [...]:
                POST /items/_search
                {"size": %4$d, "_source": false, "query": {"knn": {"embedding": {
                  "vector": [...], "k": %4$d, "method_parameters": {"ef_search": %3$d},
                  "rescore": {"oversample_factor": %5$d.0}}}}}
                """,
                options.bits(),
                space,
                search.graphCandidates(),
                search.neighbors(),
                search.oversampling());
    }
}
