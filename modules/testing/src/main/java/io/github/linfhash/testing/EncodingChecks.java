package io.github.linfhash.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.RealOutputs;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The contract's checks of codes. */
final class EncodingChecks {
    static final List<ContractCheck> ALL = List.of(
            new ContractCheck("codes of 8, 16 and 24 bits have that size", EncodingChecks::codesHaveTheirSize),
            new ContractCheck("different classes get different codes", EncodingChecks::codesDiffer),
            new ContractCheck("a row's code does not depend on the rows beside it", EncodingChecks::blocks),
            new ContractCheck("no rows give no codes", EncodingChecks::noRows),
            new ContractCheck(
                    "real outputs have their size and do not depend on the rows beside", EncodingChecks::outputs),
            new ContractCheck("two threads at once get the same codes", EncodingChecks::twoThreads));

    private static final int ROUNDS = 20;

    private EncodingChecks() {}

    private static void codesHaveTheirSize(ContractSubject subject) {
        FeatureMatrix test = subject.blobs().test();
        for (int bits : new int[] {8, ContractSubject.BITS, 24}) {
            HashFunction function = subject.function(bits);
            assertThat(function.bits()).as("reported bits").isEqualTo(bits);
            assertThat(function.dimension()).as("reported dimension").isEqualTo(test.dimension());
            BinaryCodes codes = function.encode(test);
            assertThat(codes.bits()).as("bits of the codes").isEqualTo(bits);
            assertThat(codes.size()).as("number of codes").isEqualTo(test.rows());
        }
    }

    private static void codesDiffer(ContractSubject subject) {
        assertThat(subject.codes().unique())
                .as("different codes of five classes")
                .isGreaterThan(1);
    }

    private static void blocks(ContractSubject subject) {
        FeatureMatrix test = subject.blobs().test();
        BinaryCodes all = subject.codes();
        int[] backwards =
                IntStream.range(0, test.rows()).map(i -> test.rows() - 1 - i).toArray();
        for (int[] rows : List.of(new int[] {7}, new int[] {3, 3, 59, 0}, backwards)) {
            assertThat(subject.function().encode(test.select(rows)))
                    .as("codes of " + rows.length + " chosen rows")
                    .isEqualTo(all.select(rows));
        }
    }

    private static void outputs(ContractSubject subject) {
        if (!(subject.function() instanceof RealOutputs function)) {
            return;
        }
        FeatureMatrix test = subject.blobs().test();
        float[] all = function.outputs(test);
        assertThat(all.length % test.rows())
                .as("outputs beyond those of whole rows")
                .isZero();
        int k = all.length / test.rows();
        assertThat(k).as("outputs of a row").isPositive();
        for (int row : new int[] {0, 7, 59}) {
            assertThat(function.outputs(test.select(new int[] {row})))
                    .as("outputs of row " + row + " alone")
                    .isEqualTo(Arrays.copyOfRange(all, row * k, (row + 1) * k));
        }
        RealOutputs restored = (RealOutputs) subject.spec().restore(function.state());
        assertThat(restored.outputs(test))
                .as("outputs of the restored function")
                .isEqualTo(all);
        RealOutputs.Encoding both = function.encodeWithOutputs(test);
        assertThat(both.codes()).as("codes beside outputs").isEqualTo(subject.codes());
        assertThat(both.outputs().toArray()).as("outputs beside codes").isEqualTo(all);
        assertThatThrownBy(() -> function.outputs(
                        FeatureMatrix.owning(1, test.dimension() + 1, new float[test.dimension() + 1])))
                .as("outputs of another dimension")
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void noRows(ContractSubject subject) {
        BinaryCodes codes = subject.function().encode(subject.blobs().test().select(new int[0]));
        assertThat(codes.size()).as("codes of no rows").isZero();
        assertThat(codes.bits()).as("their length").isEqualTo(ContractSubject.BITS);
    }

    private static void twoThreads(ContractSubject subject) {
        BinaryCodes ofTest = subject.codes();
        BinaryCodes ofTrain = subject.function().encode(subject.blobs().train());
        CountDownLatch start = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> first = threads.submit(() -> {
                meet(start);
                return repeats(subject.function(), subject.blobs().test(), ofTest);
            });
            Future<Boolean> second = threads.submit(() -> {
                meet(start);
                return repeats(subject.function(), subject.blobs().train(), ofTrain);
            });
            assertThat(List.of(first.get(), second.get()))
                    .as("codes made by two threads are right")
                    .containsOnly(true);
        } catch (ExecutionException e) {
            throw new AssertionError("encoding by two threads at once failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void meet(CountDownLatch start) throws InterruptedException {
        start.countDown();
        start.await();
    }

    private static boolean repeats(HashFunction function, FeatureMatrix features, BinaryCodes expected) {
        for (int round = 0; round < ROUNDS; round++) {
            if (!function.encode(features).equals(expected)) {
                return false;
            }
        }
        return true;
    }
}
