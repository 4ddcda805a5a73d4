package io.github.linfhash.data.fuzz;

import io.github.linfhash.testing.fuzz.FuzzCorpusContract;
import io.github.linfhash.testing.fuzz.FuzzTargets;

class DataCorpusTest extends FuzzCorpusContract {
    @Override
    protected FuzzTargets module() {
        return new DataTargets();
    }
}
