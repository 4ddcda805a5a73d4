package io.github.linfhash.encoders.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import java.util.List;
import java.util.Map;

/** Where the weights of a model in ONNX are: in the file itself, or in any other file that it names. */
public final class OnnxWeights {
    private OnnxWeights() {}

    /**
     * Requires that a model from anywhere names no other file to read.
     *
     * @param name what it is called, for messages
     * @param content the whole file
     * @throws InputException if it is no model in ONNX, or one with weights elsewhere
     */
    public static void requireInside(String name, byte[] content) {
        try {
            requireInside(name, ModelProto.parseFrom(content));
        } catch (InvalidProtocolBufferException e) {
            throw new InputException(
                    name + " cannot be opened: expected a whole model in ONNX, found something else or a part of one",
                    e);
        }
    }

    /** Tensors are in graphs, in nodes, and in graphs and functions that nodes contain: wherever a message may be. */
    private static void requireInside(String name, Message message) {
        if (message instanceof TensorProto tensor && tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw new InputException(
                    name + " cannot be opened: expected a model with its weights in the same file, found '"
                            + Excerpt.of(tensor.getName()) + "' in another");
        }
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            List<?> members = field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue());
            members.forEach(member -> requireInside(name, (Message) member));
        }
    }
}
