package io.github.linfhash.cli;

import io.github.linfhash.experiment.Selection;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.regression.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that narrow a protocol to some of its runs. */
final class RunSelection {
    @Option(
            names = "--methods",
            paramLabel = "a,b",
            split = ",",
            description = "Methods to run now, or configurations METHOD:VARIANT (default: those of the protocol or"
                    + " command). METHOD selects all of its configurations.")
    private @Nullable List<String> methods;

    private final List<String> defaults;
    private final List<Integer> lengths;

    @Mixin
    private final BitsOption bits = new BitsOption();

    @Mixin
    private final SeedsOption seeds = new SeedsOption();

    @Option(
            names = "--quick",
            description = "Short version of the protocol: its section 'quick', or its first code length and seed.")
    private boolean quick;

    /** Without an option, what the protocol says. */
    RunSelection() {
        this(List.of(), List.of());
    }

    /**
     * Without an option, these methods and code lengths, and the seeds of the protocol. Of a method with several rows, it
     * is the row {@value Protocol#DEFAULT_VARIANT}.
     */
    RunSelection(List<String> methods, List<Integer> bits) {
        this.defaults = methods;
        this.lengths = bits;
    }

    /** Returns the part of a protocol that is run now. */
    Selection of(Protocol protocol) {
        List<String> names = methods != null
                ? methods.stream().map(String::strip).toList()
                : defaults.stream()
                        .map(name -> Selection.entry(protocol, name).entry())
                        .toList();
        return new Selection(names, bits.or(lengths, protocol.bits()), seeds.or(List.of()), quick);
    }

    /** Returns the part of the expected results that the options select. */
    Scope scope() {
        return new Scope(
                Optional.ofNullable(methods)
                        .map(names -> names.stream().map(String::strip).collect(Collectors.toSet())),
                bits.scope(),
                seeds.scope());
    }

    boolean quick() {
        return quick;
    }
}
