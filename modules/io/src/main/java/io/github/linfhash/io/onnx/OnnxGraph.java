package io.github.linfhash.io.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * An ONNX model that is put together from operators. Values are known by their names, and have batch rows where they are no
 * constants. Methods with NumPy's types are for those who do not see the classes of ONNX.
 */
public final class OnnxGraph {
    /** The symbolic size of the batch. */
    private static final String BATCH = "batch";

    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    private final int operators;

    /**
     * Begins a model.
     *
     * @param operators the version of the default operator set
     */
    public OnnxGraph(int operators) {
        this.operators = operators;
        graph.setName("linfhash");
    }

    /** An input of batch x width values. */
    public String input(String name, int width) {
        graph.addInput(value(name, DataType.FLOAT, width));
        return name;
    }

    /** Declares a value of batch x width as an output. */
    public void output(String name, DataType type, int width) {
        graph.addOutput(value(name, type, width));
    }

    private static ValueInfoProto value(String name, DataType type, int width) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width));
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** A constant of float32 values. */
    public String floats(String name, float[] values, long... shape) {
        ByteBuffer content = little(Float.BYTES * values.length);
        content.asFloatBuffer().put(values);
        return constant(name, DataType.FLOAT, content, shape);
    }

    /** Adds a constant of float32 values. */
    public String constant(String name, ModelArray values) {
        long[] shape = values.shape().stream().mapToLong(Integer::longValue).toArray();
        return floats(name, values.floats(), shape);
    }

    /** A constant of float64 values. */
    public String doubles(String name, double[] values, long... shape) {
        ByteBuffer content = little(Double.BYTES * values.length);
        content.asDoubleBuffer().put(values);
        return constant(name, DataType.DOUBLE, content, shape);
    }

    /** A constant of int64 values. */
    public String longs(String name, long... values) {
        ByteBuffer content = little(Long.BYTES * values.length);
        content.asLongBuffer().put(values);
        return constant(name, DataType.INT64, content, values.length);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A constant of elements that are little-endian. */
    private String constant(String name, DataType type, ByteBuffer content, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(content));
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** A node with one output, whose name is the node's. */
    public String node(String name, String operator, String... inputs) {
        return node(name, operator, List.of(), inputs);
    }

    /** A node with attributes. */
    public String node(String name, String operator, List<AttributeProto> attributes, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(name)
                .addAllAttribute(attributes));
        return name;
    }

    /** Another type of the same values. */
    public String cast(String name, DataType type, String input) {
        return node(name, "Cast", List.of(whole("to", type.getNumber())), input);
    }

    public static AttributeProto whole(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    /**
     * Returns the bytes of an ONNX file with the graph.
     *
     * @param version of linfhash, for the model's producer
     * @param metadata texts by key, for whoever reads the file
     */
    public byte[] toFile(String version, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("linfhash")
                .setProducerVersion(version)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(operators))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    /** Adds a constant. */
    public void constant(String name, NpyArray values) {
        long[] shape = values.shape().stream().mapToLong(Integer::longValue).toArray();
        constant(name, type(values.type()), ByteBuffer.wrap(values.toBytes()), shape);
    }

    /**
     * Adds an operator that has one value.
     *
     * @param attributes whole numbers by name
     */
    public void node(String name, String operator, Map<String, Long> attributes, List<String> inputs) {
        List<AttributeProto> sorted = attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(attribute -> whole(attribute.getKey(), attribute.getValue()))
                .toList();
        node(name, operator, sorted, inputs.toArray(String[]::new));
    }

    /** Adds a change of type. */
    public void cast(String name, NpyType type, String input) {
        cast(name, type(type), input);
    }

    /** Declares a value of batch x width as an output. */
    public void output(String name, NpyType type, int width) {
        output(name, type(type), width);
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
