package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.BinaryCodes;

/** In what order files have the codes of a seed's rows: brings them into the order of the split. */
public interface CodeOrder {
    /** That of the split itself. */
    CodeOrder OF_SPLIT = new CodeOrder() {
        @Override
        public BinaryCodes queries(BinaryCodes inFile) {
            return inFile;
        }

        @Override
        public BinaryCodes database(BinaryCodes inFile) {
            return inFile;
        }
    };

    /**
     * The codes of the queries in the order of the split.
     *
     * @throws io.github.linfhash.core.errors.InputException if there is not a code for each
     */
    BinaryCodes queries(BinaryCodes inFile);

    /**
     * The codes of the database in the order of the split.
     *
     * @throws io.github.linfhash.core.errors.InputException if there is not a code for each
     */
    BinaryCodes database(BinaryCodes inFile);
}
