package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.sign.Sign;
import java.util.Locale;

/**
 * Python for Weaviate 1.26 or newer (client 4.16 or newer), whose binary quantization keeps the sign of each coordinate and compares codes by Hamming
 * distance (Weaviate documentation, "Binary quantization").
 */
final class Weaviate {
    private Weaviate() {}

    static String bits(Sign.Options options, Engine.Search search, SqlNames names) {
        String distance = switch (search.similarity()) {
            case COSINE -> "COSINE";
            case DOT -> "DOT";
            case EUCLIDEAN -> "L2_SQUARED";
        };
        return String.format(
                Locale.ROOT, """
                import weaviate
                from weaviate.classes.config import Configure, VectorDistances
                client = weaviate.connect_to_local()
                items = client.collections.create("Items", vector_config=Configure.Vectors.self_provided(
                    vector_index_config=Configure.VectorIndex.hnsw(
                        distance_metric=VectorDistances.%s, ef=%d,
                        quantizer=Configure.VectorIndex.Quantizer.bq(rescore_limit=%d))))
                # Each search, for the query vector target:
                found = items.query.near_vector(near_vector=target, limit=%d)
                """, distance, search.graphCandidates(), search.candidates(), search.neighbors());
    }
}
