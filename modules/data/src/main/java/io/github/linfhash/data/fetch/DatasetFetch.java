package io.github.linfhash.data.fetch;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.UnavailableException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.manifest.DatasetFile;
import io.github.linfhash.data.manifest.DatasetFiles;
import io.github.linfhash.data.manifest.DatasetFiles.Recipe;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.data.manifest.FileIdentity;
import io.github.linfhash.data.manifest.WebAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches the files of a data set into a folder where {@code DataLocator} finds them. */
public final class DatasetFetch {
    private static final String SOURCES = "sources";

    /**
     * How patient a download is.
     *
     * @param attempts how often an address is tried without getting further, 1 to 100
     * @param delay before the second attempt; each further delay is twice as long, up to 30 s
     * @param timeout how long a server may take to answer, or to send a kibibyte, at least 1 ms
     */
    public record Options(int attempts, Duration delay, Duration timeout) {
        public Options {
            if (attempts < 1 || attempts > 100 || timeout.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException("expected 1 to 100 attempts and a time of at least 1 ms, found "
                        + attempts + " and " + timeout);
            }
        }
    }

    private final DatasetManifest manifest;
    private final Path folder;
    private final Download download;
    private final Consumer<String> log;

    private DatasetFetch(DatasetManifest manifest, Path folder, Download download, Consumer<String> log) {
        this.manifest = manifest;
        this.folder = folder;
        this.download = download;
        this.log = log;
    }

    /**
     * A fetch that heeds Java's settings of proxies and those of the environment.
     *
     * @param folder where the files are to lie
     * @param environment the environment variables
     * @param log told what happens
     * @throws InputException if the environment names a proxy that cannot be used
     */
    public static DatasetFetch of(
            DatasetManifest manifest,
            Path folder,
            Options options,
            Map<String, String> environment,
            Progress progress,
            Consumer<String> log) {
        ProxySelector proxies = new EnvironmentProxies(environment, ProxySelector.getDefault());
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(proxies)
                .build();
        return new DatasetFetch(manifest, folder, new Download(client, options, progress, log), log);
    }

    /** Whether the folder holds the whole data set already. */
    public boolean isThere() {
        return manifest.files().completeIn(folder);
    }

    /**
     * Fetches what is missing. Files that are there are compared with the manifest, never replaced.
     *
     * @param mirrors folders of the web that are asked before the addresses of the manifest
     * @throws InputException if a file is there but is another one, or nobody offers the files for download; the sentence
     *     then says where people get them
     * @throws UnavailableException if no address gives a file
     * @throws IOException if a file cannot be written
     */
    public void fetch(List<URI> mirrors) throws IOException {
        DatasetFiles files = manifest.files();
        for (DatasetFile file : files.files()) {
            if (Files.exists(folder.resolve(file.path()))) {
                requireSame(file, folder);
            }
        }
        if (isThere()) {
            return;
        }
        if (files.offered().isEmpty()) {
            throw new InputException(
                    manifest.title() + " is not offered for download without a person's doing: expected "
                            + "its files in " + folder + ", found none; " + files.instructions() + " (see "
                            + manifest.origin().homepage() + ")");
        }
        Recipe recipe = files.recipe();
        Path target = recipe == null ? folder : folder.resolve(SOURCES);
        for (DatasetFile file : files.offered()) {
            try {
                fetch(file, target, mirrors);
            } catch (UnavailableException e) {
                throw new UnavailableException(e.getMessage() + "; download it by hand into " + target
                        + " and run the same command again"
                        + (recipe == null
                                ? ", or pass the folder that contains it to 'linfhash run' as --data DIR"
                                : ""));
            }
        }
        if (recipe != null) {
            log.accept("making " + manifest.title() + " from them");
            recipe.make(manifest, target, folder);
            for (DatasetFile file : files.files()) {
                requireSame(file, folder);
            }
        }
    }

    private void fetch(DatasetFile file, Path target, List<URI> mirrors) throws IOException {
        Path path = target.resolve(file.path());
        if (Files.exists(path)) {
            requireSame(file, target);
            log.accept(file.path() + " is there already");
            return;
        }
        List<URI> addresses = new ArrayList<>();
        mirrors.forEach(mirror -> addresses.add(below(mirror, file)));
        file.urls().forEach(url -> addresses.add(URI.create(url)));
        download.fetch(file, addresses, path);
    }

    private static URI below(URI mirror, DatasetFile file) {
        String base = mirror.toString();
        return URI.create(base + (base.endsWith("/") ? "" : "/") + file.path());
    }

    private static void requireSame(DatasetFile file, Path folder) throws IOException {
        Path path = folder.resolve(file.path());
        Optional<String> difference = FileIdentity.difference(file, path);
        if (difference.isPresent() && !FileIdentity.sameContent(file, path)) {
            throw new InputException(path + " is another file: " + difference.get() + "; remove it to fetch it anew");
        }
    }

    /**
     * The proxies of the environment: {@code HTTPS_PROXY} and {@code HTTP_PROXY} for addresses of these schemes, {@code
     * ALL_PROXY} for both, in capitals or not, and {@code NO_PROXY} for hosts that are asked directly. Java's own settings
     * ({@code -Dhttps.proxyHost} and the like) count before them.
     */
    static final class EnvironmentProxies extends ProxySelector {
        private static final int USUAL_PORT = 80;

        private final Map<String, String> environment;
        private final ProxySelector java;

        /**
         * @param environment the environment variables
         * @param java what Java's own settings say
         * @throws InputException if a variable names no proxy that can be used
         */
        EnvironmentProxies(Map<String, String> environment, ProxySelector java) {
            this.environment = Map.copyOf(environment);
            this.java = java;
            proxy("http");
            proxy("https");
        }

        @Override
        public List<Proxy> select(URI address) {
            List<Proxy> own = java.select(address);
            if (own.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT) || isDirect(address.getHost())) {
                return own;
            }
            return proxy(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT))
                    .map(List::of)
                    .orElse(own);
        }

        private Optional<Proxy> proxy(String scheme) {
            String name = scheme + "_proxy";
            String value = variable(name);
            if (value.isEmpty()) {
                name = "all_proxy";
                value = variable(name);
            }
            return value.isEmpty() ? Optional.empty() : Optional.of(parse(name.toUpperCase(Locale.ROOT), value));
        }

        private String variable(String name) {
            String small = environment.getOrDefault(name, "");
            return small.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : small;
        }

        /** The message leaves out the value, which may hold a password. */
        private static Proxy parse(String name, String value) {
            URI address = WebAddress.of(value.contains("://") ? value : "http://" + value)
                    .filter(found -> "http".equals(found.getScheme()))
                    .orElseThrow(
                            () -> new InputException("the environment variable " + name + " names no proxy that can be "
                                    + "used: expected http://HOST:PORT without a user's name, found something else"));
            int port = address.getPort() < 0 ? USUAL_PORT : address.getPort();
            return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
        }

        private boolean isDirect(String host) {
            String asked = host.toLowerCase(Locale.ROOT);
            return Arrays.stream(variable("no_proxy").toLowerCase(Locale.ROOT).split(",", -1))
                    .map(String::strip)
                    .filter(entry -> !entry.isEmpty())
                    .map(entry -> entry.startsWith("*.") ? entry.substring(1) : entry)
                    .anyMatch(entry -> entry.equals("*")
                            || asked.equals(entry)
                            || asked.endsWith(entry.startsWith(".") ? entry : "." + entry));
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
            java.connectFailed(address, proxy, failure);
        }
    }
}
