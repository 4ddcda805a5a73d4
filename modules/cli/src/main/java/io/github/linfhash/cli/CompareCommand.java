package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.reports.page.DifferencePage;
import io.github.linfhash.results.differences.ResultDifferences;
import io.github.linfhash.results.differences.ResultDifferences.DifferenceText;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.TableCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linfhash results compare}: two results of the same rules and data, metric by metric. */
@Command(
        name = "compare",
        description =
                "Compares two results files of the same protocol and data, such as two commits, backends or machines.",
        footer = {
            "  linfhash results compare before/results.json after/results.json",
            "  linfhash results compare cpu/results.json cuda/results.json --out reports/out/backends",
            "",
            "Differences are second minus first, paired over common seeds. Rules, data, features and splits must be",
            "equal."
        })
final class CompareCommand extends TableCommand {
    private static final String PAGE = "compare.html";

    @Parameters(paramLabel = "RESULTS.json", arity = "2", description = "Two results files written by 'linfhash run'.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Also write the report DIR/compare.html.")
    private @Nullable Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        if (files.size() != 2) {
            throw new InputException("compare: expected two results.json, found " + files.size());
        }
        if (out != null) {
            written.checkIn("--out", out, List.of(PAGE), List.of());
        }
        Results first = ResultsJson.read(files.get(0));
        Results second = ResultsJson.read(files.get(1));
        ResultDifferences differences = ResultDifferences.of(first, second);
        if (out != null) {
            List<String> names = files.stream().map(Path::toString).toList();
            Path page = out.resolve(PAGE);
            AtomicFiles.write(page, DifferencePage.render(differences, first, names));
            say("wrote " + page);
        }
        print(DifferenceText.tables(differences));
        say(DifferenceText.verdict(differences));
        return ExitCodes.OK;
    }
}
