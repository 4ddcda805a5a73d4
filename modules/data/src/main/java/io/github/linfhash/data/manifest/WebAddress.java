package io.github.linfhash.data.manifest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses that files are fetched from. */
public final class WebAddress {
    private WebAddress() {}

    /** An address with http or https, a host, and nobody's name or password; empty if the text is none. */
    public static Optional<URI> of(String text) {
        try {
            return Optional.of(new URI(text)).filter(WebAddress::isOne);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether an address is one with http or https, a host, and nobody's name or password. */
    public static boolean isOne(URI address) {
        boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
        return web && address.getHost() != null && address.getUserInfo() == null;
    }
}
