package io.github.linfhash.harness.fuzz;

import io.github.linfhash.testing.fuzz.FuzzCorpusContract;
import io.github.linfhash.testing.fuzz.FuzzTargets;

class HarnessCorpusTest extends FuzzCorpusContract {
    @Override
    protected FuzzTargets module() {
        return new HarnessTargets();
    }
}
