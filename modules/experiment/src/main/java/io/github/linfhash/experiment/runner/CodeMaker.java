package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.results.schema.MethodSummary;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A method that is no part of linfhash, and makes the codes of a run when it is asked. */
public interface CodeMaker {
    /** What results say of it. */
    MethodSummary summary();

    /** Whether it is run at a code length with a seed. */
    boolean runs(int bits, long seed);

    /** SHA-256 of all that is known here of what decides its codes. */
    String hash();

    /**
     * Makes the codes of a run.
     *
     * @param trial the rows of the run's seed; its queries are outside the database
     * @param folder a folder for what is written on the way, which need not exist, or null for one of the system's
     * @throws io.github.linfhash.core.errors.InputException if it fails, or what it makes are no such codes
     */
    ExternalCodes.Codes make(Trial trial, RunKey key, @Nullable Path folder);

    /**
     * A run of such a method, whose time of training is that of all it does.
     *
     * @param maker the method
     * @param key the name of the run
     */
    record Cell(CodeMaker maker, RunKey key) implements CodeSource {
        static Cell of(CodeMaker maker, int bits, long seed) {
            MethodSummary summary = maker.summary();
            return new Cell(maker, new RunKey(summary.name(), summary.row(), bits, seed));
        }

        @Override
        public String hash() {
            return Digests.sha256("made/" + maker.hash());
        }

        @Override
        public MethodSummary summary() {
            return maker.summary();
        }

        /** What trains it where the codes are made is not known here. */
        @Override
        public @Nullable String trainedOn(TrainingDevice device) {
            return null;
        }

        @Override
        public Measurement measure(Trial trial, Conventions conventions, TrainingContext context) {
            long start = System.nanoTime();
            ExternalCodes.Codes codes = maker.make(trial, key, context.programFolder());
            double seconds = (System.nanoTime() - start) / 1e9;
            return codes.measure(Map.of(StandardMetrics.TRAIN.key(), seconds), trial, conventions);
        }
    }
}
