package io.github.linfhash.advisor.engine;

import java.util.Locale;

/** Requests to Elasticsearch, OpenSearch and Qdrant, and Python for Weaviate. */
final class SearchServers {
    /** The most that {@code num_candidates} of Elasticsearch may be. */
    static final int MOST_CANDIDATES = 10_000;

    private SearchServers() {}

    /**
     * Returns requests to Elasticsearch 8.18 or newer, whose {@code bbq_hnsw} has 1-bit codes of optimized scalar quantization and 4-bit queries
     * (elasticsearch, pull request 117994).
     */
    static String elasticsearch(Engine.Search search) {
        return filled(search, search.named("cosine", "max_inner_product", "l2_norm"), """
                PUT /items
                {"mappings": {"properties": {"embedding": {
                  "type": "dense_vector", "dims": %1$d, "similarity": "%2$s",
                  "index_options": {"type": "bbq_hnsw"}}}}}

                # Each search, for the query vector [...]:
                POST /items/_search
                {"size": %4$d, "_source": false, "knn": {
                  "field": "embedding", "query_vector": [...], "k": %4$d, "num_candidates": %6$d,
                  "rescore_vector": {"oversample": %5$d.0}}}
                """);
    }

    /**
     * Returns requests to OpenSearch 2.17 or newer, whose encoder {@code binary} of one bit compares each coordinate with its mean, and codes by
     * Hamming distance (OpenSearch documentation, "Binary quantization").
     */
    static String openSearch(Engine.Search search) {
        return filled(search, search.named("cosinesimil", "innerproduct", "l2"), """
                PUT /items
                {"settings": {"index": {"knn": true}}, "mappings": {"properties": {"embedding": {
                  "type": "knn_vector", "dimension": %1$d, "space_type": "%2$s",
                  "method": {"name": "hnsw", "engine": "faiss", "parameters": {
                    "encoder": {"name": "binary", "parameters": {"bits": 1}}}}}}}}

                # Each search, for the query vector [...]:
                POST /items/_search
                {"size": %4$d, "_source": false, "query": {"knn": {"embedding": {
                  "vector": [...], "k": %4$d, "method_parameters": {"ef_search": %3$d},
                  "rescore": {"oversample_factor": %5$d.0}}}}}
                """);
    }

    /**
     * Returns requests to Qdrant 1.10 or newer, whose binary quantization keeps the sign of each coordinate and compares codes by Hamming distance
     * (Qdrant documentation, "Quantization").
     */
    static String qdrant(Engine.Search search) {
        return filled(search, search.named("Cosine", "Dot", "Euclid"), """
                PUT /collections/items
                {"vectors": {"size": %1$d, "distance": "%2$s"}, "quantization_config": {"binary": {"always_ram": true}}}

                # Each search, for the query vector [...]:
                POST /collections/items/points/query
                {"query": [...], "limit": %4$d, "params": {
                  "hnsw_ef": %3$d, "quantization": {"rescore": true, "oversampling": %5$d.0}}}
                """);
    }

    /**
     * Returns Python for Weaviate 1.26 or newer (client 4.16 or newer), whose binary quantization keeps the sign of each coordinate and compares
     * codes by Hamming distance (Weaviate documentation, "Binary quantization").
     */
    static String weaviate(Engine.Search search) {
        return filled(search, search.named("COSINE", "DOT", "L2_SQUARED"), """
                import weaviate
                from weaviate.classes.config import Configure, VectorDistances
                client = weaviate.connect_to_local()
                items = client.collections.create("Items", vector_config=Configure.Vectors.self_provided(
                    vector_index_config=Configure.VectorIndex.hnsw(
                        distance_metric=VectorDistances.%2$s, ef=%3$d,
                        quantizer=Configure.VectorIndex.Quantizer.bq(rescore_limit=%7$d))))
                # Each search, for the query vector target:
                found = items.query.near_vector(near_vector=target, limit=%4$d)
                """);
    }

    private static String filled(Engine.Search search, String similarity, String lines) {
        return String.format(
                Locale.ROOT,
                lines,
                search.dimension(),
                similarity,
                search.graphCandidates(),
                search.neighbors(),
                search.oversampling(),
                Math.min(MOST_CANDIDATES, search.graphCandidates()),
                search.candidates());
    }
}
