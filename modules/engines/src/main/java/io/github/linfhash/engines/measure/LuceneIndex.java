package io.github.linfhash.engines.measure;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.PreparedVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An index of Lucene, as far as its size and the way to build it are concerned.
 *
 * @param type what it is built over, and how
 * @param maxConn the links of a node; 0 for a scan
 * @param beamWidth the candidates for links while it is built; 0 for a scan
 * @param merged whether its segments are merged into one; else they stay as the writer makes them
 * @param part of the rows, which the writer's buffer is scaled by, so that there are as many segments
 */
public record LuceneIndex(Type type, int maxConn, int beamWidth, boolean merged, double part) implements IndexSpec {
    /** The most links that Lucene allows. */
    public static final int MOST_CONNECTIONS = 512;

    /** The most candidates for links that Lucene allows. */
    public static final int MOST_BEAM = 3_200;

    /** The effort of a scan, which has no choice. */
    public static final int SCAN = 1;

    /** The most dimensions that a format takes unless it is told to take more. */
    private static final int MOST_DIMENSIONS = 1024;

    /** Megabytes of a writer's buffer, by default. */
    private static final double BUFFER = 16;

    /** How an index is organized. */
    public enum Method {
        /** A graph. */
        HNSW,
        /** No graph: all codes are compared. */
        FLAT
    }

    /** The numbers that are compared. */
    public enum Codes {
        /** The vectors themselves, in float32. */
        FLOAT(1, ""),
        /** 8 bits a dimension. */
        INT8(3, "UNSIGNED_BYTE"),
        /** 4 bits a dimension. */
        INT4(10, "PACKED_NIBBLE"),
        /** 2 bits a dimension. */
        INT2(Integer.MAX_VALUE, "DIBIT_QUERY_NIBBLE"),
        /** 1 bit a dimension. */
        BIT(Integer.MAX_VALUE, "SINGLE_BIT_QUERY_NIBBLE");

        private final int oversampling;
        private final String encoding;

        Codes(int oversampling, String encoding) {
            this.oversampling = oversampling;
            this.encoding = encoding;
        }

        /** Lucene's name of the codes; empty for none. */
        public String encoding() {
            return encoding;
        }
    }

    /**
     * A type of index: one curve of a chart.
     *
     * @param method how it is organized
     * @param codes that are compared
     */
    public record Type(Method method, Codes codes) implements IndexSpec.Type {
        /** All types, graphs first. */
        public static List<Type> all() {
            List<Type> all = new ArrayList<>();
            for (Method method : Method.values()) {
                for (Codes codes : Codes.values()) {
                    all.add(new Type(method, codes));
                }
            }
            return all;
        }

        @Override
        public boolean graph() {
            return method == Method.HNSW;
        }

        @Override
        public boolean coded() {
            return codes != Codes.FLOAT;
        }

        @Override
        public int mostDimensions() {
            // Its format cannot be extended.
            return coded() ? Integer.MAX_VALUE : MOST_DIMENSIONS;
        }

        @Override
        public List<IndexSpec> grid(int rows) {
            List<IndexSpec> grid = new ArrayList<>();
            for (boolean merged : new boolean[] {true, false}) {
                if (!graph()) {
                    grid.add(new LuceneIndex(this, 0, 0, merged, 1));
                    continue;
                }
                for (int connections : new int[] {8, 16, 32}) {
                    for (int beam : new int[] {100, 200}) {
                        grid.add(new LuceneIndex(this, connections, beam, merged, 1));
                    }
                }
            }
            return grid;
        }

        /** Its name, such as {@code hnsw-int4}. */
        @Override
        public String toString() {
            return (method.name() + "-" + codes.name()).toLowerCase(Locale.ROOT);
        }
    }

    /** Megabytes of the writer's buffer. */
    double buffer() {
        return BUFFER * part;
    }

    @Override
    public int efConstruction() {
        return beamWidth;
    }

    @Override
    public LuceneIndex forRows(double times) {
        return new LuceneIndex(type, maxConn, beamWidth, merged, part * times);
    }

    @Override
    public String parameters() {
        String segments = merged ? "merged" : "not merged";
        return type.graph() ? "maxConn = " + maxConn + ", beamWidth = " + beamWidth + ", " + segments : segments;
    }

    @Override
    public String effortName() {
        return "k";
    }

    @Override
    public int mostEffort() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<Integer> efforts(int neighbors) {
        return type.graph() ? IndexSpec.widths(neighbors) : List.of(SCAN);
    }

    @Override
    public List<Integer> candidates(int neighbors) {
        return IndexSpec.multiples(neighbors, type.codes.oversampling);
    }

    /** Returns 0, as the buffer of the writer limits it. */
    @Override
    public long buildMemory(int rows, int dimension) {
        return 0;
    }

