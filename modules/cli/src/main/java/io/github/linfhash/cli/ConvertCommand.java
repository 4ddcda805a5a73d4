package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.results.schema.OldResults;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linfhash results convert}: results files of older schemas as files of today's. */
@Command(
        name = "convert",
        description = "Converts results files with older schemas to the current one.",
        footer = {
            "  linfhash results convert results.json",
            "  linfhash results convert old/*.json.gz --out new",
            "",
            "Without --out, files are replaced after all have been read. With --out, the originals remain. Files that",
            "end in .gz stay compressed, and current ones unchanged. Missing values become null."
        })
final class ConvertCommand extends BaseCommand {
    @Parameters(
            paramLabel = "RESULTS.json",
            arity = "1..*",
            description = "Results files (.json or .json.gz), or folders with a results.json.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private List<Path> files;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the converted files (default: replace the originals).")
    private @Nullable Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        List<Path> named = files.stream().map(ResultsJson::file).distinct().toList();
        if (out != null) {
            List<String> names =
                    named.stream().map(file -> file.getFileName().toString()).toList();
            requireDistinct(names);
            written.checkIn("--out", out, names, named);
        }
        Map<Path, Results> converted = new LinkedHashMap<>();
        for (Path file : named) {
            boolean current = ResultsJson.schema(file).equals(Optional.of(ResultsJson.SCHEMA));
            Results results = current ? ResultsJson.read(file) : OldResults.read(file);
            if (current) {
                say(file + " has the schema " + ResultsJson.SCHEMA + " already");
            }
            if (out != null) {
                converted.put(out.resolve(file.getFileName()), results);
            } else if (!current) {
                converted.put(file, results);
            }
        }
        for (Map.Entry<Path, Results> one : converted.entrySet()) {
            ResultsJson.write(one.getKey(), one.getValue());
            say("wrote " + one.getKey());
        }
        return ExitCodes.OK;
    }

    private static void requireDistinct(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                throw new InputException("--out: expected files of different names, found two called " + names.get(i)
                        + "; convert them without --out, or one at a time");
            }
        }
    }
}
