package io.github.linfhash.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.lucene.LuceneType.Build;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The Java of indexes, which is written by hand here; {@link PastedJavaTest} compiles and runs that of all types. */
class LuceneTypeTest {
    @Test
    void graphsOfCodes() {
        LuceneType type = LuceneType.named("hnsw-int4");
        assertThat(type.create(new Build(32, 200, true), 384, "cosine")).isEqualTo("""
                        import org.apache.lucene.codecs.KnnVectorsFormat;
                        import org.apache.lucene.codecs.lucene104.*;
                        import org.apache.lucene.document.KnnFloatVectorField;
                        import org.apache.lucene.index.*;
                        import org.apache.lucene.search.*;
                        import org.apache.lucene.util.VectorUtil;
                        import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;
                        KnnVectorsFormat format = new Lucene104HnswScalarQuantizedVectorsFormat(ScalarEncoding.PACKED_NIBBLE, 32, 200);
                        IndexWriterConfig config = new IndexWriterConfig().setCodec(new Lucene104Codec() {
                            @Override
                            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                                return format;
                            }
                        });
                        // Each document:
                        VectorUtil.l2normalize(vector);
                        document.add(new KnnFloatVectorField("embedding", vector, VectorSimilarityFunction.DOT_PRODUCT));
                        // After all documents:
                        writer.forceMerge(1);
                        """);
        assertThat(type.search(type.search(100, 30), 10, "cosine")).isEqualTo("""
                        VectorUtil.l2normalize(target);
                        TopDocs candidates = searcher.search(new KnnFloatVectorQuery("embedding", target, 100), 30);
                        TopDocs found = new DoubleValuesSourceRescorer(
                                new FullPrecisionFloatVectorSimilarityValuesSource(target, "embedding")) {
                            @Override
                            protected float combine(float ofCode, boolean present, double exact) {
                                return (float) exact;
                            }
                        }.rescore(searcher, candidates, 10);
                        """);
    }

    /** Formats take 1,024 dimensions unless they are told to take more. */
    @Test
    void scansOfLongVectors() {
        LuceneType type = LuceneType.named("flat-bit");
        assertThat(type.create(new Build(0, 0, false), 1536, "dot"))
                .contains(
                        "new Lucene104ScalarQuantizedVectorsFormat(ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE) {",
                        "        return 1536;",
                        "VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT")
                .doesNotContain("l2normalize", "forceMerge");
        assertThat(type.search(type.search(1, 200), 10, "dot"))
                .startsWith(
                        "TopDocs candidates = searcher.search(new KnnFloatVectorQuery(\"embedding\", target, 200), 200);");
    }

    @Test
    void vectorsAreNotRescored() {
        LuceneType type = LuceneType.named("hnsw-float");
        assertThat(type.search(type.search(40, 10), 10, "euclidean"))
                .isEqualTo(
                        "TopDocs found = searcher.search(new KnnFloatVectorQuery(\"embedding\", target, 40), 10);\n");
        assertThat(type.grid(10)).containsEntry("candidates", List.of(10));
        assertThat(type.grid(50).get("efforts"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .startsWith(60)
                .endsWith(1000);
    }

    @Test
    void coarserCodesMayHaveMoreCandidates() {
        assertThat(LuceneType.all().stream()
                        .filter(type -> !type.graph())
                        .map(type -> ((List<?>) type.grid(10).get("candidates")).size()))
                .containsExactly(1, 3, 7, 14, 14);
    }

    /** Graphs: 3 x 2 parameters, merged and not; scans: merged and not. A part has a smaller buffer, and thus as many segments. */
    @Test
    void theGridHasBothKindsOfSegments() {
        assertThat(LuceneType.named("hnsw-bit").grid(10).get("builds"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(12)
                .doesNotHaveDuplicates();
        Map<String, Object> grid = LuceneType.named("flat-float").grid(10);
        assertThat(grid.get("builds"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(Map.of("merged", true), Map.of("merged", false));
        assertThat(grid.get("usual"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(Map.of("merged", true));
        assertThat(LuceneType.named("hnsw-float").grid(10).get("usual"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(Map.of("maxConn", 16, "beamWidth", 100, "merged", true));
        assertThat(LuceneType.named("flat-bit")
                        .parameters(new Build(0, 0, false), 0.25)
                        .part())
                .isEqualTo(0.25);
    }
}
