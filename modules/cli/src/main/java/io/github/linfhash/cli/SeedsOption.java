package io.github.linfhash.cli;

import io.github.linfhash.shell.NumberList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names seeds of a protocol. */
final class SeedsOption {
    static final int MOST = Integer.MAX_VALUE;

    @Option(
            names = "--seeds",
            paramLabel = "0-4",
            converter = NumberList.class,
            description = "Seeds, each with its own split (default: those of the protocol).")
    private @Nullable NumberList seeds;

    /** The seeds that are named; empty without the option, for all. */
    Optional<Set<Long>> scope() {
        return seeds == null ? Optional.empty() : Optional.of(Set.copyOf(or(List.of())));
    }

    /** The seeds that are named, ascending, or else these. */
    List<Long> or(List<Long> standard) {
        return seeds == null ? standard : seeds.within("--seeds", 0, MOST);
    }
}