    @Override
    public Map<String, Object> numbers(int effort) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        if (type.graph()) {
            numbers.put("maxConn", maxConn);
            numbers.put("beamWidth", beamWidth);
            numbers.put("k", effort);
        }
        numbers.put("merged", merged);
        return numbers;
    }

    @Override
    public String searched(int effort, int candidates) {
        String rescored = type.coded() ? ", " + candidates + " rescored" : "";
        return (type.graph() ? "k = " + effort : "scan") + rescored;
    }

    private String format(int dimension) {
        String encoding = "ScalarEncoding." + type.codes.encoding;
        if (!type.coded()) {
            return type.graph()
                    ? "new Lucene99HnswVectorsFormat(" + maxConn + ", " + beamWidth + ");\n"
                    : "new Lucene99HnswVectorsFormat(16, 100, 1, null, Integer.MAX_VALUE); // no segment has a graph\n";
        }
        String of = type.graph()
                ? "new Lucene104HnswScalarQuantizedVectorsFormat(" + encoding + ", " + maxConn + ", " + beamWidth + ")"
                : "new Lucene104ScalarQuantizedVectorsFormat(" + encoding + ")";
        return dimension <= MOST_DIMENSIONS ? of + ";\n" : of + String.format(Locale.ROOT, """
                 {
                    @Override
                    public int getMaxDimensions(String field) {
                        return %d;
                    }
                };
                """, dimension);
    }

    /** The name of Lucene's function for vectors that {@link PreparedVectors#of} has prepared. */
    static String function(Similarity similarity) {
        return switch (similarity) {
            case COSINE -> "DOT_PRODUCT";
            case DOT -> "MAXIMUM_INNER_PRODUCT";
            case EUCLIDEAN -> "EUCLIDEAN";
        };
    }

    @Override
    public String create(Measurement.Vectors vectors) {
        boolean unit = vectors.similarity() == Similarity.COSINE;
        return String.format(
                Locale.ROOT,
                """
                import org.apache.lucene.codecs.KnnVectorsFormat;
                import org.apache.lucene.codecs.lucene104.*;
                %1$simport org.apache.lucene.document.KnnFloatVectorField;
                import org.apache.lucene.index.*;
                import org.apache.lucene.search.*;
                %2$s%3$sKnnVectorsFormat format = %4$sIndexWriterConfig config = new IndexWriterConfig().setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return format;
                    }
                });
                // Each document:
                %5$sdocument.add(new KnnFloatVectorField("embedding", vector, VectorSimilarityFunction.%6$s));
                %7$s""",
                type.coded() ? "" : "import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;\n",
                unit ? "import org.apache.lucene.util.VectorUtil;\n" : "",
                type.coded()
                        ? "import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;\n"
                        : "",
                format(vectors.dimension()),
                unit ? "VectorUtil.l2normalize(vector);\n" : "",
                function(vectors.similarity()),
                merged ? "// After all documents:\nwriter.forceMerge(1);\n" : "");
    }

    /** The lines that filter, and search by an exact scan of the documents that match, to be pasted. */
    public static String exactScan(Measurement.Vectors vectors) {
        return String.format(Locale.ROOT, """
                import org.apache.lucene.document.Field;
                import org.apache.lucene.document.StringField;
                import org.apache.lucene.index.Term;
                import org.apache.lucene.index.VectorSimilarityFunction;
                import org.apache.lucene.search.*;
                // Each document:
                document.add(new StringField("tenant", tenant, Field.Store.NO));
                // Each search; new KnnFloatVectorQuery("embedding", target, k, filter) searches the index:
                Query filter = new TermQuery(new Term("tenant", tenant));
                %sTopDocs found = searcher.search(filter, %d, new Sort(new FullPrecisionFloatVectorSimilarityValuesSource(
                        target, "embedding", VectorSimilarityFunction.%s).getSortField(true)));
                """, unit(vectors), vectors.neighbors(), function(vectors.similarity()));
    }

    private static String unit(Measurement.Vectors vectors) {
        return vectors.similarity() == Similarity.COSINE ? "VectorUtil.l2normalize(target);\n" : "";
    }

    @Override
    public String search(int effort, int candidates, Measurement.Vectors vectors) {
        String unit = unit(vectors);
        int k = type.graph() ? effort : candidates;
        if (!type.coded()) {
            return String.format(Locale.ROOT, """
                    %sTopDocs found = searcher.search(new KnnFloatVectorQuery("embedding", target, %d), %d);
                    """, unit, k, vectors.neighbors());
        }
        return String.format(Locale.ROOT, """
                %sTopDocs candidates = searcher.search(new KnnFloatVectorQuery("embedding", target, %d), %d);
                TopDocs found = new DoubleValuesSourceRescorer(
                        new FullPrecisionFloatVectorSimilarityValuesSource(target, "embedding")) {
                    @Override
                    protected float combine(float ofCode, boolean present, double exact) {
                        return (float) exact;
                    }
                }.rescore(searcher, candidates, %d);
                """, unit, k, candidates, vectors.neighbors());
    }
}
