package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.engines.database.Checks;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.VectorTables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL with pgvector, in a schema of our own. */
public final class PgvectorEngine implements Engine {
    private static final String ITEMS = "items";
    private static final String PART = "rung";
    private static final int VALID_SECONDS = 5;

    private final Database database;
    private final String schema;
    private final Connection main;
    private final Checks.Versions versions;
    private Measurer.@Nullable Request loaded;
    private List<FilterGroups.Column> columns = List.of();

    /**
     * An engine without vectors.
     *
     * @param schema that is empty
     * @param main the connection that made it
     */
    public PgvectorEngine(Database database, String schema, Connection main, Checks.Versions versions) {
        this.database = database;
        this.schema = schema;
        this.main = main;
        this.versions = versions;
    }

    private Measurer.Request request() {
        return Objects.requireNonNull(loaded);
    }

    @Override
    public Measurement.Server server() {
        return new Measurement.Server(
                Measurement.Name.PGVECTOR,
                "PostgreSQL " + versions.postgresql() + " with pgvector " + versions.pgvector(),
                Map.of("postgresql", versions.postgresql(), "pgvector", versions.pgvector()));
    }

    /** Fills the table of the vectors, with memory for the largest build. */
    @Override
    public void load(Measurer.Request request, @Nullable FilterGroups groups) throws SQLException, IOException {
        loaded = request;
        new Checks(database, main).raiseBuildMemory(request.buildMemory());
        columns = groups == null ? List.of() : groups.columns();
        Database.execute(
                main,
                "CREATE TABLE " + schema + "." + ITEMS + " (id bigint, embedding vector("
                        + request.database().dimension() + ")"
                        + columns.stream()
                                .map(column -> ", " + column.name() + " int")
                                .collect(Collectors.joining())
                        + ")");
        VectorTables.fill(
                main,
                schema + "." + ITEMS,
                request.database(),
                columns.stream().map(FilterGroups.Column::ofRows).toList());
        Database.execute(main, "ALTER TABLE " + schema + "." + ITEMS + " ADD PRIMARY KEY (id)");
        Database.execute(main, "ANALYZE " + schema + "." + ITEMS);
        if (centered()) {
            Database.execute(main, codes(Kind.CENTERED_BIT, ITEMS).prepare());
        }
    }

    private boolean centered() {
        return request().types().stream().anyMatch(type -> kind(type) == Kind.CENTERED_BIT);
    }

    private static Kind kind(IndexSpec.Type type) {
        return ((PgvectorIndex.Type) type).kind();
    }

    private PgvectorCodes codes(Kind kind, String name) {
        return new PgvectorCodes(
                kind,
                new SqlNames(schema + "." + name, "embedding", "id"),
                request().database().dimension(),
                request().similarity());
    }

    @Override
    public PgvectorTable all(IndexSpec.Type type) {
        return new PgvectorTable(
                database, main, codes(kind(type), ITEMS), request().database().rows(), false);
    }

    @Override
    public void makePart(int rows) throws SQLException {
        dropPart();
        Database.execute(
                main,
                "CREATE TABLE " + schema + "." + PART + " AS SELECT * FROM " + schema + "." + ITEMS + " WHERE id < "
                        + rows);
        Database.execute(main, "ANALYZE " + schema + "." + PART);
        if (centered()) {
            Database.execute(main, codes(Kind.CENTERED_BIT, PART).prepare());
        }
    }

    @Override
    public PgvectorTable part(IndexSpec.Type type, int rows) {
        return new PgvectorTable(database, main, codes(kind(type), PART), rows, true);
    }

    @Override
    public void dropPart() throws SQLException {
        Database.execute(main, "DROP TABLE IF EXISTS " + schema + "." + PART);
        Database.execute(main, codes(Kind.CENTERED_BIT, PART).removePrepared());
    }

    @Override
    public boolean works() {
        try {
            return main.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            throw new IllegalStateException("a number of seconds is refused", e);
        }
    }

    @Override
    public void filters(Filters filters, List<Setting> settings, Consumer<String> doing)
            throws SQLException, IOException {
        PgvectorFilters ofPgvector = new PgvectorFilters(main, filters);
        for (Setting setting : settings) {
            doing.accept("measuring filters with " + setting.index().type());
            measure(ofPgvector, setting);
        }
        doing.accept("measuring exact scans with filters");
        ofPgvector.measureExact(all(new PgvectorIndex.Type(PgvectorIndex.Method.HNSW, Kind.VECTOR)));
    }

    private void measure(PgvectorFilters filters, Setting setting) throws SQLException, IOException {
        PgvectorTable table = all(setting.index().type());
        double most = Math.max(request().seconds(), 1);
        try {
            if (table.build(setting.index(), most).isEmpty()) {
                filters.filters().leaveOut(Filters.stopped(setting, most));
                return;
            }
            boolean graph = setting.index().type().graph();
            filters.measure(
                    table,
                    setting,
                    graph ? List.of("off", "strict_order", "relaxed_order") : List.of("off", "relaxed_order"));
            if (graph) {
                table.dropIndex();
                filters.measurePartial(table, setting, most);
            }
        } finally {
            table.dropIndex();
        }
    }
}
