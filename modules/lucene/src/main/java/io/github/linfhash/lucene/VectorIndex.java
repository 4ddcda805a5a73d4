package io.github.linfhash.lucene;

import io.github.linfhash.core.features.FeatureMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.DoubleValuesSourceRescorer;
import org.apache.lucene.search.FullPrecisionFloatVectorSimilarityValuesSource;
import org.apache.lucene.search.HitQueue;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/** An index of vectors, and searches in it as a user's program does them. */
final class VectorIndex implements AutoCloseable {
    private static final String FIELD = "embedding";
    private static final String ID = "id";

    /** The file of the vectors at full precision, which searches by codes do not need in memory. */
    private static final String FULL_PRECISION = "vec";

    private static final double NANOS_OF_MILLI = 1e6;
    private static final double NANOS_OF_SECOND = 1e9;

    private final Directory directory;
    private final DirectoryReader reader;
    private final boolean coded;
    private final VectorSimilarityFunction function;

    /** The row of each document. */
    private final int[] rows;

    private final IndexSearcher searcher;

    /**
     * How an index is built.
     *
     * @param encoding name of the codes; empty for float32
     * @param maxConn links of a node; 0 for no graph
     * @param beamWidth candidates for links
     * @param merged whether segments are merged into one
     * @param part of all vectors that it has, by which the writer's buffer is scaled, so that there are as many segments
     */
    record Parameters(String encoding, int maxConn, int beamWidth, boolean merged, double part) {}

    /**
     * How it is searched.
     *
     * @param k how many documents the query asks for; 0 for an exact scan of the documents that match a filter
     * @param candidates how many of them are rescored by their vectors, if there are codes and these are more than the neighbors
     */
    record Search(int k, int candidates) {}

