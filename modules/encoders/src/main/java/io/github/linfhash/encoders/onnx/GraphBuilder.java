package io.github.linfhash.encoders.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Puts an ONNX graph together; values are known by their names. */
final class GraphBuilder {
    /** The symbolic size of the batch. */
    private static final String BATCH = "batch";

    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    GraphBuilder(String name) {
        graph.setName(name);
    }

    /** An input of batch x width values. */
    String input(String name, int width) {
        graph.addInput(value(name, TensorProto.DataType.FLOAT, width));
        return name;
    }

    /** Declares a value of batch x width as an output. */
    void output(String name, TensorProto.DataType type, int width) {
        graph.addOutput(value(name, type, width));
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, int width) {
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
    String floats(String name, float[] values, long... shape) {
        ByteBuffer content = little(Float.BYTES * values.length);
        content.asFloatBuffer().put(values);
        return constant(name, TensorProto.DataType.FLOAT, content, shape);
    }

    /** A constant of float64 values. */
    String doubles(String name, double[] values, long... shape) {
        ByteBuffer content = little(Double.BYTES * values.length);
        content.asDoubleBuffer().put(values);
        return constant(name, TensorProto.DataType.DOUBLE, content, shape);
    }

    /** A constant of int64 values. */
    String longs(String name, long... values) {
        ByteBuffer content = little(Long.BYTES * values.length);
        content.asLongBuffer().put(values);
        return constant(name, TensorProto.DataType.INT64, content, values.length);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A constant of elements that are little-endian. */
    String constant(String name, TensorProto.DataType type, ByteBuffer content, long... shape) {
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
    String node(String name, String operator, String... inputs) {
        return node(name, operator, List.of(), inputs);
    }

    /** A node with attributes. */
    String node(String name, String operator, List<AttributeProto> attributes, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(name)
                .addAllAttribute(attributes));
        return name;
    }

    /** Another type of the same values. */
    String cast(String name, TensorProto.DataType type, String input) {
        return node(name, "Cast", List.of(whole("to", type.getNumber())), input);
    }

    static AttributeProto whole(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    /**
     * The bytes of an ONNX file with the graph.
     *
     * @param operators the version of the default operator set
     * @param version of linfhash, for the model's producer
     * @param metadata texts by key, for whoever reads the file
     */
    byte[] toFile(int operators, String version, Map<String, String> metadata) {
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
}
