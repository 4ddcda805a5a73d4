package io.github.linfhash.engines.database;

import io.github.linfhash.core.errors.InputException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database with the role of a user: opens connections, and puts failures of the server into sentences. */
public final class Database {
    private static final int CONNECT_SECONDS = 10;

    /** How often a server looks whether its client is still there while it builds an index. */
    private static final String LIVENESS = "-c client_connection_check_interval=5s";

    private static final Set<String> REFUSED = Set.of("28000", "28P01", "08004");
    private static final String NOT_REACHED = "08001";
    private static final Set<String> LOST = Set.of(NOT_REACHED, "08003", "08006", "57P01", "57P02", "57P05");

    private final DatabaseUrl url;
    private final String role;
    private final String options;
    private final Properties properties = new Properties();

    /**
     * A database that is not yet connected to.
     *
     * @param environment the variables PGUSER, PGPASSWORD and PGOPTIONS, which count as with psql
     */
    public Database(DatabaseUrl url, Map<String, String> environment) {
        this.url = url;
        String named = url.user() != null ? url.user() : environment.get("PGUSER");
        this.role = named == null || named.isEmpty() ? System.getProperty("user.name") : named;
        properties.putAll(url.options());
        properties.remove("options");
        properties.setProperty("user", role);
        String password = environment.get("PGPASSWORD");
        if (password != null) {
            properties.setProperty("password", password);
        }
        this.options = url.options().getProperty("options", environment.getOrDefault("PGOPTIONS", ""));
        properties.setProperty("ApplicationName", "linfhash measure");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        // A parameter has the type that the statement gives it, and each search is planned as a literal would be.
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty("prepareThreshold", "0");
    }

    /** Opens a connection; without {@link #LIVENESS} where that is refused, as by PgBouncer, PostgreSQL 13 and servers on Windows. */
    public Connection open() throws SQLException {
        try {
            return open(LIVENESS + " " + options);
        } catch (SQLException e) {
            String said = String.valueOf(e.getMessage());
            if (!said.contains("client_connection_check_interval") && !said.contains("startup parameter")) {
                throw e;
            }
            return open(options);
        }
    }

    private Connection open(String withOptions) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        if (!withOptions.isBlank()) {
            all.setProperty("options", withOptions.strip());
        }
        return DriverManager.getConnection(url.jdbc(role), all);
    }

    /** The role that connections have. */
    public String role() {
        return role;
    }

    /** The host. */
    String host() {
        return url.host();
    }

    /** The database as messages show it. */
    @Override
    public String toString() {
        return url.toString();
    }

    /** Runs a statement without results. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the rows of a query. */
    public static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** The first column of the first row of a query, which has one. */
    public static String value(Connection connection, String sql) throws SQLException {
        return column(connection, sql).get(0);
    }

    /** Whether a failure says that the server has closed the connection, or is not reached any more. */
    public static boolean lost(SQLException failure) {
        return LOST.contains(String.valueOf(failure.getSQLState()));
    }

    /** Whether a server is not reached, or does not yet take connections, as while it starts. */
    static boolean starting(SQLException failure) {
        return NOT_REACHED.equals(failure.getSQLState()) || "57P03".equals(failure.getSQLState());
    }

    /** Whether the server cannot do now what it may do later: it is not reached, ends the session or a statement, or has no room. */
    public static boolean unavailable(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return lost(failure) || state.matches("(40|53|57|58).*|55P03");
    }

    /** Whether a statement was stopped because its time was over. */
    public static boolean timedOut(SQLException failure) {
        return "57014".equals(failure.getSQLState());
    }

    /**
     * Puts a failure into a sentence.
     *
     * @param doing at which step, such as "building an index"
     * @param left a sentence about what is left in the database; empty if nothing is
     */
    public InputException failure(SQLException failure, String doing, String left) {
        String state = String.valueOf(failure.getSQLState());
        String said = message(failure);
        String sentence;
        if (REFUSED.contains(state)) {
            sentence = "--database: the server at " + url.server() + " refuses the role " + role + ": " + said
                    + ". The URL names another role by ?user=ROLE. For a password, " + DatabaseUrl.PASSWORDS;
        } else if (state.equals(NOT_REACHED)) {
            sentence = "--database: expected a PostgreSQL server at " + url.server() + ", found none: " + said;
        } else if (lost(failure)) {
            sentence = "The connection to " + url + " was lost while " + doing + ": " + said;
        } else if (state.equals("42501")) {
            sentence = "The role " + role + " lacks a right for " + doing + " in " + url + ": " + said;
        } else if (state.equals("53100")) {
            sentence = "The server at " + url.server() + " has no space left for " + doing + ": " + said
                    + ". Measure fewer vectors with --max-vectors, or make more room";
        } else {
            sentence = "The server at " + url.server() + " refuses " + doing + ": " + said;
        }
        return new InputException(left.isEmpty() ? sentence : sentence + ". " + left, failure);
    }

    /** The server's message without its severity and without a dot at its end. */
    static String message(SQLException failure) {
        @Nullable String message = failure.getMessage();
        return message == null
                ? failure.toString()
                : message.lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("^[A-Z]+: ", "")
                        .replaceFirst("[.]$", "");
    }
}
