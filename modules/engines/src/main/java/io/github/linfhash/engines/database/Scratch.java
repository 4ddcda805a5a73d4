package io.github.linfhash.engines.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * A schema of its own that is removed at the end, by Ctrl-C too. Everything that is written is in it.
 *
 * <p>The connection that made the schema holds a lock with its name. A schema whose lock nobody holds was left by a process that was killed.
 */
public final class Scratch {
    /** The start of the names of such schemas. */
    static final String PREFIX = "linfhash_measure_";

    /** How long removing waits for locks, and the end of the process for that. */
    private static final int WAIT_SECONDS = 10;

    private static final int WAIT_MILLIS = 200;

    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{12}");

    private final Database database;
    private final String name;
    private final Connection connection;
    private final Thread atExit;
    private final ReentrantLock removing = new ReentrantLock();
    private volatile boolean interrupted;
    private boolean removed;

    private Scratch(Database database, String name, Connection connection) {
        this.database = database;
        this.name = name;
        this.connection = connection;
        this.atExit = new Thread(this::interrupt, "linfhash-measure-exit");
    }

    /** Creates a schema. */
    public static Scratch create(Database database) throws SQLException {
        String name = PREFIX + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        Connection connection = database.open();
        Scratch scratch = new Scratch(database, name, connection);
        try {
            Database.execute(connection, "SELECT pg_advisory_lock(" + lock(name) + ")");
            scratch.expectExit();
            Database.execute(connection, "CREATE SCHEMA " + name);
            return scratch;
        } catch (SQLException e) {
            scratch.expectNoExit();
            connection.close();
            throw e;
        }
    }

    private static String lock(String schema) {
        return "hashtextextended('" + schema + "', 0)";
    }

    /** The name of the schema. */
    public String name() {
        return name;
    }

    /** The connection that made the schema. */
    public Connection connection() {
        return connection;
    }

    /** Whether the process is about to end, so that failures of statements have no meaning. */
    public boolean interrupted() {
        return interrupted;
    }

    /**
     * Removes the schema: by another connection if its own one was lost. A process that ends meanwhile waits some seconds for that.
     *
     * @return a sentence about what is left, or what had to be removed by another connection; empty if there is nothing to say
     */
    public String remove() {
        removing.lock();
        try {
            return removed || interrupted ? "" : removeOnce();
        } finally {
            removing.unlock();
        }
    }

    private String removeOnce() {
        removed = true;
        String said = "";
        try {
            try (connection) {
                drop(connection, name);
            } catch (SQLException e) {
                if (!Database.lost(e)) {
                    throw e;
                }
                said = removeAnew();
            }
        } catch (SQLException e) {
            said = left(Database.message(e));
        }
        expectNoExit();
        return said;
    }

    private String removeAnew() throws SQLException {
        try (Connection other = reopened()) {
            terminateOwn(other);
            drop(other, name);
            return "The schema " + name + " was removed";
        }
    }

    /** Opens a connection to a server that may just be starting again. */
    private Connection reopened() throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (true) {
            try {
                return database.open();
            } catch (SQLException e) {
                if (!Database.starting(e) || System.nanoTime() > end) {
                    throw e;
                }
                try {
                    Thread.sleep(WAIT_MILLIS);
                } catch (InterruptedException interruption) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    private String left(String reason) {
        return "The schema " + name + " is left (" + reason
                + "): 'linfhash measure --clean' with the same --database removes it";
    }

    private void expectExit() throws SQLException {
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            interrupted = true;
            throw new SQLException("interrupted", e);
        }
    }

    private void expectNoExit() {
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The process ends already: the thread runs, and finds that nothing is left to do.
                interrupted = true;
            }
        }
    }

    /** Removes the schema while another thread may be waiting for a statement, as the process ends. */
    private void interrupt() {
        interrupted = true;
        try {
            if (!removing.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("linfhash: " + left("it is still being removed") + ".");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (!removed) {
                removed = true;
                System.err.println("linfhash: " + removeAnew() + ".");
            }
        } catch (SQLException e) {
            System.err.println("linfhash: " + left(Database.message(e)) + ".");
        } finally {
            removing.unlock();
        }
    }

    /** Ends the connection that holds the schema's lock, and the builds of indexes in it. */
    private void terminateOwn(Connection other) throws SQLException {
        Database.column(
                other,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND ((classid::bigint << 32) | objid::bigint) = " + lock(name));
    }

    private static void drop(Connection connection, String schema) throws SQLException {
        // Another session, such as a backup, may hold a lock for hours.
        Database.execute(connection, "SET statement_timeout = 0; SET lock_timeout = '" + WAIT_SECONDS + "s'");
        Database.execute(connection, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    /**
     * A schema that is there.
     *
     * @param name of it
     * @param size as the server shows it
     * @param inUse whether a process measures in it
     */
    public record Left(String name, String size, boolean inUse) {}

    /** The schemas of this name that the role owns. */
    public static List<Left> all(Connection connection) throws SQLException {
        List<Left> found = new ArrayList<>();
        for (String schema : Database.column(
                connection,
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'linfhash\\_measure\\_%'"
                        + " AND pg_has_role(nspowner, 'USAGE') ORDER BY nspname")) {
            if (NAME.matcher(schema).matches()) {
                String size = Database.value(
                        connection,
                        "SELECT pg_size_pretty(coalesce(sum(pg_total_relation_size(oid)), 0)) FROM pg_class WHERE relkind = 'r'"
                                + " AND relnamespace = '" + schema + "'::regnamespace");
                boolean free = Database.value(connection, "SELECT pg_try_advisory_lock(" + lock(schema) + ")")
                        .equals("t");
                if (free) {
                    Database.execute(connection, "SELECT pg_advisory_unlock(" + lock(schema) + ")");
                }
                found.add(new Left(schema, size, !free));
            }
        }
        return found;
    }

    /** Removes the schemas that killed processes left, and returns all that were there. */
    public static List<Left> clean(Connection connection) throws SQLException {
        List<Left> all = all(connection);
        for (Left one : all) {
            if (!one.inUse()) {
                drop(connection, one.name());
            }
        }
        return all;
    }
}
