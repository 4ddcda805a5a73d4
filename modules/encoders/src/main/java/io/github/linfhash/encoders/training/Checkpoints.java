package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;

/** Where the state of a training is kept between epochs. */
interface Checkpoints {
    /** The state to start from: that of the last kept epoch, or a new one where none is kept or it is damaged, which is said. */
    TrainingState load();

    /** Keeps the state after an epoch. */
    void save(TrainingState state);

    /** Checkpoints in the context's folder, or none where it has no folder. */
    static Checkpoints of(RunIdentity run, TrainingSet training, TrainingContext context) {
        if (context.checkpoints() == null) {
            return new None();
        }
        return new InFile(
                new CheckpointFile(
                        context.checkpoints(),
                        run.key(training, context.random().seed())),
                context.progress());
    }

    /** Keeps nothing. */
    record None() implements Checkpoints {
        @Override
        public TrainingState load() {
            return new TrainingState();
        }

        @Override
        public void save(TrainingState state) {}
    }

    /**
     * Keeps the last epoch in a file.
     *
     * @param progress where it is said that the file is damaged
     */
    record InFile(CheckpointFile file, Progress progress) implements Checkpoints {
        @Override
        public TrainingState load() {
            try {
                return file.load().orElseGet(TrainingState::new);
            } catch (InputException damaged) {
                // A checkpoint saves time and nothing else: from the start, training ends with the same weights.
                progress.note(damaged.getMessage() + ": the training starts from the beginning");
                return new TrainingState();
            }
        }

        @Override
        public void save(TrainingState state) {
            file.save(state);
        }
    }
}
