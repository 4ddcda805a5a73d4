package io.github.linfhash.reports.page;

import org.jspecify.annotations.Nullable;

/**
 * Where the results of a page come from, beyond what results.json says.
 *
 * @param command the command that makes them again
 * @param recorded whether it is the command that was given; otherwise it was put together from the results
 * @param protocol the text of the protocol file that they were made by, or null if it is not at hand
 */
public record Provenance(
        String command, boolean recorded, @Nullable String protocol) {}
