package io.github.linfhash.encoders;

import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.linf.DeepLinfOptions;
import io.github.linfhash.encoders.linf.SparseLinf;
import io.github.linfhash.encoders.linf.SparseLinfOptions;
import io.github.linfhash.encoders.lista.DeepL0;
import io.github.linfhash.encoders.lista.DeepL0Options;
import io.github.linfhash.encoders.lista.Snnh;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.encoders.training.CodeRule;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.encoders.training.LossOptions;
import io.github.linfhash.encoders.training.TrainingOptions;
import io.github.linfhash.testing.HashingMethodContract;
import io.github.linfhash.testing.MethodUnderTest;
import java.util.List;

/** The encoders keep the contract with trainings that are short, but long enough to tell five classes apart. */
class EncodersContractTest extends HashingMethodContract {
    private static final TrainingOptions SHORT = Blobs.shortTraining(4);

    @Override
    protected List<MethodUnderTest<?>> methods() {
        return List.of(
                MethodUnderTest.of(Nnh.SPEC, d -> d.with(SHORT)),
                MethodUnderTest.of(Snnh.SPEC, d -> d.with(SHORT)),
                MethodUnderTest.of(DeepLinf.SPEC, d -> d.with(SHORT)),
                MethodUnderTest.of(
                        DeepLinf.SPEC,
                        d -> DeepLinfOptions.RECOMMENDED.with(
                                TrainingOptions.RECOMMENDED.withLoss(LossKind.REGRESSION, LossOptions.DEFAULTS))),
                MethodUnderTest.of(
                        DeepL0.SPEC,
                        d -> new DeepL0Options(
                                d.gain(),
                                d.threshold(),
                                d.ramp(),
                                d.stages(),
                                d.stageWeights(),
                                d.biases(),
                                0,
                                d.codes(),
                                d.initialization(),
                                d.dictionary(),
                                SHORT)),
                MethodUnderTest.of(
                        SparseLinf.SPEC,
                        d -> new SparseLinfOptions(
                                d.gain(),
                                d.threshold(),
                                d.lambda(),
                                d.stages(),
                                d.stageWeights(),
                                CodeRule.SIGN,
                                d.initialization(),
                                SHORT)));
    }
}
