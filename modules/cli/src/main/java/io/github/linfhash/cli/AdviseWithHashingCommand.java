package io.github.linfhash.cli;

import io.github.linfhash.advisor.advice.Advisor;
import io.github.linfhash.advisor.command.AdviseCommand;
import io.github.linfhash.core.features.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code advise} with hashing methods among the quantizers. */
@Command(name = "advise")
public final class AdviseWithHashingCommand extends AdviseCommand {
    @Override
    protected Map<String, Advisor.Source> further(@Nullable Labels truth) {
        Map<String, Advisor.Source> sources = new LinkedHashMap<>();
        HashingSource.all(truth).forEach(source -> sources.put(source.name(), source));
        return sources;
    }

    @Override
    protected Set<String> furtherLeftOut() {
        return Set.of("hash-itq", "hash-sgh", "hash-spherical");
    }
}
