package io.github.linfhash.encoders;

import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.linf.SparseLinf;
import io.github.linfhash.encoders.lista.DeepL0;
import io.github.linfhash.encoders.lista.Snnh;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
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
                MethodUnderTest.of(Nnh.SPEC, d -> d.with("training", SHORT)),
                MethodUnderTest.of(Snnh.SPEC, d -> d.with("training", SHORT)),
                MethodUnderTest.of(DeepLinf.SPEC, d -> d.with("training", SHORT)),
                MethodUnderTest.of(
                        DeepLinf.SPEC,
                        d -> DeepLinf.Options.RECOMMENDED
                                .with("training.loss", LossKind.REGRESSION)
                                .with("training.epochs", 8)),
                MethodUnderTest.of(DeepL0.SPEC, d -> d.with("outputTanh", 0).with("training", SHORT)),
                MethodUnderTest.of(
                        SparseLinf.SPEC, d -> d.with("codes", CodeRule.SIGN).with("training", SHORT)));
    }
}
