package io.github.linfhash.engines.measure;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.engines.lucene.LuceneCall;
import io.github.linfhash.engines.lucene.LuceneProcess;
import io.github.linfhash.quantizers.PreparedVectors;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lucene, in a process of its own that reads the vectors from a file. */
public final class LuceneEngine implements Engine {
    private final LuceneProcess process;
    private final Path vectors;
    private final Measurement.Server server;
    private @Nullable FeatureMatrix database;
    private List<FilterGroups.Column> columns = List.of();
    private double seconds;
    private String function = "";

    /** An engine without vectors. */
    public LuceneEngine(LuceneProcess process) throws IOException {
        this.process = process;
        this.vectors = process.folder().resolve("vectors.f32");
        this.server = process.call(LuceneCall.VERSIONS, to -> {}, from -> {
            String lucene = from.readUTF();
            String java = from.readUTF();
            boolean fast = from.readBoolean();
            return new Measurement.Server(
                    Measurement.Name.LUCENE,
                    "Lucene " + lucene + " on Java " + java
                            + (fast ? " with the Vector API" : " without the Vector API"),
                    Map.of("lucene", lucene, "java", java));
        });
    }

    @Override
    public Measurement.Server server() {
        return server;
    }

    @Override
    public void load(Measurer.Request request, @Nullable FilterGroups groups) throws IOException {
        database = PreparedVectors.of(request.similarity(), request.database(), "vectors");
        columns = groups == null ? List.of() : groups.columns();
        seconds = request.seconds();
        function = LuceneIndex.function(request.similarity());
        write(database);
        load();
    }

