package io.github.linfhash.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.TrainingContext;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Each way to break a method fails the clause that speaks of it. */
class HashingMethodContractTest {
    private static final RandomProjections HONEST = new RandomProjections(new RandomProjections.Options(1));

    private static List<String> failures(MethodUnderTest<?> method) {
        ContractSubject subject = new ContractSubject(method);
        return ContractCheck.all().stream()
                .filter(check -> catchThrowable(() -> check.verify(subject)) != null)
                .map(ContractCheck::name)
                .toList();
    }

    private static List<String> failures(HashingMethod method) {
        return failures(RandomProjections.under(method, Supervision.DATA_INDEPENDENT));
    }

    @Test
    void theHonestMethodFailsNothing() {
        assertThat(failures(HONEST)).isEmpty();
    }

    @Test
    void anOptionWithoutOriginAndABlankCitationFail() {
        record Bare(int epochs) {}
        MethodSpec<Bare> spec = new MethodSpec<>(
                "bare",
                "Bare",
                " ",
                Supervision.DATA_INDEPENDENT,
                new Bare(1),
                o -> HONEST,
                RandomProjections.Projection::restore);
        assertThat(failures(MethodUnderTest.of(spec)))
                .containsExactly("every option says where its default comes from", "title and citation are given");
    }

    @Test
    void randomnessFromOutsideTheStreamsFails() {
        AtomicLong seed = new AtomicLong();
        HashingMethod method = (training, bits, context) ->
                HONEST.train(training, bits, TrainingContext.quiet(seed.incrementAndGet()));
        assertThat(failures(method)).contains("the same seed gives the same codes");
    }

    @Test
    void codesThatDependOnTheNumberOfThreadsFail() {
        HashingMethod method = (training, bits, context) ->
                HONEST.train(training, bits, TrainingContext.quiet(ForkJoinTask.getPool() == null ? 1 : 2));
        assertThat(failures(method)).containsExactly("one thread and three give the same codes");
    }

    @Test
    void trainingThatWritesIntoItsFeaturesFails() {
        HashingMethod method = (training, bits, context) -> {
            overwrite(training.labeled());
            return HONEST.train(training, bits, context);
        };
        assertThat(failures(method)).contains("training leaves its inputs as they were");
    }

    // Features are immutable, so that only reflection gets at their array.
    private static void overwrite(FeatureMatrix features) {
        try {
            Field values = FeatureMatrix.class.getDeclaredField("values");
            values.setAccessible(true);
            ((float[]) values.get(features))[0] += 1;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("FeatureMatrix keeps its values elsewhere now", e);
        }
    }

    @Test
    void aCurveOfNanAndNegativeParametersFail() {
        assertThat(failures(BrokenFunction.method(honest -> new BrokenFunction(honest) {
                    @Override
                    public Map<String, double[]> curves() {
                        return Map.of("loss", new double[] {1, Double.NaN});
                    }
                })))
                .containsExactly("curves and the number of parameters make sense");
        assertThat(failures(BrokenFunction.method(honest -> new BrokenFunction(honest) {
                    @Override
                    public long parameters() {
                        return -1;
                    }
                })))
                .containsExactly(
                        "curves and the number of parameters make sense", "a restored function gives the same codes");
    }

    @Test
    void realOutputsThatDependOnTheRowsBesideFail() {
        assertThat(failures(withOutputs(Breach.NONE))).isEmpty();
        assertThat(failures(withOutputs(Breach.ROWS_BESIDE)))
                .containsExactly("real outputs have their size and do not depend on the rows beside");
    }

    @Test
    void otherCodesBesideOutputsFail() {
        assertThat(failures(withOutputs(Breach.OTHER_CODES)))
                .containsExactly("real outputs have their size and do not depend on the rows beside");
    }

    /** The defect of continuous outputs. */
    private enum Breach {
        NONE,
        ROWS_BESIDE,
        OTHER_CODES
    }

    private static MethodUnderTest<?> withOutputs(Breach breach) {
        HashingMethod method = BrokenFunction.method(honest -> new WithOutputs(honest, breach));
        return MethodUnderTest.of(new MethodSpec<>(
                "random",
                "Random",
                "STOC 2002",
                Supervision.DATA_INDEPENDENT,
                new RandomProjections.Options(1),
                options -> method,
                state -> new WithOutputs(RandomProjections.Projection.restore(state), breach)));
    }

    /** The features are its outputs. */
    private static final class WithOutputs extends BrokenFunction implements RealOutputs {
        private final Breach breach;

        WithOutputs(HashFunction honest, Breach breach) {
            super(honest);
            this.breach = breach;
        }

        @Override
        public float[] outputs(FeatureMatrix features) {
            encode(features);
            float[] outputs = features.toArray();
            for (int i = 0; breach == Breach.ROWS_BESIDE && i < outputs.length; i++) {
                outputs[i] += features.rows();
            }
            return outputs;
        }

        @Override
        public Encoding encodeWithOutputs(FeatureMatrix features) {
            BinaryCodes codes = encode(features);
            return new Encoding(
                    breach == Breach.OTHER_CODES ? scrambled(codes) : codes,
                    FeatureMatrix.owning(features.rows(), dimension(), outputs(features)));
        }
    }

    @Test
    void aSupervisedMethodWithoutASenseOfClassesFails() {
        HashingMethod method = BrokenFunction.method(honest -> new BrokenFunction(honest) {
            @Override
            public BinaryCodes encode(FeatureMatrix features) {
                return scrambled(super.encode(features));
            }
        });
        assertThat(failures(RandomProjections.under(method, Supervision.SUPERVISED)))
                .contains("what is learned from labels ranks far above chance");
    }

