package io.github.linfhash.data.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A web server on this machine that answers each request as the test says, byte for byte. */
final class FaultyServer implements AutoCloseable {
    /**
     * A request to the server.
     *
     * @param target what stands between the method and HTTP's version
     * @param fields the header, names in lower case
     */
    record Request(String target, Map<String, String> fields) {
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** Writes an answer; the connection is closed after it. */
    @FunctionalInterface
    interface Answer {
        void to(Request request, OutputStream out) throws IOException;
    }

    private final ServerSocket socket;
    private final String scheme;
    private final List<Answer> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private FaultyServer(ServerSocketFactory factory, String scheme, Answer... answers) throws IOException {
        this.socket = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.scheme = scheme;
        this.answers = List.of(answers);
        Thread listener = new Thread(this::listen, "faulty server");
        listener.setDaemon(true);
        listener.start();
    }

    /** A server that gives these answers one after another, and the last of them from then on. */
    static FaultyServer answering(Answer... answers) throws IOException {
        return new FaultyServer(ServerSocketFactory.getDefault(), "http", answers);
    }

    /** A server that gives these answers over TLS. */
    static FaultyServer secure(ServerSocketFactory tls, Answer... answers) throws IOException {
        return new FaultyServer(tls, "https", answers);
    }

    URI at(String path) {
        return URI.create(scheme + "://localhost:" + port() + path);
    }

    int port() {
        return socket.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread speaker = new Thread(() -> serve(connection), "faulty answer");
                speaker.setDaemon(true);
                speaker.start();
            } catch (IOException e) {
                // Closed, at the test's end.
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            if (first == null) {
                return;
            }
            Map<String, String> fields = new HashMap<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                int colon = line.indexOf(':');
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            Request request = new Request(first.split(" ", -1)[1], fields);
            int index;
            synchronized (requests) {
                index = Math.min(requests.size(), answers.size() - 1);
                requests.add(request);
            }
            answers.get(index).to(request, connection.getOutputStream());
        } catch (IOException e) {
            // The client went away, as it may.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