    private void write(FeatureMatrix matrix) throws IOException {
        float[] row = new float[matrix.dimension()];
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * matrix.dimension()).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(vectors, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int r = 0; r < matrix.rows(); r++) {
                matrix.copyRow(r, row);
                bytes.clear();
                bytes.asFloatBuffer().put(row);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
        }
    }

    private void load() throws IOException {
        FeatureMatrix matrix = Objects.requireNonNull(database);
        process.call(
                LuceneCall.LOAD,
                to -> {
                    to.writeUTF(vectors.toString());
                    to.writeInt(matrix.rows());
                    to.writeInt(matrix.dimension());
                    to.writeUTF(function);
                    to.writeInt(columns.size());
                    for (FilterGroups.Column column : columns) {
                        to.writeUTF(column.name());
                        LuceneCall.writeRows(to, new int[][] {column.ofRows()});
                    }
                },
                from -> true);
    }

    @Override
    public Rows all(IndexSpec.Type type) {
        return new Rows(Objects.requireNonNull(database).rows());
    }

    /** Does nothing, as an index of the first rows needs no collection of them. */
    @Override
    public void makePart(int rows) {}

    @Override
    public Indexed part(IndexSpec.Type type, int rows) {
        return new Rows(rows);
    }

    @Override
    public void dropPart() {}

    @Override
    public boolean works() {
        return process.works();
    }

    /** Measures the exact scan in the index of the first setting, as any index has the vectors and the fields. */
    @Override
    public void filters(Filters filters, List<Setting> settings, Consumer<String> doing)
            throws IOException, SQLException {
        boolean scanned = false;
        for (Setting setting : settings) {
            doing.accept("measuring filters with " + setting.index().type());
            Rows rows = all(setting.index().type());
            double most = Math.max(seconds, 1);
            if (rows.build(setting.index(), most).isEmpty()) {
                filters.leaveOut(Filters.stopped(setting, most));
                continue;
            }
            try {
                filters.measure(setting.index().type().toString(), null, search(setting, filters.neighbors()));
                if (!scanned) {
                    filters.measure(Filtered.EXACT, null, search(null, filters.neighbors()));
                    scanned = true;
                }
            } finally {
                rows.dropIndex();
            }
        }
    }

    /** Searches with filters with a setting, or for null by an exact scan of the rows that match. */
    private Filters.Search search(@Nullable Setting setting, int neighbors) {
        return (column, asked) -> {
            List<float[]> vectors = new ArrayList<>();
            List<Integer> groups = new ArrayList<>();
            for (Filters.Asked one : asked) {
                for (int q = 0; q < one.queries().size(); q++) {
                    vectors.add(one.queries().vector(q));
                    groups.add(one.group());
                }
            }
            Indexed.Searched all = process.call(
                    LuceneCall.FILTERED,
                    to -> {
                        if (setting == null) {
                            to.writeInt(0);
                            to.writeInt(0);
                        } else {
                            write(to, setting);
                        }
                        to.writeInt(neighbors);
                        to.writeUTF(column.name());
                        LuceneCall.writeRows(to, new int[][] {
                            groups.stream().mapToInt(Integer::intValue).toArray()
                        });
                        LuceneCall.writeVectors(to, vectors.toArray(float[][]::new));
                    },
                    LuceneEngine::searched);
            List<Indexed.Searched> found = new ArrayList<>();
            int from = 0;
            for (Filters.Asked one : asked) {
                int end = from + one.queries().size();
                found.add(new Indexed.Searched(
                        all.lists().subList(from, end), Arrays.copyOfRange(all.millis(), from, end)));
                from = end;
            }
            return new Filters.Found(found, null);
        };
    }

    private static Indexed.Searched searched(DataInputStream from) throws IOException {
        int[][] lists = LuceneCall.readRows(from);
        double[] millis = new double[lists.length];
        for (int q = 0; q < millis.length; q++) {
            millis[q] = from.readDouble();
        }
        return new Indexed.Searched(List.of(lists), millis);
    }

    private static void write(DataOutputStream to, Setting setting) throws IOException {
        to.writeInt(setting.index().type().graph() ? setting.effort() : setting.candidates());
        to.writeInt(setting.candidates());
    }

    private static void write(DataOutputStream to, Queries queries, int from, int end) throws IOException {
        float[][] vectors = new float[end - from][];
        Arrays.setAll(vectors, i -> queries.vector(from + i));
        LuceneCall.writeVectors(to, vectors);
    }

    /** The first rows. */
    private final class Rows implements Indexed {
        private final int rows;

        Rows(int rows) {
            this.rows = rows;
        }

        @Override
        public Optional<Built> build(IndexSpec spec, double seconds) throws IOException {
            LuceneIndex index = (LuceneIndex) spec;
            Optional<Built> built = process.call(
                    LuceneCall.BUILD,
                    to -> {
                        to.writeInt(rows);
                        to.writeUTF(index.type().codes().encoding());
                        to.writeInt(index.maxConn());
                        to.writeInt(index.beamWidth());
                        to.writeBoolean(index.merged());
                        to.writeDouble(index.buffer());
                    },
                    from -> {
                        long indexBytes = from.readLong();
                        long others = from.readLong();
                        return new Built(spec, rows, indexBytes, others, from.readDouble(), true, 0);
                    },
                    seconds);
            if (built.isEmpty()) {
                process.restart();
                load();
            }
            return built;
        }

        @Override
        public void dropIndex() throws IOException {
            process.call(LuceneCall.DROP, to -> {}, from -> true);
        }

        @Override
        public List<int[]> byCode(Setting setting, Queries queries, int count, boolean exact) throws IOException {
            return process.call(
                    LuceneCall.CANDIDATES,
                    to -> {
                        write(to, setting);
                        to.writeBoolean(exact);
                        write(to, queries, 0, count);
                    },
                    from -> List.of(LuceneCall.readRows(from)));
        }

        @Override
        public List<Searched> search(List<Setting> settings, Queries queries, int from, int to, int neighbors)
                throws IOException {
            return process.call(
                    LuceneCall.SEARCH,
                    out -> {
                        out.writeInt(settings.size());
                        for (Setting setting : settings) {
                            write(out, setting);
                        }
                        out.writeInt(neighbors);
                        write(out, queries, from, to);
                    },
                    in -> {
                        List<Searched> found = new ArrayList<>();
                        for (int s = 0; s < settings.size(); s++) {
                            found.add(searched(in));
                        }
                        return found;
                    });
        }

        @Override
        public Measurement.@Nullable Plan plan(Setting setting, Queries queries, int count, int neighbors) {
            return null;
        }

        @Override
        public Throughput perSecond(List<Setting> settings, double[] seconds, Queries queries, int neighbors, int most)
                throws IOException {
            List<Double> perSecond = new ArrayList<>();
            for (int s = 0; s < settings.size(); s++) {
                Setting setting = settings.get(s);
                double time = seconds[s];
                perSecond.add(process.call(
                        LuceneCall.CLIENTS,
                        to -> {
                            write(to, setting);
                            to.writeInt(neighbors);
                            to.writeInt(most);
                            to.writeDouble(time);
                            write(to, queries, 0, queries.size());
                        },
                        DataInputStream::readDouble));
            }
            return new Throughput(perSecond, most);
        }
    }
}
