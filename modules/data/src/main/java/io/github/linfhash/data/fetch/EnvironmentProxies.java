package io.github.linfhash.data.fetch;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.manifest.WebAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies of the environment: {@code HTTPS_PROXY} and {@code HTTP_PROXY} for addresses of these schemes, {@code
 * ALL_PROXY} for both, in capitals or not, and {@code NO_PROXY} for hosts that are asked directly. Java's own settings
 * ({@code -Dhttps.proxyHost} and the like) count before them.
 */
final class EnvironmentProxies extends ProxySelector {
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
