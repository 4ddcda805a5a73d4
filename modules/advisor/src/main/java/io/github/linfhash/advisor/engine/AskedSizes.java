package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The code sizes that a user asks an engine for. A size stands for the largest codes that are not larger; many codes of engines have one size
 * only.
 *
 * @param codes those of the engine that may be measured
 * @param bytes the sizes, ascending
 */
public record AskedSizes(
        Engine engine, List<EngineCode<?>> codes, int dimension, Similarity similarity, List<Integer> bytes) {
    public AskedSizes {
        codes = List.copyOf(codes);
        bytes = bytes.stream().distinct().sorted().toList();
    }

    /** Sentences that name the sizes for which the engine has no code, and its codes of which none is as small as these sizes. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (int i = 0; i < bytes.size(); i++) {
            int less = i == 0 ? 0 : bytes.get(i - 1);
            int most = bytes.get(i);
            if (codes.stream()
                    .flatMap(code -> code.bytes(dimension, similarity, most).stream())
                    .noneMatch(size -> size > less)) {
                without.add(Integer.toString(most));
            }
        }
        if (!without.isEmpty()) {
            notes.add(name() + " has no code of " + or(without) + " bytes for vectors of dimension " + dimension + ".");
        }
        List<EngineCode<?>> larger = codes.stream()
                .filter(code -> bytes.stream()
                        .allMatch(
                                size -> code.bytes(dimension, similarity, size).isEmpty()))
                .toList();
        if (!larger.isEmpty()) {
            notes.add("Not measured because of --bytes: " + listed(larger) + ".");
        }
        return notes;
    }

    /** All codes of the engine with their sizes, as a clause. */
    public String available() {
        return name() + " has " + listed(codes);
    }

    private String name() {
        return engine.name().toLowerCase(Locale.ROOT);
    }

    private String listed(List<EngineCode<?>> some) {
        return some.stream()
                .map(code -> code.name() + " ("
                        + or(code.bytes(dimension, similarity, null).stream()
                                .map(size -> Integer.toString(size))
                                .toList())
                        + " bytes)")
                .collect(Collectors.joining(", "));
    }

    private static String or(List<String> sizes) {
        int last = sizes.size() - 1;
        return last < 1 ? String.join("", sizes) : String.join(", ", sizes.subList(0, last)) + " or " + sizes.get(last);
    }
}
