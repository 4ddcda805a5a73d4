package io.github.linfhash.cli;

import io.github.linfhash.experiment.Selection;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.regression.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that narrow a protocol to some of its runs. */
final class RunSelection {
    static final int MOST_SEED = Integer.MAX_VALUE;

    @Option(
            names = "--methods",
            paramLabel = "a,b",
            split = ",",
            description =
                    "Methods to run now, or rows METHOD:ROW of them (default: those of the protocol or of the command)."
                            + " A method alone stands for all of its rows.")
    private @Nullable List<String> methods;

    private final List<String> defaults;

    @Option(
            names = "--bits",
            paramLabel = "48,64",
            converter = NumberList.class,
            description = "Code lengths to run now (default: those of the protocol or of the command).")
    private @Nullable NumberList bits;

    @Option(
            names = "--seeds",
            paramLabel = "0-4",
            converter = NumberList.class,
            description = "Seeds to run now, each with a split of its own (default: those of the protocol).")
    private @Nullable NumberList seeds;

    @Option(
            names = "--quick",
            description = "The protocol's short version: its section 'quick', or else its first code length and seed.")
    private boolean quick;

    /** Without an option, what the protocol says. */
    RunSelection() {
        this.defaults = List.of();
    }

    /**
     * Without an option, these methods and code lengths, and the seeds of the protocol. Of a method with several rows, it
     * is the row {@value Protocol#DEFAULT_ROW}.
     */
    RunSelection(List<String> methods, List<Integer> bits) {
        this.defaults = methods;
        this.bits = NumberList.of(bits);
    }

    /** What of a protocol is run now. */
    Selection of(Protocol protocol) {
        List<String> names = methods != null
                ? methods.stream().map(String::strip).toList()
                : defaults.stream()
                        .map(name -> Selection.entry(protocol, name).entry())
                        .toList();
        return new Selection(
                names,
                bits == null ? List.of() : bits.codeLengths(),
                seeds == null ? List.of() : seeds.within("--seeds", 0, MOST_SEED),
                quick);
    }

    /** What of the expected results the options look at. */
    Scope scope() {
        return new Scope(
                Optional.ofNullable(methods)
                        .map(names -> names.stream().map(String::strip).collect(Collectors.toSet())),
                Optional.ofNullable(bits).map(list -> Set.copyOf(list.codeLengths())),
                Optional.ofNullable(seeds).map(list -> Set.copyOf(list.within("--seeds", 0, MOST_SEED))));
    }

    boolean quick() {
        return quick;
    }
}
