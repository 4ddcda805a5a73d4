package io.github.linfhash.cli;

import io.github.linfhash.shell.NumberList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names code lengths. */
final class BitsOption {
    @Option(
            names = "--bits",
            paramLabel = "48,64",
            converter = NumberList.class,
            description = "Code lengths (default: those of the protocol, task or command).")
    private @Nullable NumberList bits;

    /** The lengths that are named; empty without the option, for all. */
    Optional<Set<Integer>> scope() {
        return bits == null
                ? Optional.empty()
                : Optional.of(bits.within("--bits", 1, Integer.MAX_VALUE).stream()
                        .map(Long::intValue)
                        .collect(Collectors.toSet()));
    }

    /** The lengths that are named, ascending, or else these. */
    List<Integer> or(List<Integer> standard) {
        return or(standard, List.of());
    }

    /**
     * The lengths that are named, ascending, or else the standard ones.
     *
     * @param known lengths of quantizers, which may be longer than codes of hashing methods
     */
    List<Integer> or(List<Integer> standard, List<Integer> known) {
        return bits == null ? standard : bits.codeLengths(known);
    }
}
