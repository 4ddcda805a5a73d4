package io.github.linfhash.experiment.device;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.layers.Backend;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.SiameseTrainings;
import io.github.linfhash.encoders.training.SiameseTrainings.Ended;
import io.github.linfhash.encoders.training.SiameseTrainings.Job;
import io.github.linfhash.opencl.device.OpenClDevices;
import io.github.linfhash.opencl.device.OpenClTrainer;
import io.github.linfhash.opencl.trainings.TrainingBackend;
import io.github.linfhash.results.schema.EnvironmentSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What encoders are trained on: by each method itself, on what the tensor library has, or many trainings together by a backend.
 * Everything else, other methods and the evaluation included, is computed as without it.
 */
public final class TrainingDevice {
    /** Each method trains itself. */
    public static final TrainingDevice DEFAULT = new TrainingDevice(null);

    /** What may be asked for. */
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
            return new TrainingDevice(new OpenClTrainer(OpenClDevices.find().best()));
        }
        boolean onGpu = Backend.onGpu();
        if (kind == Kind.CUDA && !onGpu) {
            throw new InputException(
                    "--device cuda: this program was built without the Maven profile cuda, and computes"
                            + " on the processor; --device opencl is for GPUs of every make");
        }
        if (kind == Kind.CPU && onGpu) {
            throw new InputException("--device cpu: this program was built with the Maven profile cuda, and computes on"
                    + " the GPU; build without that profile to use the processor");
        }
        return DEFAULT;
    }

    /** Whether trainings are carried out together, and not by each method itself. */
    public boolean together() {
        return backend != null;
    }

    /** What of this decides results beside the tensor library; empty for the default. */
    public String name() {
        return backend == null ? "" : backend.describe();
    }

    /** The environment of results whose encoders are trained on this. */
    public EnvironmentSummary of(EnvironmentSummary environment) {
        return backend == null
                ? environment
                : environment.withBackend(environment.backend() + "; trainings: " + name());
    }

    /**
     * Checks that this device can train a method with its options.
     *
     * @throws InputException if not, in a sentence
     */
    public void requirePossible(String name, HashingMethod method) {
        if (backend == null) {
            return;
        }
        if (!(itself(method) instanceof SiameseMethod siamese)) {
            throw new InputException("--device opencl trains encoders alone (deep-linf, nnh, snnh), found " + name
                    + ": leave it out of --methods, or run it without --device");
        }
        SiameseTrainings.requirePossible(siamese, "--device opencl");
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
