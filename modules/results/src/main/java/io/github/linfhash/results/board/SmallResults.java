package io.github.linfhash.results.board;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Results as a repository keeps them: every number and digest, without curves, packed. */
public final class SmallResults {
    private SmallResults() {}

    /** The same results without curves of training and by radius. */
    public static Results of(Results results) {
        return new Results(
                results.protocol(),
                results.environment(),
                results.runs().stream().map(SmallResults::withoutCurves).toList());
    }

    private static RunResult withoutCurves(RunResult run) {
        return new RunResult(
                run.key(),
                run.splitHash(),
                run.codesHash(),
                run.parameters(),
                run.metrics(),
                Map.of(),
                run.seconds(),
                run.failure(),
                run.device());
    }

    /** What the folder of such results is called: the protocol and the version of its rules. */
    public static String folder(Results results) {
        RulesVersion version = RulesVersion.of(results);
        return SafeName.of(version.protocol()) + "-" + version.shortName();
    }

    /** Writes the small form, atomically. */
    public static void write(Path file, Results results) throws IOException {
        pack(file, ResultsJson.text(of(results)).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file in gzip's form, atomically: equal contents give equal files. */
    static void pack(Path file, byte[] content) throws IOException {
        AtomicFiles.write(file, out -> {
            GZIPOutputStream packed = new GZIPOutputStream(out);
            packed.write(content);
            packed.finish();
        });
    }
}
