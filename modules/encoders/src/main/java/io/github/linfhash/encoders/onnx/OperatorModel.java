package io.github.linfhash.encoders.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * An ONNX model that others put together from operators, for those who do not see the classes of ONNX. Values are known by their names,
 * and have batch rows where they are no constants.
 */
public final class OperatorModel {
    private final int operators;
    private final GraphBuilder graph = new GraphBuilder("linfhash");

    /**
     * Begins a model.
     *
     * @param operators the version of the default operator set
     */
    public OperatorModel(int operators) {
        this.operators = operators;
    }

    /** Adds the input, float32, batch x width. */
    public void input(String name, int width) {
        graph.input(name, width);
    }

    /** Adds a constant. */
    public void constant(String name, NpyArray values) {
        long[] shape = values.shape().stream().mapToLong(Integer::longValue).toArray();
        graph.constant(name, type(values.type()), ByteBuffer.wrap(values.toBytes()), shape);
    }

    /**
     * Adds an operator that has one value.
     *
     * @param attributes whole numbers by name
     */
    public void node(String name, String operator, Map<String, Long> attributes, List<String> inputs) {
        List<AttributeProto> sorted = attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(attribute -> GraphBuilder.whole(attribute.getKey(), attribute.getValue()))
                .toList();
        graph.node(name, operator, sorted, inputs.toArray(String[]::new));
    }

    /** Adds a change of type. */
    public void cast(String name, NpyType type, String input) {
        graph.cast(name, type(type), input);
    }

    /** Declares a value of batch x width as an output. */
    public void output(String name, NpyType type, int width) {
        graph.output(name, type(type), width);
    }

    /**
     * The bytes of an ONNX file.
     *
     * @param version of linfhash, for the model's producer
     * @param metadata texts by key, for whoever reads the file
     */
    public byte[] toFile(String version, Map<String, String> metadata) {
        return graph.toFile(operators, version, metadata);
    }

    private static DataType type(NpyType type) {
        return switch (type) {
            case FLOAT16 -> DataType.FLOAT16;
            case FLOAT32 -> DataType.FLOAT;
            case FLOAT64 -> DataType.DOUBLE;
            case INT8 -> DataType.INT8;
            case INT16 -> DataType.INT16;
            case INT32 -> DataType.INT32;
            case INT64 -> DataType.INT64;
            case UINT8 -> DataType.UINT8;
            case UINT16 -> DataType.UINT16;
            case UINT32 -> DataType.UINT32;
            case UINT64 -> DataType.UINT64;
            case BOOL -> DataType.BOOL;
        };
    }
}
