package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.results.Printed;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.ComparisonTable.ColumnGroup;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonCell;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonBuilderTest {
    private static final PublishedTable TABLE_2 = Printed.tables().table("T2");

    private final ComparisonTable comparison =
            ComparisonBuilder.compare(Evidence.without(SampleResults.comparison()), TABLE_2);

    @Test
    void columnsAreThoseOfTheTableThenWhatThePaperDoesNotPrint() {
        assertThat(comparison.layout().columns().stream().map(Quantity::key))
                .containsExactly(("map precision@2 recall@2 f1@2 precision@0 recall@0 f1@0 emptyBalls@2 emptyBalls@0 "
                                + "uniqueCodes")
                        .split(" "));
        assertThat(comparison.layout().groups().stream().map(ColumnGroup::title))
                .containsExactly("", "Hamming radius \u2264 2", "Hamming radius = 0", "Empty balls", "");
    }

    @Test
    void rowsAreThePapersInPrintedOrderThenTheOthers() {
        assertThat(comparison.methods())
                .containsExactly("ksh", "agh1", "agh2", "psh", "ldahash", "nnh", "snnh", "deep-linf", "itq");
        assertThat(comparison.rows("ksh").stream().map(ComparisonRow::bits)).containsExactly(48, 64);
    }

    @Test
    void everyPrintedCellOfTheTableIsThere() {
        List<String> shown = new ArrayList<>();
        for (ComparisonRow row : comparison.rows()) {
            row.cells().forEach(cell -> cell.printed().ifPresent(printed -> shown.add(printed.toString())));
        }
        assertThat(shown)
                .containsExactlyElementsOf(
                        TABLE_2.cells().stream().map(Object::toString).toList());
    }

    @Test
    void printedAndMeasuredNumbersStandInTheSameCell() {
        ComparisonRow row = comparison.rows("deep-linf").get(1);
        ComparisonCell cell = row.cells().get(4);

        assertThat(cell.column().key()).isEqualTo("precision@0");
        assertThat(cell.printed().orElseThrow().printed().text()).isEqualTo("33.30");
        assertThat(cell.ours().orElseThrow().mean()).isCloseTo(0.405 / 5, within(1e-12));
        assertThat(row.runs()).hasSize(3);
        assertThat(row.measured()).isEqualTo(2);
    }

    @Test
    void whatThePaperDoesNotHaveIsMarked() {
        assertThat(comparison.rows("itq")).allSatisfy(row -> {
            assertThat(row.published()).isEmpty();
            assertThat(row.hasPrinted()).isFalse();
            assertThat(row.measured()).isEqualTo(3);
        });
    }

    @Test
    void theBestMeanOfEachLengthIsMarkedWhereMoreIsBetter() {
        // The sample's numbers grow with the method's place in the list, so that itq is the best.
        assertThat(best("itq"))
                .containsExactly("map", "precision@2", "recall@2", "f1@2", "precision@0", "recall@0", "f1@0");
        assertThat(best("ksh")).isEmpty();
    }

    @Test
    void aMethodAloneIsNotTheBest() {
        Results sample = SampleResults.comparison();
        Results alone = new Results(sample.protocol(), sample.environment(), sample.runs("itq", 48));
        assertThat(ComparisonBuilder.compare(Evidence.without(alone), TABLE_2)
                        .rows("itq")
                        .get(0)
                        .cells())
                .noneMatch(ComparisonCell::best);
    }

    @Test
    void theSecondFormOfAnUncertainRowIsShownWhereItWasRun() {
        ComparisonTable both =
                ComparisonBuilder.compare(Evidence.without(withMethods("ldahash", "ldahash-dif")), TABLE_2);
        assertThat(both.methods()).contains("ldahash", "ldahash-dif");
        ComparisonTable one = ComparisonBuilder.compare(Evidence.without(withMethods("ldahash-dif")), TABLE_2);
        assertThat(one.methods()).contains("ldahash-dif").doesNotContain("ldahash");
        assertThat(one.rows("ldahash-dif").get(0).published().orElseThrow().caveat())
                .contains("unknown");
    }

    @Test
    void withoutAPrintedTableOnlyWhatWasRunIsShown() {
        ComparisonTable alone =
                ComparisonBuilder.compare(Evidence.without(SampleResults.comparison()), PublishedTable.NONE);
        assertThat(alone.methods()).containsExactly("ksh", "nnh", "deep-linf", "itq");
        assertThat(alone.rows()).noneMatch(ComparisonRow::hasPrinted);
        assertThat(alone.layout()).isEqualTo(comparison.layout());
    }

    @Test
    void tableThreeHasItsOwnColumnsAndLengths() {
        ComparisonTable nus = ComparisonBuilder.compare(
                Evidence.without(SampleResults.comparison()), Printed.tables().table("T3"));
        // What is printed comes first; mAP, which the protocol headlines, joins the metrics without a radius.
        assertThat(nus.layout().columns().stream().map(Quantity::head)).startsWith("mAP@10", "MP@5K", "mAP", "Prec.");
        assertThat(nus.rows("ksh").stream().map(ComparisonRow::bits)).containsExactly(48, 64, 256);
    }

    private List<String> best(String method) {
        return comparison.rows(method).get(0).cells().stream()
                .filter(ComparisonCell::best)
                .map(cell -> cell.column().key())
                .toList();
    }

    /** A comparison of methods that have not been run yet. */
    private static Results withMethods(String... names) {
        Results sample = SampleResults.comparison();
        ProtocolSummary p = sample.protocol();
        Configuration method = p.methods().get(0);
        List<Configuration> methods = new ArrayList<>();
        for (String name : names) {
            methods.add(new Configuration(
                    name, method.title(), method.citation(), method.supervision(), method.options(), method.origins()));
        }
        return new Results(p.withRuns(p.bits(), p.seeds(), methods), sample.environment(), List.of());
    }
}
