package io.github.linfhash.engines.database;

import io.github.linfhash.core.errors.InputException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL database as a user gives it. It never holds a password: a URL is part of the command, which every user of
 * the machine can read.
 *
 * @param host a name or an address
 * @param port of the server
 * @param database its name; null for the name of the role
 * @param user the role; null for the one of the environment
 * @param options further ones, for the driver
 */
public record DatabaseUrl(
        String host,
        int port,
        @Nullable String database,
        @Nullable String user,
        Properties options) {
    /** Where passwords come from, for messages. */
    public static final String PASSWORDS = "set the variable PGPASSWORD or add a line to ~/.pgpass";

    private static final int PORT = 5432;
    private static final int LARGEST_PORT = 65_535;
    private static final String FORM = "postgresql://HOST:PORT/DATABASE?user=ROLE";
    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^/?#]*)@)?(?<host>\\[[0-9a-fA-F:.%]+\\]|[^:/?#@,\\[\\]]*)(?::(?<port>[0-9]{1,5}))?(?:/(?<database>[^/?#]*))?(?:\\?(?<options>[^#]*))?",
            Pattern.CASE_INSENSITIVE);

    /**
     * Reads a URL, in the form of libpq or of JDBC. No message quotes it.
     *
     * @throws InputException if it contains a password or is not right
     */
    public static DatabaseUrl parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new InputException("--database: expected a URL such as " + FORM + ", found another form");
        }
        String user = parts.group("user");
        if (user != null && user.contains(":")) {
            throw password("before the host");
        }
        Properties options = new Properties();
        String query = parts.group("options");
        for (String option : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = decoded(equals < 0 ? option : option.substring(0, equals));
            if (name.toLowerCase(Locale.ROOT).contains("password")) {
                throw password("in the option '" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "?") + "'");
            }
            options.setProperty(name, equals < 0 ? "" : decoded(option.substring(equals + 1)));
        }
        Object named = options.remove("user");
        String port = parts.group("port");
        int number = port == null ? PORT : Integer.parseInt(port);
        if (number < 1 || number > LARGEST_PORT) {
            throw new InputException("--database: expected a port from 1 to " + LARGEST_PORT + ", found " + number);
        }
        String database = parts.group("database");
        return new DatabaseUrl(
                parts.group("host").isEmpty() ? "localhost" : parts.group("host"),
                number,
                database == null || database.isEmpty() ? null : decoded(database),
                user != null && !user.isEmpty() ? decoded(user) : named == null ? null : named.toString(),
                options);
    }

    private static InputException password(String where) {
        return new InputException("--database: expected a URL without a password, found one " + where
                + ". Other users of this machine can read a command: " + PASSWORDS);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "--database: expected a URL such as " + FORM + ", found an incomplete %-sequence", e);
        }
    }

    /** The driver's form, without the role and the options. */
    String jdbc(String role) {
        return "jdbc:postgresql://" + host + ":" + port + "/"
                + URLEncoder.encode(database == null ? role : database, StandardCharsets.UTF_8);
    }

    /** The server, as messages show it. */
    String server() {
        return host + ":" + port;
    }

    /** Nothing but the place: options may hold anything. */
    @Override
    public String toString() {
        return server() + (database == null ? "" : "/" + database);
    }
}
