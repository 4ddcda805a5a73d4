package io.github.linfhash.engines.database;

import com.sun.management.OperatingSystemMXBean;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of a database before anything is built in it. */
public final class Checks {
    private static final int MEBI = 1 << 20;

    /** The share of this machine's memory that a build may take without being told. */
    private static final int OF_MEMORY = 4;

    /** The memory that every server can give to a build. */
    private static final long LEAST_MEMORY = 256L << 20;

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,6}");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Database database;
    private final Connection connection;

    public Checks(Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /**
     * The versions of a server.
     *
     * @param postgresql such as 17.5
     * @param pgvector such as 0.8.0
     */
    public record Versions(String postgresql, String pgvector) {}

    /**
     * Checks that the extension is there, and that the role may create a schema.
     *
     * @throws InputException if not
     */
    public Versions requireAble() throws SQLException {
        List<String> version =
                Database.column(connection, "SELECT extversion FROM pg_extension WHERE extname = 'vector'");
        if (version.isEmpty()) {
            boolean available = !Database.column(
                            connection, "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
                    .isEmpty();
            throw new InputException("--database: expected the extension vector in " + database + ", found none. "
                    + (available
                            ? "Run CREATE EXTENSION vector in this database, as a role that may."
                            : "Install pgvector on the server, then run CREATE EXTENSION vector in this database."));
        }
        if (isBefore(version.get(0), 0, 8)) {
            throw new InputException("--database: expected pgvector 0.8 or newer, found " + version.get(0)
                    + ". Install a newer one, then run ALTER EXTENSION vector UPDATE");
        }
        if (!Database.value(connection, "SELECT has_database_privilege(current_database(), 'CREATE')")
                .equals("t")) {
            String name = Database.value(connection, "SELECT quote_ident(current_database())");
            throw new InputException("--database: expected a role that may create a schema in " + database
                    + ", found " + database.role() + ". As the owner, run GRANT CREATE ON DATABASE " + name + " TO "
                    + Database.value(connection, "SELECT quote_ident(current_user)"));
        }
        return new Versions(Database.value(connection, "SHOW server_version").replaceFirst(" .*", ""), version.get(0));
    }

    /** Whether a version such as 0.7.4 is older than another one, whose numbers are given; one that is none is. */
    public static boolean isBefore(String version, int... other) {
        int[] numbers = VERSION.matcher(version)
                .results()
                .mapToInt(number -> Integer.parseInt(number.group()))
                .toArray();
        return Arrays.compare(numbers, other) < 0;
    }

    private long setting(String name, int unit) throws SQLException {
        return unit
                * Long.parseLong(
                        Database.value(connection, "SELECT setting FROM pg_settings WHERE name = '" + name + "'"));
    }

    /**
     * Returns how much memory a session has to set for the largest build, in MB; empty if the server gives enough.
     *
     * @param needed in bytes
     * @throws InputException if it is more than a session may take without being told: a quarter of the memory of this machine, or of another server,
     *     whose memory cannot be seen, its {@code shared_buffers}, but at least 256 MB
     */
    public OptionalLong raisedBuildMemory(long needed) throws SQLException {
        long has = setting("maintenance_work_mem", 1 << 10);
        if (has >= needed) {
            return OptionalLong.empty();
        }
        boolean here = dataFolder().isPresent();
        long most = here
                ? ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                .getTotalMemorySize()
                        / OF_MEMORY
                : Math.max(LEAST_MEMORY, setting("shared_buffers", 1 << 13));
        long raised = (needed + MEBI - 1) / MEBI;
        if (needed > most) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "maintenance_work_mem is %1$d MB, but the largest index needs %2$d MB to be built in memory. That is more than %3$d MB, %4$s,"
                            + " which a session sets by itself. If the server has more, set it for this command with"
                            + " PGOPTIONS='-c maintenance_work_mem=%2$dMB'; otherwise measure fewer vectors with --max-vectors",
                    has / MEBI,
                    raised,
                    most / MEBI,
                    here ? "a quarter of the memory of this machine" : "the server's shared_buffers or 256 MB"));
        }
        return OptionalLong.of(raised);
    }

    /** Gives the session of a connection the memory that {@link #raisedBuildMemory} returns. */
    public void raiseBuildMemory(long needed) throws SQLException {
        OptionalLong raised = raisedBuildMemory(needed);
        if (raised.isPresent()) {
            Database.execute(connection, "SET maintenance_work_mem = '" + raised.getAsLong() + "MB'");
        }
    }

    /** The folder of the server's files; empty if it is not on this machine, or the role may not ask. */
    private Optional<Path> dataFolder() throws SQLException {
        if (!LOCAL.contains(database.host())
                || !Database.value(connection, "SELECT pg_has_role('pg_read_all_settings', 'USAGE')")
                        .equals("t")) {
            return Optional.empty();
        }
        return Optional.of(Path.of(Database.value(connection, "SHOW data_directory")))
                .filter(Files::exists);
    }

    /**
     * Checks that there is enough space on the disk of the server, where that can be seen.
     *
     * @param needed in bytes
     * @return whether it can be seen: the server is on this machine, and the role may ask where its files are
     * @throws InputException if there is not enough
     */
    public boolean requireDisk(long needed) throws SQLException {
        Optional<Path> data = dataFolder();
        OptionalLong free = data.isPresent() ? AtomicFiles.freeSpace(data.get()) : OptionalLong.empty();
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "expected %d MB of free space for tables and indexes where the server has its files, found %d MB. Measure fewer"
                            + " vectors with --max-vectors, or make more room",
                    needed / MEBI + 1,
                    free.getAsLong() / MEBI));
        }
        return free.isPresent();
    }
}