    /**
     * Builds an index.
     *
     * @param directory whose index is replaced
     * @param columns values of the rows, by the names of fields that filters ask for
     * @param count how many of the vectors
     */
    VectorIndex(
            Directory directory,
            FeatureMatrix vectors,
            Map<String, int[]> columns,
            int count,
            VectorSimilarityFunction function,
            Parameters parameters)
            throws IOException {
        this.directory = directory;
        this.coded = !parameters.encoding.isEmpty();
        this.function = function;
        KnnVectorsFormat format =
                VectorFormats.of(parameters.encoding, parameters.maxConn, parameters.beamWidth, vectors.dimension());
        IndexWriterConfig config = new IndexWriterConfig()
                // A build that was stopped may have left files.
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
                .setRAMBufferSizeMB(IndexWriterConfig.DEFAULT_RAM_BUFFER_SIZE_MB * parameters.part)
                .setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return format;
                    }
                });
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int next = 0; next < count; next++) {
                int row = next;
                float[] vector = new float[vectors.dimension()];
                vectors.copyRow(row, vector);
                Document document = new Document();
                document.add(new KnnFloatVectorField(FIELD, vector, function));
                document.add(new NumericDocValuesField(ID, row));
                columns.forEach((name, values) ->
                        document.add(new StringField(name, Integer.toString(values[row]), Field.Store.NO)));
                writer.addDocument(document);
            }
            if (parameters.merged) {
                writer.forceMerge(1);
            }
        }
        this.reader = DirectoryReader.open(directory);
        this.rows = new int[reader.maxDoc()];
        for (LeafReaderContext leaf : reader.leaves()) {
            NumericDocValues ids = leaf.reader().getNumericDocValues(ID);
            while (ids.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                rows[leaf.docBase + ids.docID()] = (int) ids.longValue();
            }
        }
        this.searcher = new IndexSearcher(reader);
    }

    int segments() {
        return reader.leaves().size();
    }

    /** The bytes of the files that searches need in memory: the graph, and the codes or the vectors. */
    long bytes() throws IOException {
        long bytes = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            KnnVectorsReader vectors = ((CodecReader) leaf.reader()).getVectorReader();
            FieldInfo field =
                    Objects.requireNonNull(leaf.reader().getFieldInfos().fieldInfo(FIELD));
            for (Map.Entry<String, Long> file :
                    vectors.getOffHeapByteSize(field).entrySet()) {
                bytes += coded && file.getKey().equals(FULL_PRECISION) ? 0 : file.getValue();
            }
        }
        return bytes;
    }

    /** The bytes of all files. */
    long allBytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            bytes += directory.fileLength(file);
        }
        return bytes;
    }

    private int[] rows(TopDocs found) {
        return Arrays.stream(found.scoreDocs).mapToInt(one -> rows[one.doc]).toArray();
    }

    /** Returns the rows of candidates in the order of their codes. */
    int[] candidates(float[] query, Search search) throws IOException {
        return rows(searcher.search(new KnnFloatVectorQuery(FIELD, query, search.k), search.candidates));
    }

    /** Returns the rows of the nearest codes, of all that there are. */
    int[] scan(float[] query, int candidates) throws IOException {
        HitQueue nearest = new HitQueue(candidates, false);
        for (LeafReaderContext leaf : reader.leaves()) {
            VectorScorer scorer = leaf.reader().getFloatVectorValues(FIELD).scorer(query);
            DocIdSetIterator documents = scorer.iterator();
            while (documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                nearest.insertWithOverflow(new ScoreDoc(leaf.docBase + documents.docID(), scorer.score()));
            }
        }
        int[] found = new int[nearest.size()];
        for (int i = found.length - 1; i >= 0; i--) {
            found[i] = rows[nearest.pop().doc];
        }
        return found;
    }

    /** The filter for a value of a column. */
    static Query filter(String column, int value) {
        return new TermQuery(new Term(column, Integer.toString(value)));
    }

    /** Searches as the lines to paste do, among the documents that match a filter; null for all. */
    TopDocs search(float[] query, Search search, int neighbors, @Nullable Query filter) throws IOException {
        FullPrecisionFloatVectorSimilarityValuesSource exactly =
                new FullPrecisionFloatVectorSimilarityValuesSource(query, FIELD, function);
        if (search.k == 0) {
            return searcher.search(Objects.requireNonNull(filter), neighbors, new Sort(exactly.getSortField(true)));
        }
        KnnFloatVectorQuery candidates = new KnnFloatVectorQuery(FIELD, query, search.k, filter);
        if (!coded || search.candidates <= neighbors) {
            return searcher.search(candidates, neighbors);
        }
        return new DoubleValuesSourceRescorer(exactly) {
            @Override
            protected float combine(float ofCode, boolean present, double exact) {
                return (float) exact;
            }
        }.rescore(searcher, searcher.search(candidates, search.candidates), neighbors);
    }

    /**
     * Rows that were found, with times.
     *
     * @param rows of each search
     * @param millis of each search
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Timed(int[][] rows, double[] millis) {
        private Timed(int searches) {
            this(new int[searches][], new double[searches]);
        }
    }

    /** Searches with several settings in turns, query by query; what the first of them finds comes first. */
    Timed search(float[][] queries, List<Search> searches, int neighbors) throws IOException {
        Timed timed = new Timed(searches.size() * queries.length);
        for (int q = 0; q < queries.length; q++) {
            for (int s = 0; s < searches.size(); s++) {
                time(timed, s * queries.length + q, queries[q], searches.get(s), neighbors, null);
            }
        }
        return timed;
    }

    private void time(Timed timed, int at, float[] query, Search search, int neighbors, @Nullable Query filter)
            throws IOException {
        long start = System.nanoTime();
        TopDocs found = search(query, search, neighbors, filter);
        timed.millis[at] = (System.nanoTime() - start) / NANOS_OF_MILLI;
        timed.rows[at] = rows(found);
    }

    /** Searches with filters, each query with the value that it asks for. */
    Timed search(float[][] queries, Search search, int neighbors, String column, int[] values) throws IOException {
        Timed timed = new Timed(queries.length);
        for (int q = 0; q < queries.length; q++) {
            time(timed, q, queries[q], search, neighbors, filter(column, values[q]));
        }
        return timed;
    }

    /** Returns how many searches a second several threads do at once. */
    double perSecond(float[][] queries, Search search, int neighbors, int clients, double seconds) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long start = System.nanoTime();
            long end = start + (long) (seconds * NANOS_OF_SECOND);
            List<Future<Integer>> counts = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                int first = c * queries.length / clients;
                counts.add(threads.submit(() -> {
                    int done = 0;
                    while (System.nanoTime() < end) {
                        search(queries[(first + done) % queries.length], search, neighbors, null);
                        done++;
                    }
                    return done;
                }));
            }
            int done = 0;
            for (Future<Integer> count : counts) {
                done += count.get();
            }
            return NANOS_OF_SECOND * done / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        for (String file : directory.listAll()) {
            directory.deleteFile(file);
        }
        directory.close();
    }
}
