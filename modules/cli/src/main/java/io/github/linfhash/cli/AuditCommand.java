package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.results.audit.AuditReport;
import io.github.linfhash.results.audit.AuditSettings;
import io.github.linfhash.results.audit.AuditSettings.TableFacts;
import io.github.linfhash.results.audit.SubmittedTables;
import io.github.linfhash.results.audit.SubmittedTables.Unit;
import io.github.linfhash.results.audit.TableAudit.Audited;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linfhash paper audit}: what cannot be right in anybody's table of results. */
@Command(
        name = "audit",
        description = "Checks a published results table for impossible values; exit code 3 if it finds any.",
        footerHeading = "%nFile:%n",
        footer = {
            "  CSV with a header: method, bits, and either metric and value (one number per line)",
            "  or one column per metric (map, precision@2, recall@2, f1@2, ...). Details are in",
            "  docs/audit-table.md.",
            "",
            "Examples:",
            "  linfhash paper audit results.csv",
            "  linfhash paper audit results.csv --num-queries 1000 --relevant 5900 --database-size 59000 --format json",
            "  linfhash paper audit reports/published/wang2016-tables-2-and-3.csv --format markdown > docs/errata.md"
        })
final class AuditCommand extends BaseCommand {
    /** How the findings are printed. */
    enum Format {
        TABLE,
        JSON,
        CSV,
        MARKDOWN
    }

    /** The sizes of the protocol, which are known together or not at all. */
    static final class Sizes {
        @Option(names = "--num-queries", paramLabel = "Q", required = true, description = "Number of queries.")
        private int queries;

        @Option(
                names = "--relevant",
                paramLabel = "R",
                required = true,
                description = "Number of database items relevant to each query.")
        private int relevant;

        @Option(
                names = "--database-size",
                paramLabel = "D",
                required = true,
                description = "Number of items in the database.")
        private int database;

        TableFacts facts() {
            try {
                return new TableFacts(queries, relevant, database);
            } catch (IllegalArgumentException e) {
                throw new InputException("--num-queries, --relevant, --database-size: " + e.getMessage(), e);
            }
        }
    }

    @Parameters(index = "0", paramLabel = "FILE", description = "The table as CSV.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @ArgGroup(exclusive = false)
    private @Nullable Sizes sizes;

    @Option(
            names = "--answerable",
            paramLabel = "S",
            description = "Fraction (0..1) of queries with relevant items, if other queries count as zero.")
    private @Nullable Double answerable;

    @Option(
            names = "--f1-of-queries",
            description =
                    "F1 is averaged over queries, not computed from mean precision and recall; it may be smaller.")
    private boolean f1OfQueries;

    @Option(names = "--unit", paramLabel = "U", description = "percent or fraction (default: guessed from the file).")
    private @Nullable Unit unit;

    @Option(names = "--table", paramLabel = "T", description = "Check only this table of the file.")
    private @Nullable String table;

    @Option(names = "--format", paramLabel = "F", description = "table, json, csv or markdown (default: table).")
    private Format format = Format.TABLE;

    @Override
    public Integer call() throws IOException {
        SubmittedTables all = SubmittedTables.read(file, Optional.ofNullable(unit));
        SubmittedTables submitted = table == null ? all : all.only(table);
        f1OfQueries |= submitted.measured();
        if (submitted.measured()) {
            say(file
                    + ": a table of linfhash without printed numbers; its means are audited, F1 as the mean of"
                    + " the queries' F1");
        }
        List<Audited> audited = submitted.tables().stream()
                .map(one -> submitted.audit(one, settings(one.dataset())))
                .toList();
        print(
                switch (format) {
                    case TABLE -> AuditReport.text(audited);
                    case JSON -> AuditReport.json(audited);
                    case CSV -> OutputFormat.CSV.render(AuditReport.table(audited));
                    case MARKDOWN -> AuditReport.markdown(file.toString(), audited);
                });
        boolean clean = audited.stream().allMatch(one -> one.findings().isEmpty());
        return clean ? ExitCodes.OK : ExitCodes.FOUND;
    }

    private AuditSettings settings(String dataset) {
        Optional<TableFacts> facts = sizes != null ? Optional.of(sizes.facts()) : TableFacts.of(dataset);
        OptionalDouble share = answerable == null ? OptionalDouble.empty() : OptionalDouble.of(answerable);
        try {
            return new AuditSettings(facts, share, !f1OfQueries);
        } catch (IllegalArgumentException e) {
            throw new InputException("--answerable: " + e.getMessage(), e);
        }
    }
}
