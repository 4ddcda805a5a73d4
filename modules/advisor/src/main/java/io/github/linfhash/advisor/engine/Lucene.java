package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.scalar.Osq;
import java.util.Locale;

/**
 * Java for Lucene 10.5 or newer. The graph of an index misses some of the nearest codes, so it is asked for more candidates than are
 * needed; all of them are rescored. For the cosine, vectors are scaled to norm 1: with its function {@code COSINE}, its codes find fewer
 * neighbors.
 */
final class Lucene {
    /** The most dimensions that a format takes unless it is told to take more. */
    private static final int MOST_DIMENSIONS = 1024;

    private Lucene() {}

    /**
     * Codes of a {@code ScalarEncoding}.
     *
     * @param encoding its name
     */
    static Engine.Recipe<Osq.Options> encoding(String encoding) {
        return (options, search, names) -> {
            boolean unit = search.similarity() == Similarity.COSINE;
            String similarity = search.named("DOT_PRODUCT", "MAXIMUM_INNER_PRODUCT", "EUCLIDEAN");
            String dimensions =
                    search.dimension() <= MOST_DIMENSIONS ? ";\n" : String.format(Locale.ROOT, """
                             {
                                @Override
                                public int getMaxDimensions(String field) {
                                    return %d;
                                }
                            };
                            """, search.dimension());
            return String.format(
                    Locale.ROOT,
                    """
                    import org.apache.lucene.codecs.KnnVectorsFormat;
                    import org.apache.lucene.codecs.lucene104.*;
                    import org.apache.lucene.document.KnnFloatVectorField;
                    import org.apache.lucene.index.*;
                    import org.apache.lucene.search.*;
                    %6$simport org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;
                    KnnVectorsFormat format = new Lucene104HnswScalarQuantizedVectorsFormat(ScalarEncoding.%1$s, 16, 100)%2$s\
                    IndexWriterConfig config = new IndexWriterConfig().setCodec(new Lucene104Codec() {
                        @Override
                        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                            return format;
                        }
                    });
                    // Each document:
                    %7$sdocument.add(new KnnFloatVectorField("embedding", vector, VectorSimilarityFunction.%3$s));
                    // Each search, for the query vector target:
                    %8$sQuery query = RescoreTopNQuery.createFullPrecisionRescorerQuery(
                            new KnnFloatVectorQuery("embedding", target, %4$d), target, "embedding", %5$d);
                    TopDocs found = searcher.search(query, %5$d);
                    """,
                    encoding,
                    dimensions,
                    similarity,
                    search.graphCandidates(),
                    search.neighbors(),
                    unit ? "import org.apache.lucene.util.VectorUtil;\n" : "",
                    unit ? "VectorUtil.l2normalize(vector);\n" : "",
                    unit ? "VectorUtil.l2normalize(target);\n" : "");
        };
    }
}
