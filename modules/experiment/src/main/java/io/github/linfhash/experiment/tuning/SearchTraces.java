package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.ConfiguredMethod.Searches;
import io.github.linfhash.experiment.tuning.SearchSpace.SearchRange;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.Configuration.SearchSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The traces of searches that protocol files name ({@code search}): what {@code linfhash tune} wrote, each read once. */
public final class SearchTraces {
    private static final int LARGEST_FILE = 1 << 26;

    /** The schema of traces with the scores of a method's defaults beside the ranking, where they could not win, or nowhere. */
    private static final String DEFAULTS_BESIDE = "linfhash-tuning-result/4";

    /** The schema of traces without the scores of a method's defaults. */
    private static final String WITHOUT_DEFAULTS = "linfhash-tuning-result/3";

    private static final List<String> SCHEMAS = List.of(TuningResult.SCHEMA, DEFAULTS_BESIDE, WITHOUT_DEFAULTS);

    private final List<Path> folders;
    private final Map<Path, Trace> read = new ConcurrentHashMap<>();

    private SearchTraces(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** Traces below some folders, of which the first that has a file counts; without any, below the project's. */
    public static SearchTraces in(Path... folders) {
        return new SearchTraces(List.of(folders));
    }

    /**
     * A trace.
     *
     * @param hash SHA-256 of the file
     * @param content what it says
     */
    record Trace(String hash, Content content) {}

    /** The file. */
    record Content(
            String schema,
            String protocol,
            String protocolHash,
            long seed,
            int database,
            String command,
            SearchSpace space,
            Map<String, Map<Integer, Outcome>> outcomes) {
        Content {
            if (!SCHEMAS.contains(schema)) {
                throw new IllegalArgumentException(
                        "expected as schema one of " + String.join(", ", SCHEMAS) + ", found '" + schema + "'");
            }
        }

        /** All configurations that were tried with a method, and all trainings of them. */
        private Effort effort(String method) {
            List<Score> tried = outcomes.getOrDefault(method, Map.of()).values().stream()
                    .flatMap(outcome -> outcome.ranking().stream())
                    .toList();
            return new Effort(
                    tried.size(), tried.stream().mapToLong(Score::trainings).sum());
        }
    }

    /**
     * One method at one code length.
     *
     * @param defaults the scores of the method's defaults in traces of {@value #DEFAULTS_BESIDE}
     */
    record Outcome(
            List<String> notes,
            Map<String, SearchRange> ranges,
            @Nullable Score defaults,
            List<Score> ranking) {}

    /**
     * Adds to a method of a protocol what a trace contains about the search that chose its options.
     *
     * @throws InputException if the trace is missing, is no trace, or has not the method that it is named for
     * @throws IOException if the project's folder cannot be found
     */
    public ConfiguredMethod<?> traced(Protocol protocol, ConfiguredMethod<?> method) throws IOException {
        MethodEntry entry = method.declared();
        String file = entry.search();
        if (file == null || method.searches().search() == null) {
            return method;
        }
        Trace trace = trace("Protocol " + protocol.name() + ", search of " + entry.entry(), file);
        Content content = trace.content();
        if (!content.outcomes().containsKey(entry.name())) {
            throw new InputException("Protocol " + protocol.name() + ", search of " + entry.entry() + ": expected in "
                    + file + " the method " + entry.name() + ", found "
                    + String.join(", ", content.outcomes().keySet()));
        }
        SearchSpace space = content.space();
        SearchSummary summary = new SearchSummary(
                trace.hash(),
                content.protocol(),
                content.seed(),
                space.trials(),
                space.folds(),
                space.trainings(),
                space.criteria().stream().map(Criterion::key).toList(),
                space.bits());
        return method.with(new Searches(summary, content.effort(entry.name())));
    }

    /**
     * A trace.
     *
     * @param where named at the start of the sentence if there is no such file
     */
    Trace trace(String where, String file) throws IOException {
        List<Path> places = folders.isEmpty() ? List.of(ProjectHome.find().root()) : folders;
        Path found = places.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new InputException(where + ": expected the file " + file + " below "
                        + places.stream().map(Path::toString).collect(Collectors.joining(" or ")) + ", found none"));
        Trace known = read.get(found);
        if (known == null) {
            try (StrictInput in = StrictInput.open(found)) {
                byte[] json = in.readRest(LARGEST_FILE);
                known = new Trace(
                        HexFormat.of().formatHex(Digests.sha256().digest(json)),
                        StrictReader.readJson(found.toString(), json, Content.class));
            }
            read.put(found, known);
        }
        return known;
    }
}
