package io.github.linfhash.core.method;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a training.
 *
 * @param random the named random streams of this run's seed
 * @param progress where to say how far training is
 * @param programFolder the folder in which a program as a method writes on the way to this run's codes, or null for one of the system's
 * @param work what other trainings compute alike
 */
public record TrainingContext(
        RandomStreams random, Progress progress, @Nullable Path programFolder, SharedWork work) {
    /** A context that shares no work. */
    public TrainingContext(RandomStreams random, Progress progress, @Nullable Path programFolder) {
        this(random, progress, programFolder, SharedWork.NONE);
    }

    /** The same context with work that is shared. */
    public TrainingContext with(SharedWork shared) {
        return new TrainingContext(random, progress, programFolder, shared);
    }

    /** A context that shows nothing and keeps nothing. */
    public static TrainingContext quiet(long seed) {
        return new TrainingContext(new RandomStreams(seed), Progress.NONE, null);
    }
}
