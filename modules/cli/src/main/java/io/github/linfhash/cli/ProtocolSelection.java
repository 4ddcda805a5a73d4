package io.github.linfhash.cli;

import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Splits;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that choose a protocol and where its data is. */
public class ProtocolSelection extends ProtocolSource {
    @Option(
            names = "--protocol",
            paramLabel = "P",
            description = "Name of a protocol, or path of its .yaml file (default: fashion-mnist).")
    private String name = "fashion-mnist";

    @Override
    String name() {
        return name;
    }

    /** One run of a protocol, with the options that the protocol gives the method, or its row. */
    static MethodRun cell(Protocol protocol, MethodEntry entry, int bits, long seed) {
        return cell(protocol, entry, bits, seed, false);
    }

    /** The same, or with the options of the short version. */
    static MethodRun cell(Protocol protocol, MethodEntry entry, int bits, long seed, boolean quick) {
        requireCell(bits, seed);
        Splits.requireSeed(protocol.seeds(), seed);
        Map<String, Object> overrides = Selection.ALL.quick(quick).overrides(protocol, entry);
        return MethodRun.of(MethodRegistry.standard().configure(protocol, entry, List.of(bits), overrides), bits, seed);
    }

    /** One run of a protocol of {@code METHOD} or {@code METHOD:ROW}, as {@link Selection#entry} takes it. */
    static MethodRun cell(Protocol protocol, String name, int bits, long seed) {
        return cell(protocol, Selection.entry(protocol, name), bits, seed);
    }

    /** Checks a code length and a seed. */
    static void requireCell(int bits, long seed) {
        NumberList.requireWithin("--bits", bits, 1, NumberList.MOST_BITS);
        NumberList.requireWithin("--seed", seed, 0, RunSelection.MOST_SEED);
    }
}
