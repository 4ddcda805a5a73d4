package io.github.linfhash.testing;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import java.util.List;

/** The contract holds for an honest method, with its defaults and with reduced options. */
class RandomProjectionsContractTest extends HashingMethodContract {
    @Override
    protected List<MethodUnderTest<?>> methods() {
        MethodUnderTest<RandomProjections.Options> defaults = RandomProjections.under(
                new RandomProjections(new RandomProjections.Options(1)), Supervision.DATA_INDEPENDENT);
        return List.of(
                defaults,
                MethodUnderTest.of(defaults.spec(), options -> new RandomProjections.Options(options.scale() / 2)));
    }
}
