package io.github.linfhash.formats.fuzz;

import io.github.linfhash.testing.fuzz.FuzzCorpusContract;
import io.github.linfhash.testing.fuzz.FuzzTargets;

class FormatsCorpusTest extends FuzzCorpusContract {
    @Override
    protected FuzzTargets module() {
        return new FormatsTargets();
    }
}
