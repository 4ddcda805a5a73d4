package io.github.linfhash.quantizers.export;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.PreparedVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An encoding as a graph of ONNX's operators (those of version {@value #OPERATORS} of the default set), from raw vectors on; values are known by
 * their names.
 *
 * @param dimension d of the input {@value #VECTORS}, float32, batch x d
 * @param constants by name
 * @param nodes each behind those whose values it takes
 * @param outputs what it gives
 */
public record EncodingGraph(int dimension, Map<String, NpyArray> constants, List<Node> nodes, List<Output> outputs) {
    /** The first version in which the axes of every reduction are an input. */
    public static final int OPERATORS = 18;

    /** The name of the input. */
    public static final String VECTORS = "vectors";

    /**
     * An operator at work, with one value, which has its name.
     *
     * @param operator ONNX's name of it
     * @param inputs the names of what it takes
     * @param attributes whole numbers by name
     * @param type of the values that a {@code Cast} gives; else empty
     */
    public record Node(
            String name, String operator, List<String> inputs, Map<String, Long> attributes, Optional<NpyType> type) {
        public Node {
            inputs = List.copyOf(inputs);
            attributes = Map.copyOf(attributes);
        }
    }

    /** A value of batch x width that comes out. */
    public record Output(String name, NpyType type, int width) {}

    public EncodingGraph {
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
    }

    /** Puts a graph together. */
    public static final class Builder {
        private final int dimension;
        private final String x;
        private final Map<String, NpyArray> constants = new LinkedHashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Output> outputs = new ArrayList<>();

        /** Begins with raw vectors of d dimensions, and what {@link PreparedVectors#of} does to them. */
        public Builder(int dimension, Similarity similarity) {
            this.dimension = dimension;
            this.x = similarity == Similarity.COSINE ? ofLength1() : VECTORS;
        }

        /** In float64, as {@link PreparedVectors#of} computes; a vector of zeros stays. */
        private String ofLength1() {
            String wide = cast("wide", NpyType.FLOAT64, VECTORS);
            String length = node("length", "Sqrt", sum("squares", node("squared", "Mul", wide, wide)));
            String least = constant("least", NpyArray.ofDoubles(Double.MIN_NORMAL));
            return cast(
                    "x", NpyType.FLOAT32, node("scaled", "Div", wide, node("positiveLength", "Max", length, least)));
        }

        /** The name of the prepared vectors. */
        public String x() {
            return x;
        }

        /**
         * Adds a constant, unless it is there.
         *
         * @throws IllegalArgumentException if there is another of the same name
         */
        public String constant(String name, NpyArray values) {
            NpyArray there = constants.putIfAbsent(name, values);
            if (there != null
                    && !(there.type() == values.type()
                            && there.shape().equals(values.shape())
                            && Arrays.equals(there.toBytes(), values.toBytes()))) {
                throw new IllegalArgumentException("there is another constant " + name);
            }
            return name;
        }

        /** Adds a node without attributes. */
        public String node(String name, String operator, String... inputs) {
            return node(name, operator, Map.of(), inputs);
        }

        /** Adds a node. */
        public String node(String name, String operator, Map<String, Long> attributes, String... inputs) {
            nodes.add(new Node(name, operator, List.of(inputs), attributes, Optional.empty()));
            return name;
        }

        /** Adds a change of type. */
        public String cast(String name, NpyType type, String input) {
            nodes.add(new Node(name, "Cast", List.of(input), Map.of(), Optional.of(type)));
            return name;
        }

        /** Adds a reduction of the columns to one. */
        public String reduction(String name, String operator, String input) {
            return node(name, operator, input, constant("columns", NpyArray.ofLongs(1)));
        }

        /** Adds the sum over the columns. */
        public String sum(String name, String input) {
            return reduction(name, "ReduceSum", input);
        }

        /** Adds a shape; 0 stands for the size as it is. */
        public String reshaped(String name, String input, long... shape) {
            return node(name, "Reshape", input, constant(name + "Shape", NpyArray.ofLongs(shape)));
        }

        /** Declares a value of batch x width as an output. */
        public void output(String name, NpyType type, int width) {
            outputs.add(new Output(name, type, width));
        }

        /**
         * Adds the bits that are 1 where a value is greater than 0, as outputs: {@code bits}, uint8, one each, and {@code codes}, uint8,
         * packed, the lowest bit first.
         *
         * @param y batch x count
         */
        public void signs(String y, int count) {
            String zero = constant("zero", NpyArray.ofFloats(new float[1], 1));
            String positive = node("positive", "Greater", y, zero);
            cast("bits", NpyType.UINT8, positive);
            output("bits", NpyType.UINT8, count);
            packed(cast("ones", NpyType.FLOAT32, positive), count, 1);
        }

        /**
         * Adds whole numbers of 1, 2 or 4 bits as the output {@code codes}, uint8, packed, the first in the lowest bits of a byte.
         *
         * @param numbers batch x count, float32
         */
        public void packed(String numbers, int count, int bits) {
            int each = Byte.SIZE / bits;
            int bytes = (count + each - 1) / each;
            String filled = count % each == 0
                    ? numbers
                    : node(
                            "filled",
                            "Pad",
                            numbers,
                            constant("filling", NpyArray.ofLongs(0, 0, 0, each * bytes - count)));
            float[] weights = new float[each];
            for (int k = 0; k < each; k++) {
                weights[k] = 1 << (bits * k);
            }
            String groups = reshaped("groups", filled, 0, bytes, each);
            String places = constant("places", NpyArray.ofFloats(weights, each, 1));
            String packed = reshaped("numbers", node("weighed", "MatMul", groups, places), 0, bytes);
            cast(QuantizerParts.CODES, NpyType.UINT8, packed);
            output(QuantizerParts.CODES, NpyType.UINT8, bytes);
        }

        public EncodingGraph build() {
            return new EncodingGraph(dimension, constants, nodes, outputs);
        }
    }
}
