package io.github.linfhash.encoders.backend;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.backend.Training.Trained;
import java.util.List;

/** Trains many networks at once. What becomes of one does not depend on which others there are. */
public interface TrainingBackend extends AutoCloseable {
    /** The most images of a batch; more would make drawing them, a loop of one item on a device, the longest part. */
    int MOST_IMAGES = 2048;

    /** Describes the device that it computes on, with whatever decides last bits, such as the driver. */
    String describe();

    /**
     * Carries out trainings.
     *
     * @param progress where to say how far it is
     * @return how each ended, in their order
     * @throws io.github.linfhash.core.errors.InputException if one of them cannot be done by this backend, in a sentence
     */
    List<Trained> train(List<Training> trainings, Progress progress);

    @Override
    void close();
}
