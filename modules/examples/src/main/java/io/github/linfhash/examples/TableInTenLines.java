package io.github.linfhash.examples;

import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.SummaryTable;
import java.io.IOException;
import java.nio.file.Path;

/** A table of three methods on the images that linfhash brings: {@code TableInTenLines FOLDER}. */
public final class TableInTenLines {
    private TableInTenLines() {}

    public static void main(String[] arguments) throws IOException {
        Results results = Experiment.of("fashion-mnist")
                .with(Selection.ALL.ofMethods("lsh", "itq", "ksh").atBits(48).withSeeds(0L))
                .run(Path.of(arguments[0]));
        System.out.print(SummaryTable.of(results).text());
    }
}
