package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.quantizers.engine.Engine;
import io.github.linfhash.quantizers.engine.EnginePaste;
import io.github.linfhash.quantizers.engine.Offer;
import io.github.linfhash.quantizers.engine.SqlNames;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The search engine that advice is for, and the names that its user has there. */
final class EngineOptions {
    @Option(
            names = "--engine",
            paramLabel = "E",
            description = "Measure what pgvector, lucene or faiss can do, and show what to paste.")
    private @Nullable Engine engine;

    @Option(names = "--table", paramLabel = "T", description = "Your table in PostgreSQL (default: items).")
    private @Nullable String table;

    @Option(names = "--column", paramLabel = "C", description = "Its column of vectors (default: embedding).")
    private @Nullable String column;

    boolean given() {
        return engine != null;
    }

    /** Checks what can be checked before anything is read. */
    void check() {
        if (engine != Engine.PGVECTOR && (table != null || column != null)) {
            throw new InputException((table != null ? "--table" : "--column") + " requires --engine pgvector");
        }
        paste();
    }

    /** What the engine offers; nothing without one. */
    List<Offer<?>> offers() {
        return engine == null ? List.of() : engine.offers();
    }

    /** The oversamplings with no more candidates than the engine can find. */
    List<Integer> within(List<Integer> oversamplings, int neighbors) {
        if (engine == null) {
            return oversamplings;
        }
        int most = engine.mostCandidates();
        return oversamplings.stream()
                .filter(factor -> (long) factor * neighbors <= most)
                .toList();
    }

    /** What to paste; null without an engine. */
    @Nullable EnginePaste paste() {
        return engine == null
                ? null
                : new EnginePaste(
                        engine, new SqlNames(table == null ? "items" : table, column == null ? "embedding" : column));
    }
}
