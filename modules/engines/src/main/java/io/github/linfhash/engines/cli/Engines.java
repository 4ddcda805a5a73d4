package io.github.linfhash.engines.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.DatabaseUrl;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.pgvector.PgvectorEngine;
import io.github.linfhash.engines.process.LuceneJava;
import io.github.linfhash.engines.process.ProcessEngine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engines that {@code --engine} names. */
final class Engines {
    /** The engines that are scripts of this program: each has a folder beside linfhash_engine.py. */
    private static final List<String> IN_PYTHON = List.of("faiss", "redis", "sqlite-vec");

    private static final String LUCENE = "lucene";
    private static final String SCRIPT = ".py";

    private Engines() {}

    /**
     * Returns the name of an engine in lower case, or the path of a script.
     *
     * @throws InputException if it is neither
     */
    static String named(String option) {
        String name = option.toLowerCase(Locale.ROOT);
        if (option.endsWith(SCRIPT)) {
            return option;
        }
        if (!all().toList().contains(name)) {
            throw new InputException("--engine: expected " + all().collect(Collectors.joining(", "))
                    + " or the path of a script that ends in " + SCRIPT + ", found '" + option + "'");
        }
        return name;
    }

    private static Stream<String> all() {
        return Stream.concat(Stream.of(PgvectorEngine.NAME, LUCENE), IN_PYTHON.stream());
    }

    /** Returns the program of this project that an engine needs and that is not there; empty if there is none. */
    static String missingProgram(String name) {
        return name.equalsIgnoreCase(LUCENE) && !LuceneJava.isInstalled() ? LUCENE : "";
    }

    /** Whether an engine searches in a database, or a script may. */
    static boolean takesDatabase(String name) {
        return !name.equals(LUCENE) && !name.equals("faiss");
    }

    /** Whether an engine has a database of its own, whose tables it can clean. */
    static boolean hasTables(String name) {
        return name.equals(PgvectorEngine.NAME);
    }

    /**
     * Opens an engine.
     *
     * @param name that {@link #named} returned
     * @param database the URL; null for none
     * @param note takes sentences for the user
     * @throws InputException if it is not there, or cannot make indexes
     */
    static Engine open(String name, @Nullable String database, Consumer<String> note) throws IOException {
        if (name.equals(PgvectorEngine.NAME)) {
            return new PgvectorEngine(database(database, "--engine " + name), note);
        }
        return process(name, database);
    }

    /**
     * Starts an engine in a process of its own.
     *
     * @throws InputException if it has none, or cannot be started
     */
    static ProcessEngine process(String name, @Nullable String database) throws IOException {
        if (hasTables(name)) {
            throw new InputException("--selftest: expected an engine in a process of its own, found " + name);
        }
        return name.equals(LUCENE) ? ProcessEngine.lucene() : ProcessEngine.python(name, database);
    }

    /**
     * Returns the database of a URL.
     *
     * @throws InputException if there is none
     */
    static Database database(@Nullable String url, String reason) {
        if (url == null) {
            throw new InputException(reason + " requires --database: add its URL, such as postgresql://user@host/name");
        }
        return new Database(DatabaseUrl.parse(url), System.getenv());
    }
}
