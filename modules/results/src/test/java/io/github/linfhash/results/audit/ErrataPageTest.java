package io.github.linfhash.results.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.Printed;
import io.github.linfhash.results.published.PrintedPercent;
import io.github.linfhash.results.published.PublishedCell;
import io.github.linfhash.results.published.PublishedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrataPageTest {
    private static final String SOURCE = "reports/published/wang2016-tables-2-and-3.csv";

    @Test
    void thePageInThisRepositoryIsTheOneThatTheDataGive() throws IOException {
        Path home = Path.of(System.getProperty("linfhash.home", "../.."));
        SubmittedTables submitted = SubmittedTables.read(home.resolve(SOURCE), Optional.empty());
        List<TableFindings> audited = submitted.tables().stream()
                .map(table -> submitted.audit(table, AuditSettings.of(TableFacts.of(table.dataset()))))
                .toList();
        assertThat(Files.readString(home.resolve("docs/errata.md")))
                .as("docs/errata.md is stale; ./linfhash paper audit %s --format markdown > docs/errata.md", SOURCE)
                .isEqualTo(ErrataPage.markdown(SOURCE, audited));
        assertThat(Printed.FILE).isEqualTo(home.resolve(SOURCE));
    }

    @Test
    void namesStayTextInTheirCells() {
        PublishedTable table = new PublishedTable(
                "T",
                "",
                List.of(
                        cell("a|<b>", "precision@2", "30.00"),
                        cell("a|<b>", "recall@2", "10.00"),
                        cell("a|<b>", "f1@2", "16.00")));
        AuditSettings settings = AuditSettings.of(Optional.empty());
        String page = ErrataPage.markdown(
                "f.csv", List.of(new TableFindings(table, settings, TableAudit.findings(table, settings))));
        assertThat(page).contains("| a\\|&lt;b> |  | precision@2 30.00, recall@2 10.00, f1@2 16.00 |");
    }

    private static PublishedCell cell(String method, String metric, String printed) {
        return new PublishedCell(method, 0, metric, new PrintedPercent(printed), Set.of());
    }
}
