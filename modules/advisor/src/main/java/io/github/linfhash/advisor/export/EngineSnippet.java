package io.github.linfhash.advisor.export;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.advisor.engine.HnswSize;
import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.listings.Percent;
import io.github.linfhash.quantizers.scalar.Floats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines that the user of an engine pastes.
 *
 * @param engine the engine, whose codes were measured
 * @param names of the table, where the engine is a database
 * @param files of codes that {@code linfhash quantize} writes for it
 * @param notes sentences about sizes and codes that were not measured, as {@link AskedSizes} has them; what the engine has beyond is added
 */
public record EngineSnippet(Engine engine, SqlNames names, QuantizeLine.Files files, List<String> notes) {
    /** The note on what comes next. */
    public static final String NEXT =
            "Next: 'linfhash measure --engine pgvector --database URL' with the same --vectors builds the index"
                    + " and measures its recall, latency and bytes.";

    public EngineSnippet {
        List<String> all = new ArrayList<>(notes);
        engine.codes().stream()
                .collect(Collectors.groupingBy(
                        Engine.Code::origin,
                        LinkedHashMap::new,
                        Collectors.mapping(Engine.Code::name, Collectors.joining(", "))))
                .forEach((origin, codes) -> all.add(codes + ": " + origin + "."));
        all.add("Also in " + engine + ", but not measured: " + engine.notMeasured() + ".");
        if (engine == Engine.PGVECTOR) {
            all.add(NEXT);
        }
        notes = List.copyOf(all);
    }

    /** Returns the heading of the lines for the choice of a target. */
    public String heading(Advice advice, Targets.Target target) {
        return String.format(
                Locale.ROOT,
                "Paste for codes %s %s%s%s:",
                target.reached() ? "with a recall of" : "that come closest to a recall of",
                Percent.exact(target.target()),
                advice.sample().coversAll()
                        ? ""
                        : " among " + advice.sample().predictedRows() + " vectors; it is not predictable for "
                                + advice.sample().givenRows(),
                engine == Engine.FAISS || engine == Engine.SQLITE_VEC ? "" : " (the graph of an index finds less)");
    }

    /** The lines for what comes closest to a target, each with a line break at its end. */
    public String lines(Advice advice, Targets.Target target) {
        Targets.Choice choice = target.nearest();
        Engine.Code<?> chosen = engine.codes().stream()
                .filter(code -> code.name().equals(choice.quantizer().name()))
                .findFirst()
                .orElseThrow();
        return chosen.paste(
                choice.quantizer().options(),
                new Engine.Search(
                        advice.sample().dimension(),
                        advice.question().similarity(),
                        advice.question().neighbors(),
                        choice.oversampling(),
                        advice.sample().givenRows(),
                        target.target(),
                        files),
                names);
    }

    /** Whether {@link #indexBytes} is known for the engine. */
    public boolean countsIndex() {
        return engine == Engine.PGVECTOR;
    }

    /** The estimated bytes of an index over one of the choices, as the lines build it. */
    public double indexBytes(Advice advice, Targets.Choice choice) {
        return indexBytes(advice, choice.quantizer().bytes());
    }

    /**
     * The estimated bytes of an index over the vectors themselves; empty where they are not known, or have more dimensions than the engine
     * indexes.
     */
    public OptionalDouble indexBytesOfVectors(Advice advice) {
        int dimension = advice.sample().dimension();
        return countsIndex() && dimension <= PgvectorCodes.Kind.VECTOR.mostDimensions()
                ? OptionalDouble.of(indexBytes(advice, PgvectorCodes.Kind.VECTOR.bytes(dimension)))
                : OptionalDouble.empty();
    }

    /** Returns the name that the engine has for vectors in float32. */
    public String vectors() {
        return engine == Engine.PGVECTOR ? "vector" : Floats.SPEC.name();
    }

    private static double indexBytes(Advice advice, int code) {
        return advice.sample().givenRows() * HnswSize.bytesPerRow(code);
    }

    /**
     * Returns the lines of other lines that these do not have, in their order; empty where most are others, so that they are better shown
     * as a whole.
     */
    static Optional<String> differing(String shown, String other) {
        Set<String> known = Set.copyOf(shown.lines().distinct().toList());
        List<String> all = other.lines().toList();
        List<String> differing =
                all.stream().filter(line -> !known.contains(line)).toList();
        return 2 * differing.size() > all.size()
                ? Optional.empty()
                : Optional.of(differing.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    /**
     * The code sizes that a user asks an engine for. A size stands for the largest codes that are not larger; many codes of engines have one size
     * only.
     *
     * @param codes those of the engine that may be measured
     * @param bytes the sizes, ascending
     */
    public record AskedSizes(
            Engine engine, List<Engine.Code<?>> codes, int dimension, Similarity similarity, List<Integer> bytes) {
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
                notes.add(name() + " has no code of " + or(without) + " bytes for vectors of dimension " + dimension
                        + ".");
            }
            List<Engine.Code<?>> larger = codes.stream()
                    .filter(code -> bytes.stream()
                            .allMatch(size ->
                                    code.bytes(dimension, similarity, size).isEmpty()))
                    .toList();
            if (!larger.isEmpty()) {
                notes.add("Not measured because of --bytes: " + listed(larger) + ".");
            }
            return notes;
        }

        /**
         * Checks that some code of any size is for the dimension and the similarity.
         *
         * @throws InputException if there is none
         */
        public void requireAny() {
            if (codes.stream()
                    .allMatch(code -> code.bytes(dimension, similarity, null).isEmpty())) {
                throw new InputException("--engine: expected one with codes for vectors of dimension " + dimension
                        + " and --similarity " + similarity.name().toLowerCase(Locale.ROOT) + ", found " + name()
                        + ", whose " + codes.stream().map(Engine.Code::name).collect(Collectors.joining(", "))
                        + " are for others. Choose another engine or similarity.");
            }
        }

        /** All codes of the engine with their sizes, as a clause. */
        public String available() {
            return name() + " has " + listed(codes);
        }

        private String name() {
            return engine.toString();
        }

        private String listed(List<Engine.Code<?>> some) {
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
            return last < 1
                    ? String.join("", sizes)
                    : String.join(", ", sizes.subList(0, last)) + " or " + sizes.get(last);
        }
    }
}
