package io.github.linfhash.lucene;

import io.github.linfhash.engines.lucene.LuceneCall;
import io.github.linfhash.engines.lucene.LuceneProcess;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/** The process that {@code linfhash measure --engine lucene} starts: answers a {@link LuceneCall} after the other. */
public final class LuceneWorker implements AutoCloseable {
    /** The most searches before those that are timed, as a JVM compiles what runs often. */
    private static final int WARM_UP = 200;

    private static final double WARM_UP_NANOS = 1e9;

    /** The most characters of a message: in UTF-8, writeUTF takes 65,535 bytes. */
    private static final int LONGEST = 20_000;

    private final Path folder;
    private final DataInputStream in;
    private final DataOutputStream out;
    private @Nullable RawVectors vectors;
    private Map<String, int[]> columns = Map.of();
    private VectorSimilarityFunction function = VectorSimilarityFunction.DOT_PRODUCT;
    private @Nullable VectorIndex index;
    private boolean warm;

    LuceneWorker(Path folder, InputStream in, OutputStream out) {
        this.folder = folder;
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    /**
     * Answers calls until standard input ends.
     *
     * @param arguments a folder for indexes, and the number of the process that calls: if that dies, the folder is removed
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        ProcessHandle caller = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
        CompletableFuture<Void> unused = caller.onExit().thenRun(() -> {
            try {
                LuceneProcess.remove(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                Runtime.getRuntime().halt(1);
            }
        });
        OutputStream answers = System.out;
        // Nothing but answers goes there.
        System.setOut(System.err);
        try (LuceneWorker worker = new LuceneWorker(folder, System.in, answers)) {
            worker.serve();
        }
        System.exit(0);
    }

    /** Answers calls until there are no more. */
    void serve() throws IOException {
        while (true) {
            String call;
            try {
                call = in.readUTF();
            } catch (EOFException e) {
                return;
            }
            try {
                answer(LuceneCall.valueOf(call));
            } catch (IOException | RuntimeException | Error e) {
                out.writeByte(LuceneCall.FAILED);
                String said = e.toString();
                out.writeUTF(said.substring(0, Math.min(said.length(), LONGEST)));
            }
            out.flush();
        }
    }

    private void answer(LuceneCall call) throws IOException {
        switch (call) {
            case VERSIONS -> {
                out.writeByte(LuceneCall.DONE);
                out.writeUTF(Version.LATEST.toString());
                out.writeUTF(Integer.toString(Runtime.version().feature()));
                out.writeBoolean(
                        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
            }
            case LOAD -> {
                vectors = new RawVectors(Path.of(in.readUTF()), in.readInt(), in.readInt());
                String named = in.readUTF();
                columns = new TreeMap<>();
                for (int left = in.readInt(); left > 0; left--) {
                    columns.put(in.readUTF(), LuceneCall.readRows(in)[0]);
                }
                function = VectorSimilarityFunction.valueOf(named);
                out.writeByte(LuceneCall.DONE);
            }
            case BUILD -> build();
            case DROP -> {
                drop();
                out.writeByte(LuceneCall.DONE);
            }
            case CANDIDATES -> {
                VectorIndex.Search search = search();
                boolean scan = in.readBoolean();
                float[][] queries = queries();
                int[][] rows = new int[queries.length][];
                for (int q = 0; q < rows.length; q++) {
                    rows[q] = scan
                            ? index().scan(queries[q], search.candidates())
                            : index().candidates(queries[q], search);
                }
                out.writeByte(LuceneCall.DONE);
                LuceneCall.writeRows(out, rows);
            }
            case SEARCH -> searches();
            case FILTERED -> filtered();
            case CLIENTS -> {
                VectorIndex.Search search = search();
                int neighbors = in.readInt();
                int clients = in.readInt();
                double seconds = in.readDouble();
                double perSecond = index().perSecond(queries(), search, neighbors, clients, seconds);
                out.writeByte(LuceneCall.DONE);
                out.writeDouble(perSecond);
            }
        }
    }

    private void build() throws IOException {
        int rows = in.readInt();
        VectorIndex.Parameters parameters =
                new VectorIndex.Parameters(in.readUTF(), in.readInt(), in.readInt(), in.readBoolean(), in.readDouble());
        drop();
        long start = System.nanoTime();
        VectorIndex built = new VectorIndex(
                FSDirectory.open(folder.resolve("index")),
                Objects.requireNonNull(vectors),
                columns,
                rows,
                function,
                parameters);
        double seconds = (System.nanoTime() - start) / 1e9;
        index = built;
        warm = false;
        out.writeByte(LuceneCall.DONE);
        out.writeLong(built.bytes());
        out.writeLong(built.allBytes() - built.bytes());
        out.writeDouble(seconds);
    }

    private void searches() throws IOException {
        List<VectorIndex.Search> searches = new ArrayList<>();
        int count = in.readInt();
        for (int s = 0; s < count; s++) {
            searches.add(search());
        }
        int neighbors = in.readInt();
        float[][] queries = queries();
        long start = System.nanoTime();
        for (int q = 0; !warm && q < Math.min(queries.length, WARM_UP); q++) {
            for (VectorIndex.Search search : searches) {
                index().search(queries[q], search, neighbors, null);
            }
            warm = System.nanoTime() - start > WARM_UP_NANOS;
        }
        warm = true;
        List<VectorIndex.Timed> found = index().search(queries, searches, neighbors);
        out.writeByte(LuceneCall.DONE);
        for (VectorIndex.Timed timed : found) {
            write(timed);
        }
    }

    private void write(VectorIndex.Timed timed) throws IOException {
        LuceneCall.writeRows(out, timed.rows());
        for (double millis : timed.millis()) {
            out.writeDouble(millis);
        }
    }

    private void filtered() throws IOException {
        VectorIndex.Search search = search();
        int neighbors = in.readInt();
        String column = in.readUTF();
        int[] values = LuceneCall.readRows(in)[0];
        float[][] queries = queries();
        // Each selectivity has searches of its own kind.
        long start = System.nanoTime();
        for (int q = 0; q < WARM_UP && System.nanoTime() - start < WARM_UP_NANOS; q++) {
            int query = q % queries.length;
            index().search(queries[query], search, neighbors, VectorIndex.filter(column, values[query]));
        }
        VectorIndex.Timed timed = index().search(queries, search, neighbors, column, values);
        out.writeByte(LuceneCall.DONE);
        write(timed);
    }

    private VectorIndex index() {
        return Objects.requireNonNull(index, "no index");
    }

    private VectorIndex.Search search() throws IOException {
        return new VectorIndex.Search(in.readInt(), in.readInt());
    }

    private float[][] queries() throws IOException {
        return LuceneCall.readVectors(in, Objects.requireNonNull(vectors).dimension());
    }

    private void drop() throws IOException {
        if (index != null) {
            index.close();
            index = null;
        }
    }

    @Override
    public void close() throws IOException {
        drop();
        out.close();
    }
}
