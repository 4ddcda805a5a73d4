package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.scalar.Osq;
import io.github.linfhash.quantizers.scalar.TurboPlus;
import io.github.linfhash.quantizers.sign.SigmaSign;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Requests to Elasticsearch, OpenSearch and Qdrant, and Python for Weaviate, from their documentation, and where their codes are from. The
 * default of rescoring is what a search has without what the lines state.
 */
final class SearchServers {
    /** The most that {@code num_candidates} of Elasticsearch may be. */
    static final int MOST_CANDIDATES = 10_000;

    /** Pull requests 117994 and 127134 of elasticsearch. */
    static final String BBQ_HNSW =
            "formula of Elasticsearch 8.18 (Lucene's 1-bit codes), not run; rescores 3 x k by default since 9.1";

    /** Pull requests 139944 and 143611 of elasticsearch. */
    static final String BBQ_DISK =
            "formula of Elasticsearch 9.4, not run, with codes about one mean where it has a center for each"
                    + " cluster, so that it may find more; rescores 3 x k by default";

    /** Issue 3427 and pull request 3463 of k-NN, and its RescoreContext.java and ResolvedIndexSpec.java at 9e72325. */
    static final String SQ_1 =
            "formula of OpenSearch 3.9 (Lucene's 1-bit codes), not run; rescores 2 x k by default, and never fewer than 100";

    static final String SQ =
            "formula of OpenSearch 3.9 (Lucene's codes), not run; rescores 1 x k by default, and never fewer than 100";

    /** LuceneSQEncoder.java and KNN1040PerFieldKnnVectorsFormat.java of k-NN at 9e72325. */
    static final String SQ_7 =
            "formula of OpenSearch 3.9 (Lucene 9.9's quantiles), not run; rescores nothing by default";

    /** OpenSearch documentation, "Binary quantization": each coordinate is compared with its mean. */
    static final String BINARY =
            "formula of OpenSearch 2.17, not run; rescores nothing by default unless the mode is on_disk";

    /** Qdrant 1.19, lib/quantization/src/turboquant; quantized_vectors.rs has the defaults of rescoring. */
    static final String TURBO = "formula of Qdrant 1.19, not run; rescores 1 x k by default, and nothing with bits4";

    /** Qdrant 1.19, lib/quantization/src/encoded_vectors_binary.rs. */
    static final String QDRANT_BINARY = "formula of Qdrant 1.19, not run; rescores 1 x k by default";

    /** Weaviate at adcffc5, rotational_quantization.go, rq4.go, binary_rotational_quantization.go and rq_config.go. */
    static final String RQ = "formula of Weaviate 1.40, not run; rescores 20 by default, and 512 with 1 bit";

    /** Weaviate documentation, "Binary quantization". */
    static final String BQ = "formula of Weaviate 1.26, not run";

    private SearchServers() {}

    /** Returns requests to Elasticsearch, for a type of index. */
    static Engine.Recipe<Osq.Options> elasticsearch(String type) {
        return (options, search, names) -> filled(
                search,
                search.named("cosine", "max_inner_product", "l2_norm"),
                """
                PUT /items
                {"mappings": {"properties": {"embedding": {
                  "type": "dense_vector", "dims": %1$d, "similarity": "%2$s",
                  "index_options": {"type": "%8$s"%9$s}}}}}

                # Each search, for the query vector [...]:
                POST /items/_search
                {"size": %4$d, "_source": false, "knn": {
                  "field": "embedding", "query_vector": [...], "k": %4$d, "num_candidates": %6$d,
                  "rescore_vector": {"oversample": %5$d.0}}}
                """,
                type,
                type.equals("bbq_disk") ? ", \"bits\": " + options.bits() : "");
    }

    /** Returns requests to OpenSearch. */
    static <O extends Record> Engine.Recipe<O> openSearch(String engine, String encoder, int bits) {
        return (options, search, names) ->
                filled(search, search.named("cosinesimil", "innerproduct", "l2"), """
                PUT /items
                {"settings": {"index": {"knn": true}}, "mappings": {"properties": {"embedding": {
                  "type": "knn_vector", "dimension": %1$d, "space_type": "%2$s",
                  "method": {"name": "hnsw", "engine": "%8$s", "parameters": {
                    "encoder": {"name": "%9$s", "parameters": {"bits": %10$d}}}}}}}}

                # Each search, for the query vector [...]:
                POST /items/_search
                {"size": %4$d, "_source": false, "query": {"knn": {"embedding": {
                  "vector": [...], "k": %4$d, "method_parameters": {"ef_search": %3$d},
                  "rescore": {"oversample_factor": %5$d.0}}}}}
                """, engine, encoder, bits);
    }

    /** Returns requests to Qdrant for its TurboQuant. */
    static String turbo(TurboPlus.Options options, Engine.Search search) {
        return qdrant(search, "\"turbo\": {\"bits\": \"" + options.bits().name().toLowerCase(Locale.ROOT) + "\"");
    }

    /** Returns requests to Qdrant for its binary quantization. */
    static String qdrantBinary(SigmaSign.Options options, Engine.Search search) {
        return qdrant(
                search,
                "\"binary\": {\"encoding\": \"" + options.encoding().name().toLowerCase(Locale.ROOT)
                        + "\", \"query_encoding\": \""
                        + (options.queryBits() == 1 ? "binary" : "scalar" + options.queryBits() + "bits") + "\"");
    }

    private static String qdrant(Engine.Search search, String quantization) {
        return filled(search, search.named("Cosine", "Dot", "Euclid"), """
                PUT /collections/items
                {"vectors": {"size": %1$d, "distance": "%2$s"}, "quantization_config": {%8$s, "always_ram": true}}}

                # Each search, for the query vector [...]:
                POST /collections/items/points/query
                {"query": [...], "limit": %4$d, "params": {
                  "hnsw_ef": %3$d, "quantization": {"rescore": true, "oversampling": %5$d.0}}}
                """, quantization);
    }

    /**
     * Returns Python for Weaviate (client 4.16 or newer).
     *
     * @param quantizer the beginning of its call
     */
    static String weaviate(String quantizer, Engine.Search search) {
        return filled(search, search.named("COSINE", "DOT", "L2_SQUARED"), """
                import weaviate
                from weaviate.classes.config import Configure, VectorDistances
                client = weaviate.connect_to_local()
                items = client.collections.create("Items", vector_config=Configure.Vectors.self_provided(
                    vector_index_config=Configure.VectorIndex.hnsw(
                        distance_metric=VectorDistances.%2$s, ef=%3$d,
                        quantizer=Configure.VectorIndex.Quantizer.%8$srescore_limit=%7$d))))
                # Each search, for the query vector target:
                found = items.query.near_vector(near_vector=target, limit=%4$d)
                """, quantizer);
    }

    private static String filled(Engine.Search search, String similarity, String lines, Object... further) {
        return String.format(
                Locale.ROOT,
                lines,
                Stream.concat(
                                Stream.of(
                                        search.dimension(),
                                        similarity,
                                        search.graphCandidates(),
                                        search.neighbors(),
                                        search.oversampling(),
                                        Math.min(MOST_CANDIDATES, search.graphCandidates()),
                                        search.candidates()),
                                Stream.of(further))
                        .toArray());
    }
}
