package io.github.linfhash.core.method;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;

/**
 * The random streams, progress and shared work of a training.
 *
 * @param random the named random streams of this run's seed
 * @param progress where to say how far training is
 * @param work what other trainings compute alike
 */
public record TrainingContext(RandomStreams random, Progress progress, SharedWork work) {
    /** A context that shares no work. */
    public TrainingContext(RandomStreams random, Progress progress) {
        this(random, progress, SharedWork.NONE);
    }

    /** A context that shows nothing and keeps nothing. */
    public static TrainingContext quiet(long seed) {
        return new TrainingContext(new RandomStreams(seed), Progress.NONE);
    }
}
