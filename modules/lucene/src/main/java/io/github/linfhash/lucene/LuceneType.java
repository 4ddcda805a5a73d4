package io.github.linfhash.lucene;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.linfhash.engines.measure.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A type of index, with the lines to paste.
 *
 * @param graph whether it is a graph; else all codes are compared
 * @param codes that are compared
 */
record LuceneType(boolean graph, Codes codes) {
    /** The end of the line above the lines to paste. */
    static final String PASTED = "for Lucene 10.5 or newer";

    /** The remark above the lines that search. */
    static final String REMARK = "// Each search, for the query vector target:";

    /** The most dimensions that a format takes unless it is told to take more. */
    private static final int MOST_DIMENSIONS = 1024;

    private static final int MOST_CONNECTIONS = 512;
    private static final int MOST_BEAM = 3_200;

    /** A heap of so many rows is made for each search. */
    private static final int MOST_K = 1_000_000;

    private static final String CONNECTIONS = "maxConn";
    private static final String BEAM = "beamWidth";
    private static final String MERGED = "merged";

    /** The numbers that are compared. */
    enum Codes {
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
    }

    /**
     * How an index is built.
     *
     * @param maxConn links of a node; 0 for a scan
     * @param beamWidth candidates for links while it is built; 0 for a scan
     * @param merged whether segments are merged into one; else they stay as the writer makes them
     */
    record Build(int maxConn, int beamWidth, boolean merged) {
        /** The build that a request asks for. */
        static Build of(JsonNode parameters) {
            return new Build(
                    parameters.path(CONNECTIONS).asInt(),
                    parameters.path(BEAM).asInt(),
                    parameters.path(MERGED).asBoolean());
        }

        private Map<String, Object> json() {
            return maxConn == 0
                    ? Map.of(MERGED, merged)
                    : Map.of(CONNECTIONS, maxConn, BEAM, beamWidth, MERGED, merged);
        }
    }

    /** All types, graphs first. */
    static List<LuceneType> all() {
        return Stream.of(true, false)
                .flatMap(graph -> Arrays.stream(Codes.values()).map(codes -> new LuceneType(graph, codes)))
                .toList();
    }

    /** The type of a name. */
    static LuceneType named(@Nullable String name) {
        return all().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no type of index is called " + name));
    }

    /** Its name, such as {@code hnsw-int4}. */
    String name() {
        return ((graph ? "hnsw-" : "flat-") + codes).toLowerCase(Locale.ROOT);
    }

    private boolean coded() {
        return codes != Codes.FLOAT;
    }

    /** How an index of it is written, as a part of all vectors. */
    VectorIndex.Parameters parameters(Build build, double part) {
        return new VectorIndex.Parameters(codes.encoding, build.maxConn, build.beamWidth, build.merged, part);
    }

    Map<String, Object> json() {
        Map<String, Object> parameters = new TreeMap<>(Map.of(MERGED, "boolean"));
        Map<String, Object> json = new TreeMap<>(Map.of(
                "name",
                name(),
                "graph",
                graph,
                "coded",
                coded(),
                // The format of float32 cannot be extended.
                "most_dimensions",
                coded() ? Integer.MAX_VALUE : MOST_DIMENSIONS,
                "parameters",
                parameters,
                "most_candidates",
                Grid.MOST_WIDTH));
        if (graph) {
            parameters.put(CONNECTIONS, List.of(2, MOST_CONNECTIONS));
            parameters.put(BEAM, List.of(1, MOST_BEAM));
            json.put("effort", Map.of("name", "k", "least", 1, "most", MOST_K));
        }
        return json;
    }

    private static List<Map<String, Object>> json(Stream<Build> builds) {
        return builds.map(Build::json).toList();
    }

    /** The builds, efforts and candidates that are tried. */
    Map<String, Object> grid(int neighbors) {
        List<Build> builds = new ArrayList<>();
        for (boolean merged : new boolean[] {true, false}) {
            for (int connections : graph ? new int[] {8, 16, 32} : new int[] {0}) {
                for (int beam : graph ? new int[] {100, 200} : new int[] {0}) {
                    builds.add(new Build(connections, beam, merged));
                }
            }
        }
        return Map.of(
                "builds", json(builds.stream()),
                // Lucene's own numbers, and the exact scan.
                "usual", json(coded() ? Stream.of() : Stream.of(graph ? new Build(16, 100, true) : builds.get(0))),
                "larger", json(graph ? Stream.of(new Build(32, 400, true), new Build(64, 400, true)) : Stream.of()),
                "efforts", graph ? Grid.widths(neighbors) : List.of(1),
                "candidates", Grid.multiples(neighbors, codes.oversampling));
    }

    private String format(Build build, int dimension) {
        String encoding = "ScalarEncoding." + codes.encoding;
        String links = build.maxConn + ", " + build.beamWidth;
        if (!coded()) {
            return graph
                    ? "new Lucene99HnswVectorsFormat(" + links + ");\n"
                    : "new Lucene99HnswVectorsFormat(16, 100, 1, null, Integer.MAX_VALUE); // no segment has a graph\n";
        }
        String of = graph
                ? "new Lucene104HnswScalarQuantizedVectorsFormat(" + encoding + ", " + links + ")"
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

    /** The name of Lucene's function for vectors that are of norm 1 for the cosine. */
    static String function(String similarity) {
        return switch (similarity) {
            case "cosine" -> "DOT_PRODUCT";
            case "dot" -> "MAXIMUM_INNER_PRODUCT";
            case "euclidean" -> "EUCLIDEAN";
            default -> throw new IllegalArgumentException("no similarity is called " + similarity);
        };
    }

    private static boolean unit(String similarity) {
        return similarity.equals("cosine");
    }

    /** The lines that make an index. */
    String create(Build build, int dimension, String similarity) {
        boolean unit = unit(similarity);
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
                coded() ? "" : "import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;\n",
                unit ? "import org.apache.lucene.util.VectorUtil;\n" : "",
                coded() ? "import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;\n" : "",
                format(build, dimension),
                unit ? "VectorUtil.l2normalize(vector);\n" : "",
                function(similarity),
                build.merged ? "// After all documents:\nwriter.forceMerge(1);\n" : "");
    }

    /** The lines that filter, and search by an exact scan of the documents that match. */
    static String exactScan(int neighbors, String similarity) {
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
                """, unitTarget(similarity), neighbors, function(similarity));
    }

    private static String unitTarget(String similarity) {
        return unit(similarity) ? "VectorUtil.l2normalize(target);\n" : "";
    }

    /** How it is searched. */
    VectorIndex.Search search(int effort, int candidates) {
        return new VectorIndex.Search(graph ? effort : candidates, candidates);
    }

    /** The lines that search. */
    String search(VectorIndex.Search search, int neighbors, String similarity) {
        String unit = unitTarget(similarity);
        if (!coded() || search.candidates() <= neighbors) {
            return String.format(Locale.ROOT, """
                    %sTopDocs found = searcher.search(new KnnFloatVectorQuery("embedding", target, %d), %d);
                    """, unit, search.k(), neighbors);
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
                """, unit, search.k(), search.candidates(), neighbors);
    }
}
