package io.github.linfhash.engines.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences about failures, and connections to a server that speaks just enough of PostgreSQL's protocol to refuse them. */
class DatabaseTest {
    private static final int SSL = 80877103;
    private static final int GSS = 80877104;

    /** Refuses a start with a state and a message, which are chosen by the start's parameters. */
    private static final class Refusing implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final List<String> starts = new CopyOnWriteArrayList<>();
        private final String ofOption;

        Refusing(String ofOption) throws IOException {
            this.ofOption = ofOption;
            Thread thread = new Thread(this::serve, "refusing server");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    refuse(client);
                } catch (IOException e) {
                    // The test is over, or the client has gone.
                    continue;
                }
            }
        }

        private void refuse(Socket client) throws IOException {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                byte[] start = new byte[in.readInt() - Integer.BYTES];
                in.readFully(start);
                int code = new DataInputStream(new java.io.ByteArrayInputStream(start)).readInt();
                if (code == SSL || code == GSS) {
                    out.writeByte('N');
                    continue;
                }
                String parameters = new String(start, StandardCharsets.UTF_8);
                starts.add(parameters);
                String said = parameters.contains("client_connection_check_interval")
                        ? ofOption
                        : "C08P01\0Mno such database: app\0";
                byte[] error = ("SFATAL\0VFATAL\0" + said + "\0").getBytes(StandardCharsets.UTF_8);
                out.writeByte('E');
                out.writeInt(error.length + Integer.BYTES);
                out.write(error);
                out.flush();
                return;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static Database database(int port) {
        return new Database(
                DatabaseUrl.parse("postgresql://127.0.0.1:" + port + "/app?user=me"),
                Map.of("PGOPTIONS", "-c maintenance_work_mem=1GB"));
    }

    /** As PgBouncer, PostgreSQL 13 and a server on Windows refuse the option. The second answer is the server's own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08P01|unsupported startup parameter in options: client_connection_check_interval",
                "08P01|unsupported startup parameter: options",
                "42704|unrecognized configuration parameter \"client_connection_check_interval\"",
                "22023|invalid value for parameter \"client_connection_check_interval\": 5000"
            })
    void anOptionThatIsRefusedIsLeftOut(String state, String message) throws IOException {
        try (Refusing server = new Refusing("C" + state + "\0M" + message + "\0")) {
            Database database = database(server.socket.getLocalPort());
            assertThatThrownBy(() -> database.open().close()).isInstanceOfSatisfying(SQLException.class, failure -> {
                InputException said = database.failure(failure, "checking the database", "");
                assertThat(said)
                        .hasMessage("The server at 127.0.0.1:" + server.socket.getLocalPort()
                                + " refuses checking the database: no such database: app");
            });
            assertThat(server.starts).hasSize(2);
            assertThat(server.starts.get(0))
                    .contains("client_connection_check_interval=5s", "-c maintenance_work_mem=1GB");
            assertThat(server.starts.get(1))
                    .contains("-c maintenance_work_mem=1GB")
                    .doesNotContain("client_connection_check_interval");
        }
    }

    @Test
    void otherFailuresAreNotTriedTwice() throws IOException {
        try (Refusing server = new Refusing("C53300\0Msorry, too many clients already\0")) {
            Database database = database(server.socket.getLocalPort());
            assertThatThrownBy(() -> database.open().close()).hasMessageContaining("sorry, too many clients already");
            assertThat(server.starts).hasSize(1);
        }
    }

    /** Only states of a connection are a lost one; all others are quoted. */
    @ParameterizedTest
    @CsvSource({
        "08003, true",
        "08006, true",
        "57P01, true",
        "57P02, true",
        "08P01, false",
        "08004, false",
        "08000, false",
        "57P03, false",
        "53300, false",
        "57014, false",
        ", false"
    })
    void lostConnectionsAreNamed(String state, boolean lost) {
        SQLException failure = new SQLException("FATAL: something is wrong.", state);
        assertThat(Database.lost(failure)).isEqualTo(lost);
        String said = database(5432).failure(failure, "building an index", "").getMessage();
        if (lost) {
            assertThat(said)
                    .isEqualTo(
                            "The connection to 127.0.0.1:5432/app was lost while building an index: something is wrong");
        } else {
            assertThat(said).doesNotContain("lost").contains("something is wrong");
        }
    }
}
