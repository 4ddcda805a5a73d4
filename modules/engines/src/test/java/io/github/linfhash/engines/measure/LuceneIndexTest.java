package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.engines.measure.LuceneIndex.Codes;
import io.github.linfhash.engines.measure.LuceneIndex.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java of indexes, which is written by hand here; a test of the module lucene compiles and runs that of all types. */
class LuceneIndexTest {
    private static Measurement.Vectors vectors(int dimension, Similarity similarity) {
        return new Measurement.Vectors(20_000, dimension, similarity, 10, 500, 500, true, 0);
    }

    @Test
    void graphsOfCodes() {
        LuceneIndex index = new LuceneIndex(new LuceneIndex.Type(Method.HNSW, Codes.INT4), 32, 200, true, 1);
        assertThat(index.create(vectors(384, Similarity.COSINE))).isEqualTo("""
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
        assertThat(index.search(100, 30, vectors(384, Similarity.COSINE))).isEqualTo("""
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
        LuceneIndex index = new LuceneIndex(new LuceneIndex.Type(Method.FLAT, Codes.BIT), 0, 0, false, 1);
        assertThat(index.create(vectors(1536, Similarity.DOT)))
                .contains(
                        "new Lucene104ScalarQuantizedVectorsFormat(ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE) {",
                        "        return 1536;",
                        "VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT")
                .doesNotContain("l2normalize", "forceMerge");
        assertThat(index.search(LuceneIndex.SCAN, 200, vectors(1536, Similarity.DOT)))
                .startsWith(
                        "TopDocs candidates = searcher.search(new KnnFloatVectorQuery(\"embedding\", target, 200), 200);");
    }

    @Test
    void vectorsAreNotRescored() {
        LuceneIndex index = new LuceneIndex(new LuceneIndex.Type(Method.HNSW, Codes.FLOAT), 16, 100, false, 1);
        assertThat(index.search(40, 10, vectors(384, Similarity.EUCLIDEAN)))
                .isEqualTo(
                        "TopDocs found = searcher.search(new KnnFloatVectorQuery(\"embedding\", target, 40), 10);\n");
        assertThat(index.candidates(10)).containsExactly(10);
        assertThat(index.efforts(50)).startsWith(60).endsWith(1000);
        assertThat(index.searched(40, 10)).isEqualTo("k = 40");
    }

    @Test
    void coarserCodesMayHaveMoreCandidates() {
        assertThat(Stream.of(Codes.values())
                        .map(codes -> new LuceneIndex(new LuceneIndex.Type(Method.FLAT, codes), 0, 0, true, 1)
                                .candidates(10)
                                .size()))
                .containsExactly(1, 3, 7, 14, 14);
    }

    /** Graphs: 3 x 2 parameters, merged and not; scans: merged and not. A part has a smaller buffer, and thus as many segments. */
    @Test
    void theGridHasBothKindsOfSegments() {
        assertThat(new LuceneIndex.Type(Method.HNSW, Codes.BIT).grid(20_000))
                .hasSize(12)
                .doesNotHaveDuplicates();
        assertThat(new LuceneIndex.Type(Method.FLAT, Codes.BIT).grid(20_000))
                .extracting(IndexSpec::parameters)
                .containsExactly("merged", "not merged");
        assertThat(new LuceneIndex(new LuceneIndex.Type(Method.FLAT, Codes.BIT), 0, 0, false, 1)
                        .forRows(0.25)
                        .buffer())
                .isEqualTo(4);
    }
}
