package io.github.linfhash.reports.fuzz;

import io.github.linfhash.testing.fuzz.FuzzCorpusContract;
import io.github.linfhash.testing.fuzz.FuzzTargets;

class ReportsCorpusTest extends FuzzCorpusContract {
    @Override
    protected FuzzTargets module() {
        return new ReportsTargets();
    }
}
