package io.github.linfhash.experiment.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.experiment.tuning.SearchSpace.Configuration;
import io.github.linfhash.experiment.tuning.SearchSpace.SearchRange;
import io.github.linfhash.io.binding.OptionPaths;
import io.github.linfhash.io.binding.StrictReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The outcome of a search: the whole trace, and what to write into the protocol file.
 *
 * @param protocol name of the protocol
 * @param protocolHash its hash
 * @param seed of the search
 * @param database rows of the protocol's database, for which precision in Hamming balls was extrapolated
 * @param command that made it
 * @param space what was searched, as the file has it
 * @param outcomes for each method and code length
 */
public record TuningResult(
        String protocol,
        String protocolHash,
        long seed,
        int database,
        String command,
        SearchSpace space,
        Map<String, Map<Integer, Outcome>> outcomes) {
    /** The schema of this version. */
    public static final String SCHEMA = "linfhash-tuning-result/5";

    /**
     * One method at one code length.
     *
     * @param ranking all scores, the best first; number {@value Configuration#DEFAULTS} has the method's defaults, if these were tried
     * @param ranges what was searched in the end
     * @param notes where ranges were widened
     */
    public record Outcome(List<Score> ranking, Map<String, SearchRange> ranges, List<String> notes) {
        Score best() {
            return ranking.get(0);
        }

        private Optional<Score> defaults() {
            return ranking.stream()
                    .filter(score -> score.trial() == Configuration.DEFAULTS)
                    .findFirst();
        }
    }

    /** The whole trace as JSON, a line for each configuration. */
    public String json() {
        StringBuilder json = new StringBuilder("{\n");
        field(json, "schema", SCHEMA);
        field(json, "protocol", protocol);
        field(json, "protocolHash", protocolHash);
        field(json, "seed", seed);
        field(json, "database", database);
        field(json, "command", command);
        field(json, "space", space);
        json.append("\"outcomes\": {\n");
        json.append(outcomes.entrySet().stream()
                .map(method -> quoted(method.getKey()) + ": {\n"
                        + method.getValue().entrySet().stream()
                                .map(length -> quoted(length.getKey().toString()) + ": " + outcome(length.getValue()))
                                .collect(Collectors.joining(",\n"))
                        + "}")
                .collect(Collectors.joining(",\n")));
        return json.append("}\n}\n").toString();
    }

    private static void field(StringBuilder json, String name, Object value) {
        json.append(quoted(name))
                .append(": ")
                .append(StrictReader.toJsonLine(value))
                .append(",\n");
    }

    private static String quoted(String text) {
        return StrictReader.toJsonLine(text);
    }

    private static String outcome(Outcome outcome) {
        return outcome.ranking().stream()
                .map(StrictReader::toJsonLine)
                .collect(Collectors.joining(
                        ",\n",
                        "{\"notes\": " + StrictReader.toJsonLine(outcome.notes()) + ", \"ranges\": "
                                + StrictReader.toJsonLine(outcome.ranges())
                                + ",\n\"ranking\": [\n",
                        "]}"));
    }

    /**
     * For each method and code length that has a winner a sentence with its scores, in fractions, with how many of those
     * that were judged on the same trainings are as good by some criteria (so uncertain is the choice), and with the scores of the
     * defaults.
     */
    public List<String> winners() {
        List<String> sentences = new ArrayList<>();
        outcomes.forEach((method, lengths) -> lengths.forEach((bits, outcome) -> {
            if (outcome.best().failure() == null) {
                sentences.add(method + ", " + bits + " bits: " + winner(outcome));
            }
        }));
        return sentences;
    }

    private static String winner(Outcome outcome) {
        Score best = outcome.best();
        List<Score> others = outcome.ranking().stream()
                .filter(score -> score.trial() != best.trial()
                        && score.failure() == null
                        && score.trainings() == best.trainings())
                .toList();
        long asGood = others.stream()
                .filter(score -> 2
                                * best.criteria().keySet().stream()
                                        .filter(key -> score.at(key) >= best.at(key))
                                        .count()
                        >= best.criteria().size())
                .count();
        boolean unchanged = best.trial() == Configuration.DEFAULTS;
        return (unchanged ? "the defaults win with " : "configuration " + best.trial() + " wins with ")
                + scores(best) + " on held-out data of "
                + best.trainings() + (best.trainings() == 1 ? " training; " : " trainings; ") + asGood + " of the "
                + others.size() + " others judged on the same data are as good in at least half of the criteria"
                + (asGood == 0 ? "" : ", so another tuning run may choose one of those")
                + (unchanged ? "" : outcome.defaults().map(TuningResult::beside).orElse(""));
    }

    private static String beside(Score defaults) {
        return defaults.failure() == null
                ? ". The defaults reach " + scores(defaults) + " on the same data"
                : ". The defaults fail on the same data: " + defaults.failure().replaceFirst("\\.$", "");
    }

    private static String scores(Score score) {
        return score.criteria().entrySet().stream()
                .map(entry -> entry.getKey() + " " + String.format(Locale.ROOT, "%.4f", entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Why nothing was chosen, by method and code length, where every configuration failed. */
    public Map<String, String> failures() {
        Map<String, String> failures = new LinkedHashMap<>();
        outcomes.forEach((method, lengths) -> lengths.forEach((bits, outcome) -> {
            String failure = outcome.best().failure();
            if (failure != null) {
                failures.put(method + ", " + bits + " bits", failure);
            }
        }));
        return failures;
    }

    /**
     * The chosen options as the {@code methods} of a protocol file, without {@link #failures}: those of the first code
     * length, or of the first at which the defaults won, as {@code options}, and those that differ as {@code optionsAt}.
     */
    public String yaml() {
        List<Map<String, Object>> entries = new ArrayList<>();
        outcomes.forEach((method, lengths) -> {
            Map<Integer, Score> chosen = new LinkedHashMap<>();
            lengths.forEach((bits, outcome) -> {
                if (outcome.best().failure() == null) {
                    chosen.put(bits, outcome.best());
                }
            });
            if (!chosen.isEmpty()) {
                entries.add(entry(method, chosen));
            }
        });
        try {
            return YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .build()
                    .writeValueAsString(Map.of("methods", entries));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("options always have a YAML form", e);
        }
    }

    private Map<String, Object> entry(String method, Map<Integer, Score> chosen) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", method);
        // Options of one length are added to those of all: beside others, the defaults of a length could not be
        // written.
        Map<String, Object> shared = chosen.values().stream()
                .filter(score -> score.trial() == Configuration.DEFAULTS)
                .findFirst()
                .orElseGet(() -> chosen.values().iterator().next())
                .values();
        if (!shared.isEmpty()) {
            entry.put("options", OptionPaths.nest(shared));
        }
        Map<Integer, Object> others = new LinkedHashMap<>();
        chosen.forEach((bits, score) -> {
            if (!score.values().equals(shared)) {
                others.put(bits, OptionPaths.nest(score.values()));
            }
        });
        if (!others.isEmpty()) {
            entry.put("optionsAt", others);
        }
        entry.put("tunedBy", command);
        return entry;
    }
}
