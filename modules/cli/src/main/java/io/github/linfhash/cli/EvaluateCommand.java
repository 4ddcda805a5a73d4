package io.github.linfhash.cli;

import io.github.linfhash.advisor.command.CsvOptions;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.LabelFiles;
import io.github.linfhash.formats.vectors.NamedLabels;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NumberList;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash evaluate}: the metrics of codes that were made elsewhere. */
@Command(
        name = "evaluate",
        description = "Measures retrieval with codes from NumPy files and prints the metrics as fractions of 1.",
        footerHeading = "%nFiles:%n",
        footer = {
            "  Codes are uint8, one per row. Their bits are packed, with bit b in bit b %% 8 of byte b / 8",
            "  (numpy.packbits(bits, axis=1, bitorder=\"little\")), or each element is one bit, 0 or 1.",
            "  A matrix of only 0 and 1 is read as the latter. Use --bits if that is wrong, or if the",
            "  code length is no multiple of 8.",
            "  Labels are one class per row, or label sets such as a 0/1 matrix; items that share a",
            "  label are relevant. Formats are those of 'linfhash train', such as .npy, .npz, .txt,",
            "  .csv and .parquet. Both files must use the same label names.",
            "",
            "Examples:",
            "  linfhash evaluate --query-codes q.npy --database-codes d.npy \\",
            "      --query-labels ql.npy --database-labels dl.npy"
        })
final class EvaluateCommand extends BaseCommand {
    @Option(names = "--query-codes", paramLabel = "F", required = true, description = "Codes of the queries.")
    @SuppressWarnings("NullAway.Init")
    private Path queryCodes;

    @Option(names = "--database-codes", paramLabel = "F", required = true, description = "Codes of the database.")
    @SuppressWarnings("NullAway.Init")
    private Path databaseCodes;

    @Option(names = "--query-labels", paramLabel = "F", required = true, description = "Labels of the queries.")
    @SuppressWarnings("NullAway.Init")
    private Path queryLabels;

    @Option(names = "--database-labels", paramLabel = "F", required = true, description = "Labels of the database.")
    @SuppressWarnings("NullAway.Init")
    private Path databaseLabels;

    @Mixin
    private final CsvOptions csv = new CsvOptions();

    @Option(names = "--bits", paramLabel = "N", description = "Code length, if the files leave it open.")
    private @Nullable Integer bits;

    @Option(names = "--all-metrics", description = "Also print optional metrics ('linfhash list metrics' lists them).")
    private boolean onRequest;

    @Option(names = "--format", paramLabel = "F", description = "table, json or csv (default: json).")
    private OutputFormat format = OutputFormat.JSON;

    @Override
    public Integer call() {
        if (bits != null) {
            NumberList.requireWithin("--bits", bits, 1, CodeArrays.MOST_BITS);
        }
        FeatureFiles.requireUse(csv.stated(), List.of(queryLabels, databaseLabels));
        BinaryCodes queries = codes(queryCodes);
        BinaryCodes database = codes(databaseCodes);
        NamedLabels queryNames = labels(queryLabels, queryCodes, queries);
        NamedLabels databaseNames = labels(databaseLabels, databaseCodes, database);
        requireSameLength(queries, database);
        List<Labels> truth = NamedLabels.together(queryNames, databaseNames).orElseThrow(this::ofOtherKinds);
        Labels queryTruth = truth.get(0);
        Labels databaseTruth = truth.get(1);
        requireSameKind(queryTruth, databaseTruth);

        print(metrics(Retrieval.of(queries, database, Relevance.bySimilarLabels(queryTruth, databaseTruth))));
        return ExitCodes.OK;
    }

    private String metrics(Retrieval retrieval) {
        Map<String, Double> values = StandardMetrics.evaluate(retrieval);
        if (onRequest) {
            values.putAll(StandardMetrics.onRequest(StandardMetrics.keysOnRequest(), retrieval, Conventions.STANDARD));
        }
        if (format == OutputFormat.JSON) {
            return MetricsJson.of(retrieval, values);
        }
        Listing listing = new Listing("metric", "value");
        values.forEach((key, value) ->
                listing.add(key, format == OutputFormat.TABLE ? Decimals.of(value) : Double.toString(value)));
        return format.render(listing);
    }

    private BinaryCodes codes(Path file) {
        if (file.toString().matches(".*\\.npz(:.*)?")) {
            throw new InputException(
                    file + ": expected codes as an array of their own (.npy), found an archive of arrays");
        }
        BinaryCodes codes = bits == null ? CodeArrays.read(file) : CodeArrays.read(file, bits, "--bits");
        if (codes.size() == 0) {
            throw new InputException(file + ": expected at least one code, found none");
        }
        return codes;
    }

    private NamedLabels labels(Path file, Path codesFile, BinaryCodes codes) {
        NamedLabels named = LabelFiles.read(file, csv.stated(), Progress.notes(progress()::note));
        if (named.labels().size() != codes.size()) {
            throw new InputException(file + ": expected a label for each of the " + codes.size() + " codes of "
                    + codesFile + ", found " + named.labels().size());
        }
        return named;
    }

    private void requireSameLength(BinaryCodes queries, BinaryCodes database) {
        if (queries.bits() != database.bits()) {
            throw new InputException(databaseCodes + ": expected codes of " + queries.bits() + " bits as in "
                    + queryCodes + ", found " + database.bits() + "; if the files leave the length open, set --bits");
        }
    }

    private void requireSameKind(Labels queryTruth, Labels databaseTruth) {
        boolean sameKind = queryTruth instanceof LabelSets q
                ? databaseTruth instanceof LabelSets d && q.labels() == d.labels()
                : databaseTruth instanceof ClassLabels;
        if (!sameKind) {
            throw ofOtherKinds();
        }
    }

    private InputException ofOtherKinds() {
        return new InputException(databaseLabels + ": expected labels of the same kind and width as in " + queryLabels
                + ", found others");
    }
}
