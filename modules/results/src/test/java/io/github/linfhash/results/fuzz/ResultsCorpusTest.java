package io.github.linfhash.results.fuzz;

import io.github.linfhash.testing.fuzz.FuzzCorpusContract;
import io.github.linfhash.testing.fuzz.FuzzTargets;

class ResultsCorpusTest extends FuzzCorpusContract {
    @Override
    protected FuzzTargets module() {
        return new ResultsTargets();
    }
}
