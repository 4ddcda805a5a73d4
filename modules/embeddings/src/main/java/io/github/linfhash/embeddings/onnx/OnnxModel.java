package io.github.linfhash.embeddings.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.linfhash.core.arithmetic.NativeLibraries;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import java.nio.FloatBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A model in ONNX that ONNX Runtime has opened; safe for use by several threads, each of which computes on its own.
 *
 * <p>One thread computes a run, so that its result depends on nothing but its inputs.
 */
public final class OnnxModel implements AutoCloseable {
    private final String name;
    private final String sha256;
    private final OrtSession session;

    private OnnxModel(String name, String sha256, OrtSession session) {
        this.name = name;
        this.sha256 = sha256;
        this.session = session;
    }

    /**
     * Opens a model.
     *
     * @param name what it is called, for messages
     * @param content the whole file
     * @throws InputException if it is no model in ONNX, or one that ONNX Runtime cannot run
     */
    public static OnnxModel open(String name, byte[] content) {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            String digest = HexFormat.of().formatHex(Digests.sha256().digest(content));
            return new OnnxModel(name, digest, environment.createSession(content, options));
        } catch (OrtException e) {
            throw new InputException(
                    name + " cannot be opened: expected a whole model in ONNX that ONNX Runtime "
                            + environment.getVersion() + " can run, found one that it refuses (" + reason(e) + ")",
                    e);
        }
    }

    private static OrtEnvironment environment() {
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            environment.setTelemetry(false);
            return environment;
        } catch (OrtException | LinkageError e) {
            throw NativeLibraries.notLoaded("ONNX Runtime", e);
        }
    }

    /** The name of the model, for messages. */
    public String name() {
        return name;
    }

    /** SHA-256 of the file, in hex. */
    public String sha256() {
        return sha256;
    }

    /** The inputs that are tensors of numbers, in the order of the model. */
    public Map<String, TensorInfo> inputs() {
        try {
            return tensors(session.getInputInfo());
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** The outputs that are tensors of numbers, in the order of the model. */
    public Map<String, TensorInfo> outputs() {
        try {
            return tensors(session.getOutputInfo());
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static Map<String, TensorInfo> tensors(Map<String, NodeInfo> nodes) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        nodes.forEach((node, info) -> {
            if (info.getInfo() instanceof TensorInfo tensor) {
                tensors.put(node, tensor);
            }
        });
        return tensors;
    }

    /** Returns the model's description of itself. */
    public OnnxModelMetadata metadata() {
        try {
            return session.getMetadata();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Makes the inputs of a run. */
    @FunctionalInterface
    public interface Inputs {
        Map<String, OnnxTensor> of(OrtEnvironment environment) throws OrtException;
    }

    /**
     * One output of a run.
     *
     * @param values row-major
     */
    public record Output(FloatBuffer values, List<Long> shape) {}

    /**
     * Runs the model.
     *
     * @param inputs makes the inputs, which are closed after the run
     * @param output the name of an output of float32
     * @throws InputException if the model refuses the inputs
     */
    public Output run(Inputs inputs, String output) {
        try {
            Map<String, OnnxTensor> tensors = inputs.of(OrtEnvironment.getEnvironment());
            try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
                return copied(result.get(0), output);
            } finally {
                tensors.values().forEach(OnnxTensor::close);
            }
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private Output copied(OnnxValue value, String output) {
        // None of another type than floats.
        FloatBuffer values = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (values == null) {
            throw new InputException(name + ": expected an output of float32, found '" + output + "', which is none");
        }
        long[] shape = ((OnnxTensor) value).getInfo().getShape();
        return new Output(values, LongStream.of(shape).boxed().toList());
    }

    private InputException failed(OrtException e) {
        return new InputException(
                name + " cannot be run: expected a model that takes such inputs, found one that fails (" + reason(e)
                        + ")",
                e);
    }

    /** Without the code and the place in ONNX Runtime's sources that its messages begin with. */
    private static String reason(OrtException e) {
        String line =
                String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        String plain = line.replaceFirst("^Error code - \\w+ - message: ", "")
                .replaceFirst("^\\S+\\.(cc|h):\\d+ .*?\\) ?", "");
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close " + name, e);
        }
    }
}
