package io.github.linfhash.engines.pgvector;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.engines.database.Checks;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.Scratch;
import io.github.linfhash.engines.database.VectorTables;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.FilterGroups;
import io.github.linfhash.engines.measure.Filters;
import io.github.linfhash.engines.measure.Grid;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.io.files.FileFailure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL with pgvector, in a schema of our own. */
public final class PgvectorEngine implements Engine {
    /** The name as {@code --engine} has it. */
    public static final String NAME = "pgvector";

    private static final String ITEMS = "items";
    private static final String PART = "rung";
    private static final int VALID_SECONDS = 5;

    private final Database database;
    private final Checks.Versions versions;
    private final Consumer<String> note;
    private @Nullable Scratch scratch;
    private Measurer.@Nullable Request loaded;
    private List<FilterGroups.Column> columns = List.of();

    /**
     * Connects to a server, and checks that indexes can be made there.
     *
     * @param note takes sentences for the user
     * @throws io.github.linfhash.core.errors.InputException if they cannot
     */
    public PgvectorEngine(Database database, Consumer<String> note) {
        this.database = database;
        this.note = note;
        try (Connection connection = database.open()) {
            versions = new Checks(database, connection).requireAble();
            nameLeft(Scratch.all(connection));
        } catch (SQLException e) {
            throw database.failure(e, "checking the database", "");
        }
    }

    private void nameLeft(List<Scratch.Left> all) {
        List<Scratch.Left> left = all.stream().filter(one -> !one.inUse()).toList();
        if (!left.isEmpty()) {
            note.accept(left.stream()
                            .map(one -> one.name() + " (" + one.size() + ")")
                            .collect(Collectors.joining(", "))
                    + (left.size() == 1 ? " is" : " are")
                    + " left of killed processes: 'linfhash measure --clean' with the same --database removes "
                    + (left.size() == 1 ? "it." : "them."));
        }
    }

    private Measurer.Request request() {
        return Objects.requireNonNull(loaded);
    }

    private Scratch scratch() {
        return Objects.requireNonNull(scratch);
    }

    private Connection main() {
        return scratch().connection();
    }

    private void execute(String sql) throws SQLException {
        Database.execute(main(), sql);
    }

    private String table(String name) {
        return scratch().name() + "." + name;
    }

    @Override
    public Server server() {
        return new Server(
                NAME,
                "PostgreSQL " + versions.postgresql() + " with pgvector " + versions.pgvector(),
                Map.of("postgresql", versions.postgresql(), "pgvector", versions.pgvector()),
                "the table without indexes",
                "Searches by an index were made to use it; PostgreSQL may choose another plan. A search that did not use it is named by what"
                        + " it did instead.");
    }

    @Override
    public List<IndexType> types() {
        return PgvectorTypes.all();
    }

    @Override
    public Grid grid(IndexType type, int rows, int dimension, int neighbors) {
        return PgvectorTypes.grid(type, rows, neighbors);
    }

    /** Makes the schema, and fills the table of the vectors, with memory for the largest build. */
    @Override
    public void load(Measurer.Request request, @Nullable FilterGroups groups) throws IOException {
        loaded = request;
        columns = groups == null ? List.of() : groups.columns();
        long memory = buildMemory(request);
        try (Connection connection = database.open()) {
            Checks checks = new Checks(database, connection);
            OptionalLong raised = checks.raisedBuildMemory(memory);
            if (raised.isPresent()) {
                note.accept("The server's maintenance_work_mem is too small for the largest index; this"
                        + " command's session sets " + raised.getAsLong() + " MB.");
            }
            if (!checks.requireDisk(request.disk())) {
                note.accept("The free space of the server cannot be seen; about " + (request.disk() >> 20)
                        + " MB are needed.");
            }
        } catch (SQLException e) {
            throw database.failure(e, "checking the database", "");
        }
        try {
            scratch = Scratch.create(database);
        } catch (SQLException e) {
            throw database.failure(e, "creating a schema", "");
        }
        Sql.io(() -> {
            new Checks(database, main()).raiseBuildMemory(memory);
            fill();
            return true;
        });
    }

    /** The memory that the largest of the builds that are sure to be tried takes, in bytes. */
    private long buildMemory(Measurer.Request request) {
        int rows = request.database().rows();
        int dimension = request.database().dimension();
        return request.types().stream()
                .map(type -> PgvectorTypes.grid(type, rows, request.neighbors()))
                .flatMap(grid -> Stream.concat(grid.builds().stream(), grid.usual().stream()))
                .mapToLong(spec -> PgvectorTypes.buildMemory(spec, rows, dimension))
                .max()
                .orElse(0);
    }

