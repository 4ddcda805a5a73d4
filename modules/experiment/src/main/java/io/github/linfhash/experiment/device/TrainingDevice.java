package io.github.linfhash.experiment.device;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.encoders.backend.TrainingBackend;
import io.github.linfhash.encoders.backend.TrainingBackendProvider;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.SiameseTrainings;
import io.github.linfhash.encoders.training.SiameseTrainings.Ended;
import io.github.linfhash.encoders.training.SiameseTrainings.Job;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The device that encoders are trained on: each method trains itself with the tensor library, or a backend trains many encoders together. Everything
 * else, other methods and the evaluation included, is computed as without it.
 */
public final class TrainingDevice {
    /** Each method trains itself. */
    public static final TrainingDevice DEFAULT = new TrainingDevice(null);

    /** The kinds of devices that users can ask for. */
    public enum Kind {
        /** The processor, by the tensor library. */
        CPU,
        /** The first GPU that an OpenCL driver offers, else another of its devices. */
        OPENCL,
        /** An NVIDIA GPU, by the tensor library of a build with the Maven profile cuda. */
        CUDA
    }

    private final @Nullable TrainingBackend backend;

    private TrainingDevice(@Nullable TrainingBackend backend) {
        this.backend = backend;
    }

    /**
     * The device of a kind.
     *
     * @throws InputException if there is none that can be used, in a sentence that says why
     */
    public static TrainingDevice of(Kind kind) {
        if (kind == Kind.OPENCL) {
            return new TrainingDevice(openCl().open());
        }
        boolean onGpu = TensorBackend.onGpu();
        if (kind == Kind.CUDA && !onGpu) {
            throw new InputException(
                    "--device cuda: this program was built without the Maven profile cuda; rebuild it with that profile,"
                            + " or use --device opencl");
        }
        if (kind == Kind.CPU && onGpu) {
            throw new InputException("--device cpu: this program was built with the Maven profile cuda; rebuild it"
                    + " without that profile to use the processor");
        }
        return DEFAULT;
    }

    /**
     * Returns the provider of the backend that trains on OpenCL devices.
     *
     * @throws InputException if this program comes without it
     */
    public static TrainingBackendProvider openCl() {
        return ServiceLoader.load(TrainingBackendProvider.class)
                .findFirst()
                .orElseThrow(
                        () -> new InputException(
                                "--device opencl: this program comes without the module opencl; use the full distribution, linfhash, or leave --device out"));
    }

    /** Whether trainings are carried out together, and not by each method itself. */
    public boolean together() {
        return backend != null;
    }

    /** The device with its driver, which decides the results of what it trains; empty where each method trains itself. */
    public String name() {
        return backend == null ? "" : backend.describe();
    }

    /**
     * Why this device cannot train a method with its options, in a few words; empty where it can, and where each method trains itself
     * anyway.
     */
    public Optional<String> obstacle(HashingMethod method) {
        if (backend == null) {
            return Optional.empty();
        }
        return itself(method) instanceof SiameseMethod siamese
                ? SiameseTrainings.obstacle(siamese)
                : Optional.of("no encoder");
    }

    /** Whether this device trains a method, and not the method itself. */
    public boolean trains(HashingMethod method) {
        return together() && obstacle(method).isEmpty();
    }

    /** The name of what trains a method: of this device, of the tensor library's GPU, or of the processor. */
    public String nameFor(HashingMethod method) {
        if (trains(method)) {
            return name();
        }
        return TensorBackend.onGpu() && itself(method) instanceof SiameseMethod ? "cuda" : RunResult.CPU;
    }

    /**
     * Checks that this device can train a method with its options.
     *
     * @throws InputException if not, in a sentence
     */
    public void requirePossible(String name, HashingMethod method) {
        obstacle(method).ifPresent(reason -> {
            throw new InputException("--device opencl cannot train " + name + ": " + reason
                    + "; leave it out of --methods, or run without --device");
        });
    }

    /**
     * Checks that what an encoder is trained on can be learned from labels.
     *
     * @throws InputException if not, in a sentence
     */
    public static void requireFit(HashingMethod method, Labels labels) {
        if (itself(method) instanceof SiameseMethod siamese) {
            siamese.schedule().requireFit(labels);
        }
    }

    private static HashingMethod itself(HashingMethod method) {
        return method instanceof MethodSpec.Supervised supervised ? supervised.method() : method;
    }

    /**
     * A training of a method that this device can train.
     *
     * @throws InputException if the labels have no pairs to learn from
     */
    public Job job(HashingMethod method, TrainingSet training, int bits, TrainingContext context) {
        if (method instanceof MethodSpec.Supervised supervised) {
            supervised.requirePairs(training.labels());
        }
        return new Job((SiameseMethod) itself(method), training, bits, context);
    }

    /** Trains together; only for a device that does. */
    public List<Ended> train(List<Job> jobs, Progress progress) {
        if (backend == null) {
            throw new IllegalStateException("each method trains itself");
        }
        return new SiameseTrainings(backend).train(jobs, progress);
    }
}
