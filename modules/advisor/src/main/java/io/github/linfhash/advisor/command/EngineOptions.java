package io.github.linfhash.advisor.command;

import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.advisor.export.EngineSnippet;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The search engine that advice is for, and the names that its user has there. */
final class EngineOptions {
    @Option(
            names = "--engine",
            paramLabel = "E",
            completionCandidates = Names.class,
            description = "Measure what an engine can do, and show what to paste: ${COMPLETION-CANDIDATES}.")
    private @Nullable Engine engine;

    @Option(names = "--table", paramLabel = "T", description = "Your table in PostgreSQL (default: items).")
    private @Nullable String table;

    @Option(names = "--column", paramLabel = "C", description = "Its column of vectors (default: embedding).")
    private @Nullable String column;

    @Option(names = "--key-column", paramLabel = "C", description = "Its key (default: id).")
    private @Nullable String key;

    /** The names of the engines. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Engine.values()).map(Engine::toString).iterator();
        }
    }

    /** Returns the engine; null without one. */
    @Nullable Engine engine() {
        return engine;
    }

    /** Checks what can be checked before anything is read. */
    void check() {
        if (engine != Engine.PGVECTOR && (table != null || column != null || key != null)) {
            throw new InputException((table != null ? "--table" : column != null ? "--column" : "--key-column")
                    + " requires --engine pgvector: add it, or leave out the names of your table");
        }
        names();
    }

    /**
     * The sizes that are asked of the engine; null without an engine.
     *
     * @param chosen the names of its codes that the user chose; empty for all
     */
    EngineSnippet.@Nullable AskedSizes asked(
            List<String> chosen, int dimension, Similarity similarity, List<Integer> bytes) {
        return engine == null
                ? null
                : new EngineSnippet.AskedSizes(
                        engine,
                        engine.codes().stream()
                                .filter(code -> chosen.isEmpty() || chosen.contains(code.name()))
                                .toList(),
                        dimension,
                        similarity,
                        bytes);
    }

    /**
     * Returns the lines to paste; null without an engine.
     *
     * @param files of codes that {@code linfhash quantize} writes for the engine
     * @param asked the sizes that the user asked for; null without
     */
    @Nullable EngineSnippet paste(QuantizeLine.Files files, EngineSnippet.@Nullable AskedSizes asked) {
        return engine == null
                ? null
                : new EngineSnippet(engine, names(), files, asked == null ? List.of() : asked.notes());
    }

    private SqlNames names() {
        return new SqlNames(
                Objects.requireNonNullElse(table, SqlNames.EXAMPLE.table()),
                Objects.requireNonNullElse(column, SqlNames.EXAMPLE.column()),
                Objects.requireNonNullElse(key, SqlNames.EXAMPLE.key()));
    }
}