    /** Fills a table that the server need not write to its log, as it is removed at the end. */
    private void fill() throws SQLException, IOException {
        String items = table(ITEMS);
        execute("CREATE UNLOGGED TABLE " + items + " (id bigint, embedding vector("
                + request().database().dimension() + ")"
                + columns.stream().map(column -> ", " + column.name() + " int").collect(Collectors.joining())
                + ")");
        VectorTables.fill(
                main(),
                items,
                request().database(),
                columns.stream().map(FilterGroups.Column::ofRows).toList());
        execute("ALTER TABLE " + items + " ADD PRIMARY KEY (id)");
        execute("ANALYZE " + items);
        if (centered()) {
            execute(codes(Kind.CENTERED_BIT, ITEMS).prepare());
        }
    }

    private boolean centered() {
        return request().types().stream().anyMatch(type -> PgvectorTypes.kind(type) == Kind.CENTERED_BIT);
    }

    private PgvectorCodes codes(Kind kind, String name) {
        return new PgvectorCodes(
                kind,
                new SqlNames(table(name), "embedding", "id"),
                request().database().dimension(),
                request().similarity());
    }

    private PgvectorCollection collection(IndexType type, String name, int rows) {
        return new PgvectorCollection(
                database,
                main(),
                codes(PgvectorTypes.kind(type), name),
                rows,
                request().database().rows());
    }

    @Override
    public PgvectorCollection all(IndexType type) {
        return collection(type, ITEMS, request().database().rows());
    }

    @Override
    public void makePart(int rows) throws IOException {
        dropPart();
        Sql.io(() -> {
            execute("CREATE UNLOGGED TABLE " + table(PART) + " AS SELECT * FROM " + table(ITEMS) + " WHERE id < "
                    + rows);
            execute("ANALYZE " + table(PART));
            if (centered()) {
                execute(codes(Kind.CENTERED_BIT, PART).prepare());
            }
            return true;
        });
    }

    @Override
    public PgvectorCollection part(IndexType type, int rows) {
        return collection(type, PART, rows);
    }

    @Override
    public void dropPart() throws IOException {
        Sql.io(() -> {
            execute("DROP TABLE IF EXISTS " + table(PART));
            execute(codes(Kind.CENTERED_BIT, PART).removePrepared());
            return true;
        });
    }

    @Override
    public boolean recovers() throws IOException {
        return scratch != null && Sql.io(() -> main().isValid(VALID_SECONDS));
    }

    @Override
    public boolean interrupted() {
        return scratch != null && scratch.interrupted();
    }

    @Override
    public boolean hasFilters() {
        return true;
    }

    @Override
    public void filters(Filters filters, List<OperatingPoint> points, Consumer<String> doing) throws IOException {
        PgvectorFilters ofPgvector = new PgvectorFilters(main(), filters);
        Sql.io(() -> {
            for (OperatingPoint point : points) {
                doing.accept("measuring filters with " + point.index().type());
                measure(ofPgvector, point);
            }
            doing.accept("measuring exact scans with filters");
            ofPgvector.measureExact(all(PgvectorTypes.graphOfVectors()));
            return true;
        });
    }

    private void measure(PgvectorFilters filters, OperatingPoint point) throws SQLException, IOException {
        PgvectorCollection table = all(point.index().type());
        double most = Math.max(request().seconds(), 1);
        try {
            if (table.build(point.index(), most).isEmpty()) {
                filters.filters().leaveOut(Filters.stopped(point, most));
                return;
            }
            boolean graph = point.index().type().graph();
            filters.measure(
                    table,
                    point,
                    graph ? List.of("off", "strict_order", "relaxed_order") : List.of("off", "relaxed_order"));
            if (graph) {
                table.dropIndex();
                filters.measurePartial(table, point, most);
            }
        } finally {
            table.dropIndex();
        }
    }

    @Override
    public Snippet snippet(OperatingPoint point, Measurement.Vectors vectors) {
        return PgvectorTypes.snippet(point, vectors);
    }

    @Override
    public String exactScan(Measurement.Vectors vectors) {
        return PgvectorTypes.exactScan(vectors);
    }

    @Override
    public String sentence(IOException failure, String doing) {
        return failure.getCause() instanceof SQLException reason
                ? String.valueOf(database.failure(reason, doing, "").getMessage())
                : FileFailure.reason(failure);
    }

    @Override
    public String remove() {
        return scratch == null ? "" : scratch.remove();
    }
}