    // Clusters come by turns of five: every turn takes its codes one cluster further.
    private static BinaryCodes scrambled(BinaryCodes codes) {
        int[] rows = new int[codes.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (i + i / 5) % rows.length;
        }
        return codes.select(rows);
    }

    @Test
    void aCodeThatDependsOnItsNeighborsFails() {
        assertThat(failures(BrokenFunction.method(honest -> new BrokenFunction(honest) {
                    @Override
                    public BinaryCodes encode(FeatureMatrix features) {
                        BinaryCodes codes = super.encode(features);
                        int[] rows = new int[codes.size()];
                        for (int i = 0; i < rows.length; i++) {
                            rows[i] = Math.min(i + 1, rows.length - 1);
                        }
                        return codes.select(rows);
                    }
                })))
                .contains("a row's code does not depend on the rows beside it");
    }

    @Test
    void oneCodeForEverythingFails() {
        assertThat(failures(BrokenFunction.method(honest -> new BrokenFunction(honest) {
                    @Override
                    public BinaryCodes encode(FeatureMatrix features) {
                        super.encode(features);
                        return BinaryCodes.ofSigns(features.rows(), bits(), new float[features.rows() * bits()]);
                    }
                })))
                .containsExactly("different classes get different codes", "a restored function gives the same codes");
    }

    @Test
    void anotherCodeLengthFails() {
        HashingMethod method = (training, bits, context) -> HONEST.train(training, 2 * bits, context);
        assertThat(failures(method)).contains("codes of 8, 16 and 24 bits have that size");
    }

    @Test
    void aBufferSharedByThreadsFails() {
        HashingMethod method = BrokenFunction.method(SharedBuffer::new);
        assertThat(failures(method)).containsExactly("two threads at once get the same codes");
    }

    /** Keeps the features of a call in a field, where another thread's call replaces them. */
    private static final class SharedBuffer extends BrokenFunction {
        private volatile FeatureMatrix current;

        SharedBuffer(HashFunction honest) {
            super(honest);
            current = FeatureMatrix.owning(0, honest.dimension(), new float[0]);
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            current = features;
            LockSupport.parkNanos(1_000_000);
            return super.encode(current);
        }
    }

    @Test
    void missingRefusalsFail() {
        assertThat(failures(BrokenFunction.method(Forgiving::new)))
                .containsExactly("features of another dimension are refused", "NaN features to encode fail");
        HashingMethod anyBits = (training, bits, context) -> HONEST.train(training, Math.max(1, bits), context);
        assertThat(failures(anyBits)).containsExactly("codes of less than one bit are refused");
    }

    /** Pads or cuts features to its dimension, and takes NaN for 0. */
    private static final class Forgiving extends BrokenFunction {
        Forgiving(HashFunction honest) {
            super(honest);
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            float[] values = new float[features.rows() * dimension()];
            for (int i = 0; i < features.rows(); i++) {
                for (int j = 0; j < Math.min(dimension(), features.dimension()); j++) {
                    float value = features.get(i, j);
                    values[i * dimension() + j] = Float.isNaN(value) ? 0 : value;
                }
            }
            return super.encode(FeatureMatrix.owning(features.rows(), dimension(), values));
        }
    }

    @Test
    void aStateThatLacksWhatWasLearnedFails() {
        assertThat(failures(BrokenFunction.method(honest -> new BrokenFunction(honest) {
                    @Override
                    public ModelState state() {
                        double[] ones = new double[dimension() * bits()];
                        Arrays.fill(ones, 1);
                        return super.state().with("directions", ModelArray.doubles(ones, bits(), dimension()));
                    }
                })))
                .containsExactly("a restored function gives the same codes");
    }

    @Test
    void aRestorerThatTakesAnythingFails() {
        MethodSpec<RandomProjections.Options> spec =
                RandomProjections.under(HONEST, Supervision.DATA_INDEPENDENT).spec();
        MethodSpec<RandomProjections.Options> lenient = new MethodSpec<>(
                spec.name(),
                spec.title(),
                spec.citation(),
                spec.supervision(),
                spec.defaults(),
                spec.factory(),
                state -> new RandomProjections.Projection(rows(state)));
        assertThat(failures(MethodUnderTest.of(lenient)))
                .containsExactly(
                        "a state with a part missing or left over is refused",
                        "a state with a wrong array, number, word or size is refused");
    }

    private static double[][] rows(ModelState state) {
        double[] values =
                Objects.requireNonNull(state.arrays().get("directions")).doubles();
        double[][] rows = new double[state.outputs()][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = Arrays.copyOfRange(values, k * state.inputs(), (k + 1) * state.inputs());
        }
        return rows;
    }

    @Test
    void codesLearnedFromNanFail() {
        assertThat(failures(RandomProjections.under(HONEST, Supervision.UNSUPERVISED)))
                .containsExactly("NaN features to learn from never yield codes");
    }

    @Test
    void noRowsAndLabelSetsMustBeHandled() {
        HashingMethod noRows = BrokenFunction.method(honest -> new BrokenFunction(honest) {
            @Override
            public BinaryCodes encode(FeatureMatrix features) {
                if (features.rows() == 0) {
                    throw new ArithmeticException("/ by zero");
                }
                return super.encode(features);
            }
        });
        assertThat(failures(noRows)).containsExactly("no rows give no codes");
        HashingMethod classesOnly = (training, bits, context) -> {
            training.labels().similar(0, ClassLabels.of(0), 0);
            return HONEST.train(training, bits, context);
        };
        assertThat(failures(classesOnly)).containsExactly("label sets are learned from, or refused in a sentence");
    }
}
