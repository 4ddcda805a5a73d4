package io.github.linfhash.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL 17 with pgvector for the tests of this process, on a free port of this machine. Classes that use it are
 * {@code @EnabledIf(PostgresServer.INSTALLED)}.
 */
public final class PostgresServer {
    /** Names {@link #isInstalled}. */
    public static final String INSTALLED = "io.github.linfhash.testing.PostgresServer#isInstalled";

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/17/bin");
    private static final Path EXTENSION = Path.of("/usr/share/postgresql/17/extension/vector.control");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path folder;
    private final int port;
    private final String role = ROOT ? "postgres" : System.getProperty("user.name");

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Whether Debian's packages postgresql-17 and postgresql-17-pgvector are there. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAMS.resolve("initdb")) && Files.exists(EXTENSION);
    }

    /** Returns the server that all tests of this process share; its database postgres has the extension. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** Starts the server when a test first asks for it, and removes it when the process ends. */
    private static final class Shared {
        static final PostgresServer SERVER = started();

        private static PostgresServer started() {
            try {
                PostgresServer server = PostgresServer.start();
                Runtime.getRuntime().addShutdownHook(new Thread(server::remove));
                return server;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static PostgresServer start() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("linfhash-postgres");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PostgresServer server = new PostgresServer(folder, port);
        if (ROOT) {
            // PostgreSQL refuses to run as root.
            exec(folder, List.of("chown", "postgres", folder.toString()));
        }
        server.program(
                "initdb", "-D", "data", "--auth=trust", "--no-sync", "--no-instructions", "-E", "UTF8", "--locale=C");
        server.run();
        server.execute("CREATE EXTENSION vector");
        return server;
    }

    /** Starts the server, again after {@link #stop}. */
    public void run() throws IOException {
        program(
                "pg_ctl",
                "-s",
                "-w",
                "-D",
                "data",
                "-l",
                "log",
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off",
                "start");
    }

    /** Stops the server as a crash does. */
    public void stop() throws IOException {
        program("pg_ctl", "-s", "-D", "data", "-m", "immediate", "stop");
    }

    /** The URL of a database for a role. */
    public String url(String database, String asRole) {
        return "postgresql://127.0.0.1:" + port + "/" + database + "?user=" + asRole;
    }

    /** The URL of the database postgres for its owner. */
    public String url() {
        return url("postgres", role);
    }

    /** A new connection to the database postgres, as its owner. */
    public Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:" + url());
    }

    /** Runs a statement in the database postgres, as its owner. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void program(String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(PROGRAMS.resolve(name).toString());
        command.addAll(List.of(words));
        exec(folder, command);
    }

    private static void exec(Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolveSibling(folder.getFileName() + ".log").toFile())
                .start();
        String log = folder.resolveSibling(folder.getFileName() + ".log").toString();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(Path.of(log)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void remove() {
        try {
            stop();
            exec(folder, List.of("rm", "-rf", folder.toString()));
            Files.delete(folder.resolveSibling(folder.getFileName() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
