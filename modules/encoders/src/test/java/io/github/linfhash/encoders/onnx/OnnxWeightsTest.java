package io.github.linfhash.encoders.onnx;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OnnxWeightsTest {
    private static final TensorProto INSIDE =
            TensorProto.newBuilder().setName("w").addFloatData(1).build();
    private static final TensorProto OUTSIDE = TensorProto.newBuilder()
            .setName("secret")
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                    StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
            .build();

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build().toByteArray();
    }

    private static NodeProto.Builder node(AttributeProto.Builder attribute) {
        return NodeProto.newBuilder().setOpType("If").addAttribute(attribute);
    }

    @Test
    void weightsInTheFileAreFine() {
        byte[] model = model(GraphProto.newBuilder().addInitializer(INSIDE));
        assertThatCode(() -> OnnxWeights.requireInside("m.onnx", model)).doesNotThrowAnyException();
    }

    @Test
    void weightsElsewhereAreRefusedWhereverTheyAreNamed() {
        byte[] ofGraph = model(GraphProto.newBuilder().addInitializer(INSIDE).addInitializer(OUTSIDE));
        byte[] ofNode = model(
                GraphProto.newBuilder().addNode(node(AttributeProto.newBuilder().setT(OUTSIDE))));
        byte[] ofGraphInNode = model(GraphProto.newBuilder()
                .addNode(node(
                        AttributeProto.newBuilder().setG(GraphProto.newBuilder().addInitializer(OUTSIDE)))));
        for (byte[] model : new byte[][] {ofGraph, ofNode, ofGraphInNode}) {
            assertOneSentence(
                    () -> OnnxWeights.requireInside("m.onnx", model),
                    "m.onnx",
                    "weights in the same file",
                    "'secret' in another");
        }
    }

    @Test
    void whatIsNoModelIsRefused() {
        byte[] whole = model(GraphProto.newBuilder().addInitializer(INSIDE));
        byte[] text = "no model".getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : new byte[][] {Arrays.copyOf(whole, whole.length - 2), text}) {
            assertOneSentence(
                    () -> OnnxWeights.requireInside("m.onnx", bytes), "m.onnx", "expected a whole model in ONNX");
        }
    }
}
