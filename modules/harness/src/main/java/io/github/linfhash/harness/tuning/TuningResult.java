package io.github.linfhash.harness.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.harness.methods.OptionPaths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of a search: the whole trace, and what to write into the protocol file.
 *
 * @param schema {@value #SCHEMA}
 * @param protocol name of the protocol
 * @param protocolHash its hash
 * @param seed of the search
 * @param command that made it
 * @param space what was searched
 * @param methods for each method, all scores, the best first
 */
public record TuningResult(
        String schema,
        String protocol,
        String protocolHash,
        long seed,
        String command,
        SearchSpace space,
        Map<String, List<Score>> methods) {
    /** The schema of this version. */
    public static final String SCHEMA = "linfhash-tuning-result/1";

    /** The whole trace as JSON. */
    public String json() {
        try {
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tuning result always has a JSON form", e);
        }
    }

    /** Why nothing was chosen, by the name of each method whose trainings failed under every configuration. */
    public Map<String, String> failures() {
        Map<String, String> failures = new LinkedHashMap<>();
        methods.forEach((method, scores) -> {
            String failure = scores.get(0).failure();
            if (failure != null) {
                failures.put(method, failure);
            }
        });
        return failures;
    }

    /** The chosen options as the {@code methods} of a protocol file, without {@link #failures}. */
    public String yaml() {
        List<Map<String, Object>> entries = new ArrayList<>();
        methods.forEach((method, scores) -> {
            if (scores.get(0).failure() != null) {
                return;
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", method);
            entry.put("options", OptionPaths.nest(scores.get(0).values()));
            entry.put("tunedBy", command);
            entries.add(entry);
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
}
