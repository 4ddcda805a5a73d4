package io.github.linfhash.experiment.fuzz;

import io.github.linfhash.testing.fuzz.FuzzCorpusContract;
import io.github.linfhash.testing.fuzz.FuzzTargets;

class ExperimentCorpusTest extends FuzzCorpusContract {
    @Override
    protected FuzzTargets module() {
        return new ExperimentTargets();
    }
}
