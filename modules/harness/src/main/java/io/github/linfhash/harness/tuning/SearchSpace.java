package io.github.linfhash.harness.tuning;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.protocols.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What a search tries: a file {@code protocols/tuning/NAME.yaml}.
 *
 * @param schema {@value #SCHEMA}
 * @param description what it is for
 * @param trials configurations of each method; the same number for all
 * @param folds parts of the training images, each held out once
 * @param bits the code length N at which configurations are compared
 * @param methods for each method, the options that are searched, by path such as {@code training.learningRate}
 */
public record SearchSpace(
        String schema,
        String description,
        int trials,
        int folds,
        int bits,
        Map<String, Map<String, SearchRange>> methods) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-tuning/1";

    public SearchSpace {
        require(schema.equals(SCHEMA), "expected schema " + SCHEMA + ", found '" + schema + "'");
        require(trials >= 1 && trials <= 10_000, "expected 1 to 10000 trials, found " + trials);
        require(folds >= 2 && folds <= 100, "expected 2 to 100 folds, found " + folds);
        require(bits >= 1 && bits <= 4096, "expected a code length from 1 to 4096, found " + bits);
        methods = new TreeMap<>(methods);
    }

    /** Reads a file. */
    public static SearchSpace read(Path file) throws IOException {
        return StrictYaml.read(file, SearchSpace.class);
    }

    /** The same search at another code length. */
    public SearchSpace at(int otherBits) {
        return new SearchSpace(schema, description, trials, folds, otherBits, methods);
    }

    /**
     * The searched options of a method.
     *
     * @throws InputException if the method is not searched
     */
    public Map<String, SearchRange> of(String method) {
        Map<String, SearchRange> ranges = methods.get(method);
        if (ranges == null) {
            throw new InputException("The search space has no method '" + method + "'; expected one of "
                    + String.join(", ", methods.keySet()));
        }
        return ranges;
    }

    /** Draws one configuration: a value for each searched option, by path. */
    public Map<String, Object> draw(String method, UniformRandomProvider random) {
        Map<String, Object> drawn = new TreeMap<>();
        // Sorted by path, so that the order in the file does not decide what is drawn.
        new TreeMap<>(of(method)).forEach((path, range) -> drawn.put(path, range.draw(random)));
        return drawn;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
