package io.github.linfhash.tasks.fuzz;

import io.github.linfhash.testing.fuzz.FuzzCorpusContract;
import io.github.linfhash.testing.fuzz.FuzzTargets;

class TasksCorpusTest extends FuzzCorpusContract {
    @Override
    protected FuzzTargets module() {
        return new TasksTargets();
    }
}
