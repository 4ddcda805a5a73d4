package io.github.linfhash.engines.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.input.StrictInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A search whose recall is watched.
 *
 * @param names the table, its column and its key
 * @param similarity by which vectors are near
 * @param neighbors k
 * @param settings those of an answer; null for the ones that a session has
 * @param sql a statement with {@code :query} whose first column is the key; null for the search of the settings, or the plain one
 * @param filter the condition of the search, which the exact scan has, too; empty for none
 */
public record WatchedSearch(
        SqlNames names,
        Similarity similarity,
        int neighbors,
        @Nullable Settings settings,
        @Nullable String sql,
        String filter) {
    private static final int MOST = 1_000;
    private static final int MOST_LISTS = 32_768;
    private static final int LARGEST_FILE = 1 << 24;

    /**
     * How an index is searched.
     *
     * @param method {@code hnsw} or {@code ivfflat}
     * @param codes that it is built over
     * @param effort {@code hnsw.ef_search} or {@code ivfflat.probes}
     * @param candidates how many rows are rescored
     */
    public record Settings(String method, PgvectorCodes codes, int effort, int candidates) {}

    /**
     * An answer of 'linfhash measure', without its statements: no statement of a file is run.
     *
     * @param target the recall that it reached
     * @param search its search
     */
    public record Answer(double target, WatchedSearch search) {}

    /**
     * Reads an answer.
     *
     * @param target of the answer; null for the first one that reached its target
     * @throws InputException if the file has no such answer
     */
    public static Answer answer(Path file, @Nullable Double target, SqlNames names, String filter) {
        JsonNode json;
        try (StrictInput in = StrictInput.open(file)) {
            json = StrictReader.tree(file.toString(), in.readRest(LARGEST_FILE));
        }
        if (!json.path("schema").asText().equals("linfhash-measure/1")
                || !json.path("engine").asText().equals("pgvector")) {
            throw new InputException("--answer: expected measure.json of pgvector in " + file + ", found another file");
        }
        for (JsonNode answer : json.path("answers")) {
            double reached = answer.path("target").asDouble();
            if (answer.path("reached").asBoolean() && (target == null || target == reached)) {
                Similarity similarity = named(file, json.path("vectors"), "similarity", Similarity.values());
                String type = answer.path("type").asText();
                boolean graph = type.startsWith("hnsw-");
                PgvectorCodes.Kind kind = Stream.of(PgvectorCodes.Kind.values())
                        .filter(one -> type.equals((graph ? "hnsw-" : "ivfflat-")
                                + one.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                        .findFirst()
                        .orElseThrow(() -> missing(file, "type"));
                int dimension = number(file, json.path("vectors"), "dimension", Short.MAX_VALUE);
                Settings settings = new Settings(
                        graph ? "hnsw" : "ivfflat",
                        new PgvectorCodes(kind, names, dimension, similarity),
                        number(file, answer, graph ? "efSearch" : "probes", graph ? MOST : MOST_LISTS),
                        number(file, answer, "candidates", MOST));
                return new Answer(
                        reached,
                        new WatchedSearch(
                                names, similarity, number(file, json, "neighbors", MOST), settings, null, filter));
            }
        }
        throw new InputException("--answer: expected an answer that reached "
                + (target == null ? "its target" : "the target " + target) + " in " + file + ", found none");
    }

    private static <E extends Enum<E>> E named(Path file, JsonNode json, String name, E[] all) {
        return Stream.of(all)
                .filter(one -> one.name().equalsIgnoreCase(json.path(name).asText()))
                .findFirst()
                .orElseThrow(() -> missing(file, name));
    }

    private static int number(Path file, JsonNode json, String name, int most) {
        JsonNode number = json.path(name);
        if (!number.canConvertToInt() || number.asInt() < 1 || number.asInt() > most) {
            throw missing(file, name);
        }
        return number.asInt();
    }

    private static InputException missing(Path file, String name) {
        return new InputException("--answer: expected '" + name + "' in " + file + ", found none that is right");
    }

    /** The statements of a transaction that searches as the settings say. */
    List<String> session() {
        return settings == null
                ? List.of()
                : List.of(
                        effort(settings.method, settings.effort),
                        "SET LOCAL " + settings.method + ".iterative_scan = relaxed_order");
    }

    static String effortName(String method) {
        return method + (method.equals("hnsw") ? ".ef_search" : ".probes");
    }

    static String effort(String method, int effort) {
        return "SET LOCAL " + effortName(method) + " = " + effort;
    }

    /** Whether codes are searched, whose loss can be told apart. */
    boolean coded() {
        return settings != null && settings.codes.kind() != PgvectorCodes.Kind.VECTOR;
    }

    /** The condition with WHERE; empty for none. */
    String where() {
        return filter.isEmpty() ? "" : " WHERE (" + SqlText.bound(filter, "") + ")";
    }

    /** The distance of the rows' vectors to a query; the vectors of both are float32. */
    String exact(String vector, String query) {
        return vector + " " + PgvectorCodes.operator(similarity) + " " + query;
    }

    /** The column as {@code vector}. */
    String vector() {
        return names.quotedColumn() + "::vector";
    }

    /** The operator of the distance of codes. */
    String codeOperator() {
        return settings != null && settings.codes.kind().name().endsWith("BIT")
                ? "<~>"
                : PgvectorCodes.operator(similarity);
    }

    /** The search, with a parameter for each place of the query: keys if it is a user's, else distances of vectors and of codes. */
    String statement(int candidates) {
        if (sql != null) {
            return SqlText.bound(sql, "query");
        }
        String order = settings == null
                ? names.quotedColumn() + " " + PgvectorCodes.operator(similarity) + " ?"
                : settings.codes.distance("?::vector");
        return "SELECT " + exact(vector(), "?::vector") + ", " + order + " FROM " + names.quotedTable() + where()
                + " ORDER BY " + order + " LIMIT " + candidates;
    }

    /** All that has to be the same for a watch to go on. */
    public String fingerprint() {
        return String.join(
                "\n",
                names.quotedTable(),
                names.quotedColumn(),
                names.quotedKey(),
                similarity.name(),
                Integer.toString(neighbors),
                filter,
                sql == null ? "" : sql,
                settings == null
                        ? ""
                        : settings.method + " " + settings.codes.kind() + " " + settings.effort + " "
                                + settings.candidates);
    }
}
