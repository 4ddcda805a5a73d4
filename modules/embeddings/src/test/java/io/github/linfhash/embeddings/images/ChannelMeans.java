package io.github.linfhash.embeddings.images;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a model in ONNX whose embedding of an image is the mean of each channel. */
public final class ChannelMeans {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;

    private ChannelMeans() {}

    /**
     * Writes the model.
     *
     * @param type of the input; uint8 becomes float32 first
     * @param shape of the input; 0 is any size
     * @param axes the dimensions of height and width
     * @param description what the model says of itself
     */
    public static Path write(
            Path file,
            DataType type,
            List<Integer> shape,
            List<Integer> axes,
            String description,
            Map<String, String> metadata)
            throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("means")
                .addInput(tensor("image", type, shape))
                .addOutput(tensor("embedding", DataType.FLOAT, List.of(shape.get(0), 3)))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Cast")
                        .addInput("image")
                        .addOutput("numbers")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("to")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(DataType.FLOAT.getNumber())))
                .addNode(NodeProto.newBuilder()
                        .setOpType("ReduceMean")
                        .addInput("numbers")
                        .addOutput("embedding")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("axes")
                                .setType(AttributeProto.AttributeType.INTS)
                                .addAllInts(
                                        axes.stream().map(Integer::longValue).toList()))
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("keepdims")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(0)));
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setDocString(description)
                .setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return Files.write(file, model.build().toByteArray());
    }

    private static ValueInfoProto tensor(String name, DataType type, List<Integer> shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int i = 0; i < shape.size(); i++) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(
                    shape.get(i) == 0 ? dimension.setDimParam("any" + i) : dimension.setDimValue(shape.get(i)));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
