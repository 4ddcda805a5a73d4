package io.github.linfhash.spark.cli;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.spark.evaluation.EvaluationQueries;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the queries of an evaluation. */
final class LabelledQueries {
    @Option(names = "--query-codes", paramLabel = "F", required = true, description = "Codes of the queries, as .npy.")
    private Path codesFile = Path.of("");

    @Option(names = "--query-labels", paramLabel = "F", required = true, description = "Their labels, as .npy.")
    private Path labelsFile = Path.of("");

    @Mixin
    private CodeLength length = new CodeLength();

    EvaluationQueries read() {
        BinaryCodes codes = length.read(codesFile);
        Labels labels = LabelArrays.read(labelsFile);
        if (labels.size() != codes.size()) {
            throw new InputException(labelsFile + ": expected a label for each of the " + codes.size() + " codes of "
                    + codesFile + ", found " + labels.size());
        }
        return new EvaluationQueries(codes, labels);
    }
}
