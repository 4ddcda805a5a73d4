package io.github.linfhash.protocols.fuzz;

import io.github.linfhash.testing.fuzz.FuzzCorpusContract;
import io.github.linfhash.testing.fuzz.FuzzTargets;

class ProtocolsCorpusTest extends FuzzCorpusContract {
    @Override
    protected FuzzTargets module() {
        return new ProtocolsTargets();
    }
}
