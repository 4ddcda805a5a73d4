package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.ProtocolSummary.SplitSizes;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The line that says which methods learn from how many images: 2,000 labeled ones, a database of 11,000. */
class LearnedImagesTest {
    private static Configuration method(String name, Supervision supervision, String rows) {
        Map<String, OptionValue> options = rows.isEmpty() ? Map.of() : Map.of("dictionary.rows", OptionValue.of(rows));
        return new Configuration(name, name.toUpperCase(Locale.ROOT), "c", supervision, options, Map.of());
    }

    private static String line(Configuration... methods) {
        return line(SampleResults.comparison().protocol(), methods);
    }

    private static String line(ProtocolSummary p, Configuration... methods) {
        Results sample = SampleResults.comparison();
        ProtocolSummary protocol = p.withRuns(p.bits(), p.seeds(), List.of(methods));
        String page = ComparisonPage.render(
                new Results(protocol, sample.environment(), List.of()), SamplePage.TABLES, SamplePage.PROVENANCE);
        return Jsoup.parse(page)
                .selectXpath("//section[@aria-labelledby='methods']/details/p[1]")
                .text();
    }

    @Test
    void everyMethodIsUnderWhatItLearnsFrom() {
        assertThat(line(
                        method("ksh", Supervision.SUPERVISED, ""),
                        method("agh1", Supervision.UNSUPERVISED, ""),
                        method("psh", Supervision.SUPERVISED, ""),
                        method("deep-linf", Supervision.SUPERVISED, "labeled"),
                        method("snnh", Supervision.SUPERVISED, "unlabeled"),
                        method("itq", Supervision.UNSUPERVISED, ""),
                        method("lsh", Supervision.DATA_INDEPENDENT, "")))
                .isEqualTo("Training data. psh, deep-linf: only the 2,000 labeled training images;"
                        + " ksh: the 2,000 labeled training images and the features of all 11,000 database images without labels;"
                        + " snnh: the 2,000 labeled training images, and for the dictionary, a sample of the database images without"
                        + " labels, at most four times as many;"
                        + " agh1, itq: the features of all 11,000 database images without labels;"
                        + " lsh: no images."
                        + " K-SVD, which learns the initial dictionary of the encoders, uses only the labeled images if"
                        + " dictionary.rows is labeled.");
    }

    @Test
    void ofCodesMadeElsewhereItIsNotKnown() {
        assertThat(line(method("lsh", Supervision.DATA_INDEPENDENT, ""), method("mine", Supervision.EXTERNAL, "")))
                .isEqualTo("Training data. lsh: no images; mine: unknown, because these are external codes.");
    }

    /** As where the database is of classes that nothing is learned from. */
    @Test
    void otherImagesThanTheDatabaseAreCounted() {
        ProtocolSummary protocol = SampleResults.comparison().protocol().withSizes(new SplitSizes(2000, 10, 80, 8400));
        assertThat(line(
                        protocol,
                        method("snnh", Supervision.SUPERVISED, "unlabeled"),
                        method("itq", Supervision.UNSUPERVISED, "")))
                .isEqualTo("Training data. snnh: the 2,000 labeled training images, and for the dictionary, a sample of"
                        + " 8,400 images without labels, at most four times as many; itq: the features of"
                        + " 8,400 images without labels.");
    }

    @Test
    void nothingIsSaidOfDictionariesOrDrawsThatAreNotThere() {
        assertThat(line(method("itq", Supervision.UNSUPERVISED, "")))
                .isEqualTo("Training data. itq: the features of all 11,000 database images without labels.");
    }
}
