package io.github.linfhash.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.TrainingSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/** The contract's checks of registration and training. */
final class TrainingChecks {
    static final List<ContractCheck> ALL = List.of(
            new ContractCheck("every option says where its default comes from", TrainingChecks::originOfOptions),
            new ContractCheck("title and citation are given", TrainingChecks::titleAndCitation),
            new ContractCheck("the same seed gives the same codes", TrainingChecks::sameSeedSameCodes),
            new ContractCheck("one thread and three give the same codes", TrainingChecks::anyNumberOfThreads),
            new ContractCheck("training leaves its inputs as they were", TrainingChecks::inputsStay),
            new ContractCheck("curves and the number of parameters make sense", TrainingChecks::curves),
            new ContractCheck("label sets are learned from, or refused in a sentence", TrainingChecks::labelSets),
            new ContractCheck("what is learned from labels ranks far above chance", TrainingChecks::aboveChance));

    /** How far above chance, a mean average precision of 0.2, a supervised method must rank five separate classes. */
    private static final double WANTED_MAP = 0.5;

    private TrainingChecks() {}

    private static void originOfOptions(ContractSubject subject) {
        for (OptionEntry option : OptionEntry.of(subject.spec().defaults())) {
            Origin origin = option.origin();
            assertThat(origin).as("origin of option " + option.name()).isNotNull();
            assertThat(Objects.requireNonNull(origin).note())
                    .as("note of option " + option.name())
                    .isNotBlank();
        }
    }

    private static void titleAndCitation(ContractSubject subject) {
        assertThat(subject.spec().title()).as("title").isNotBlank();
        assertThat(subject.spec().citation()).as("citation").isNotBlank();
    }

    private static void sameSeedSameCodes(ContractSubject subject) {
        BinaryCodes again = subject.train(subject.blobs().trainingSet(), ContractSubject.BITS)
                .encode(subject.blobs().test());
        assertThat(again).as("codes of a second training").isEqualTo(subject.codes());
    }

    private static void anyNumberOfThreads(ContractSubject subject) {
        for (int threads : new int[] {1, 3}) {
            assertThat(inPool(threads, subject))
                    .as("codes that " + threads + " threads learned and made")
                    .isEqualTo(subject.codes());
        }
    }

    /** Parallel streams of a task are carried out by the threads of its pool. */
    private static BinaryCodes inPool(int threads, ContractSubject subject) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> subject.train(subject.blobs().trainingSet(), ContractSubject.BITS)
                            .encode(subject.blobs().test()))
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError("training by " + threads + " threads failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void inputsStay(ContractSubject subject) {
        TrainingSet training = subject.blobs().trainingSet();
        String features = training.labeled().sha256();
        Labels labels = training.labels().select(allRows(training));
        subject.train(training, ContractSubject.BITS).encode(training.labeled());
        assertThat(training.labeled().sha256()).as("digest of the features").isEqualTo(features);
        assertThat(training.labels()).as("labels").isEqualTo(labels);
    }

    private static int[] allRows(TrainingSet training) {
        int[] rows = new int[training.labels().size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        return rows;
    }

    private static void curves(ContractSubject subject) {
        HashFunction function = subject.function();
        assertThat(function.parameters()).as("parameters").isNotNegative();
        function.curves().forEach((name, values) -> {
            assertThat(values).as("curve " + name).isNotEmpty();
            for (double value : values) {
                assertThat(value).as("curve " + name).isFinite();
            }
        });
    }

    private static void labelSets(ContractSubject subject) {
        Blobs blobs = subject.multiLabelBlobs();
        HashFunction function;
        try {
            function = subject.train(blobs.trainingSet(), ContractSubject.BITS);
        } catch (InputException e) {
            assertThat(e).as("refusal of label sets").message().isNotBlank();
            return;
        }
        assertThat(function.encode(blobs.test()).size())
                .as("codes after training on label sets")
                .isEqualTo(blobs.test().rows());
    }

    private static void aboveChance(ContractSubject subject) {
        if (subject.spec().supervision() != MethodSpec.Supervision.SUPERVISED) {
            return;
        }
        BinaryCodes database = subject.function().encode(subject.blobs().train());
        double map = Retrieval.of(subject.codes(), database, subject.blobs().relevance())
                .ranks()
                .map();
        assertThat(map).as("mAP on five separate classes").isGreaterThan(WANTED_MAP);
    }
}
