package io.github.linfhash.data.fetch;

import io.github.linfhash.data.manifest.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;

/** Where a redirection may lead: to http and https alone, and never from https to http. */
final class Redirects {
    /** How many are followed for one request. */
    static final int MOST = 5;

    private Redirects() {}

    /**
     * The next address.
     *
     * @param location the value of the header, relative to {@code from} or absolute
     * @throws RefusedSource if it leads where it may not
     */
    static URI next(URI from, String location) throws RefusedSource {
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw new RefusedSource("redirects to an address that makes no sense");
        }
        if (!WebAddress.isOne(to)) {
            throw new RefusedSource("redirects to something that is no plain web address (" + to.getScheme() + ")");
        }
        if (!"https".equalsIgnoreCase(to.getScheme()) && "https".equalsIgnoreCase(from.getScheme())) {
            throw new RefusedSource("redirects from https to http");
        }
        return to;
    }
}
