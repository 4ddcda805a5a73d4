package io.github.linfhash.codes;

import io.github.linfhash.codes.files.JsonObject;
import io.github.linfhash.codes.files.StoredMembers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A hash function that {@code linfhash train} wrote, with its preprocessing: makes codes of single raw vectors. Immutable and safe for
 * threads.
 *
 * <p>It loads functions of all kinds in docs/model-format.md. Its codes are those of linfhash, bit by bit, as both add in the order of
 * {@link AffineMap}.
 */
public final class HashModel {
    private static final String JSON = "model.json";
    private static final int MOST_MEMBERS = 512;
    private static final List<String> KINDS = List.of(
            "linear",
            "stumps",
            "cosine",
            "kernel",
            "balls",
            "anchor-graph",
            "chain",
            "unfolded",
            ClassScores.KERNEL,
            ClassScores.LINEAR,
            ClassScores.NETWORK);

    private final String method;
    private final int bits;
    private final int dimension;
    private final CenterAndScale preprocessing;
    private final UnaryOperator<float[]> function;
    private final OutputRule rule;

    private HashModel(
            String method,
            int bits,
            int dimension,
            CenterAndScale preprocessing,
            UnaryOperator<float[]> function,
            OutputRule rule) {
        this.method = method;
        this.bits = bits;
        this.dimension = dimension;
        this.preprocessing = preprocessing;
        this.function = function;
        this.rule = rule;
    }

    /**
     * Loads a model.
     *
     * @param file {@code NAME.linfhash}
     * @throws InvalidFileException if it is missing, damaged, no such model, or one of another kind
     * @throws IOException if it cannot be read
     */
    public static HashModel load(Path file) throws IOException {
        Map<String, byte[]> members = StoredMembers.read(file, "a model of linfhash", MOST_MEMBERS);
        byte[] json = members.remove(JSON);
        if (json == null) {
            throw new InvalidFileException(file + ": expected a member " + JSON + ", found none");
        }
        JsonObject model = JsonObject.of(file + ", " + JSON, json);
        model.oneOf("schema", List.of("linfhash-model/1"));
        ModelPart before = new ModelPart(file.toString(), "preprocessing", model, members);
        ModelPart function = new ModelPart(file.toString(), "function", model, members);
        if (!members.isEmpty()) {
            throw new InvalidFileException(
                    file + ": expected the arrays that model.json lists, found " + members.size() + " more members");
        }
        before.requireSizes();
        function.requireSizes();
        before.kind(List.of(CenterAndScale.KIND));
        int dimension = model.count("dimension", 1, Integer.MAX_VALUE);
        if (before.inputs() != dimension || before.outputs() != dimension || function.inputs() != dimension) {
            throw model.wrong("dimension", function.inputs() + ", as many as the function has inputs");
        }
        OutputRule rule = OutputRule.valueOf(function.word("codes", List.of("sign", "support", "ternary"), "sign")
                .toUpperCase(Locale.ROOT));
        int bits = model.count("bits", 1, Integer.MAX_VALUE);
        if (bits != rule.bitsPerOutput() * function.outputs()) {
            throw model.wrong("bits", rule.bitsPerOutput() * function.outputs() + ", as the function has them");
        }
        try {
            return new HashModel(
                    model.text("method"), bits, dimension, CenterAndScale.read(before), outputs(function), rule);
        } catch (NonFiniteException e) {
            throw new InvalidFileException(file + ": expected finite weights, found others", e);
        }
    }

    private static UnaryOperator<float[]> outputs(ModelPart in) throws InvalidFileException {
        String kind = in.kind(KINDS);
        return switch (kind) {
            case "linear" -> AffineMap.read(in, in.outputs())::apply;
            case "kernel" -> kernel(in);
            case "balls" -> balls(in);
            case "anchor-graph" -> AnchorFunctions.read(in);
            case "stumps" -> Stumps.read(in)::apply;
            case "cosine" -> Cosines.read(in)::apply;
            case "chain", "unfolded" -> EncoderNetwork.read(in, kind.equals("unfolded"))::apply;
            case ClassScores.KERNEL, ClassScores.LINEAR, ClassScores.NETWORK -> ClassScores.read(in, kind);
            default -> throw new IllegalStateException("kind: a word of the list without a function");
        };
    }

    /** Projections of the kernel to anchors. */
    private static UnaryOperator<float[]> kernel(ModelPart in) throws InvalidFileException {
        int m = in.rows("anchors");
        PointDistances distances = new PointDistances(in.floats("anchors", m, in.inputs()), in.inputs());
        double sigma = in.number("sigma", Double.MIN_NORMAL, Double.MAX_VALUE);
        double[] means = in.doubles("means", m);
        boolean learned = in.word("offsets", List.of("none", "learned"), "none").equals("learned");
        AffineMap projections = AffineMap.of(
                in.floats("projections", in.outputs(), m), m, null, learned ? in.floats("b", in.outputs()) : null);
        return x -> {
            float[] values = distances.of(x);
            GaussianKernel.apply(values, sigma, means);
            return projections.apply(values);
        };
    }

    /** How deep a vector lies in each ball. */
    private static UnaryOperator<float[]> balls(ModelPart in) throws InvalidFileException {
        PointDistances distances = new PointDistances(in.floats("pivots", in.outputs(), in.inputs()), in.inputs());
        float[] squaredRadii = in.floats("squaredRadii", in.outputs());
        return x -> {
            float[] values = distances.of(x);
            for (int b = 0; b < values.length; b++) {
                values[b] = squaredRadii[b] - values[b];
            }
            return values;
        };
    }

    /** The name of the method, such as {@code itq}. */
    public String method() {
        return method;
    }

    /** The length of a code in bits, N. */
    public int bits() {
        return bits;
    }

    /** The dimension d of raw vectors. */
    public int dimension() {
        return dimension;
    }

    /**
     * Encodes a raw vector: bit b is bit b % 8 of byte b / 8, ceil(N / 8) bytes.
     *
     * @param vector d values
     * @throws IllegalArgumentException if it has another dimension, or a value that is not finite or that the preprocessing does not take
     * @throws NonFiniteException if an output is NaN or infinite
     */
    public byte[] encode(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "expected a vector of dimension " + dimension + ", found " + vector.length);
        }
        if (!Double.isFinite(Similarity.squaredLength(vector, 0, dimension))) {
            throw new IllegalArgumentException("expected a vector of finite values, found others");
        }
        float[] x = vector.clone();
        preprocessing.apply(x);
        float[] outputs = function.apply(x);
        return BinaryCodes.ofSigns(1, bits, rule.values(outputs, outputs.length))
                .toBytes();
    }
}
