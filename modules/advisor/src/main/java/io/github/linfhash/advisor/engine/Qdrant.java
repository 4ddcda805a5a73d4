package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.sign.Sign;
import java.util.Locale;

/**
 * Requests to Qdrant 1.10 or newer, whose binary quantization keeps the sign of each coordinate and compares codes by Hamming distance (Qdrant
 * documentation, "Quantization").
 */
final class Qdrant {
    private Qdrant() {}

    static String bits(Sign.Options options, Engine.Search search, SqlNames names) {
        String distance = switch (search.similarity()) {
            case COSINE -> "Cosine";
            case DOT -> "Dot";
            case EUCLIDEAN -> "Euclid";
        };
        return String.format(
                Locale.ROOT,
                """
                PUT /collections/items
                {"vectors": {"size": %d, "distance": "%s"}, "quantization_config": {"binary": {"always_ram": true}}}

                # Each search, for the query vector [...]:
                POST /collections/items/points/query
                {"query": [...], "limit": %4$d, "params": {
                  "hnsw_ef": %3$d, "quantization": {"rescore": true, "oversampling": %5$d.0}}}
                """,
                options.bits(),
                distance,
                search.graphCandidates(),
                search.neighbors(),
                search.oversampling());
    }
}
