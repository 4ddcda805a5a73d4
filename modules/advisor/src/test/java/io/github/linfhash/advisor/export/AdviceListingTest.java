package io.github.linfhash.advisor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AdviceRequest;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.advisor.engine.HnswSize;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.advisor.page.AdvicePage;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.program.ProgramVersion;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceListingTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final int DIMENSION = 16;
    private static final int DATABASE = 1800;

    private static Advice advice;

    private static FeatureMatrix vectors() {
        UniformRandomProvider random = new RandomStreams(1).stream("vectors");
        return FeatureMatrix.owning(600, DIMENSION, Filled.floats(600 * DIMENSION, i -> random.nextFloat() - 0.5f));
    }

    @BeforeAll
    static void measure() {
        advice = Advice.of(AdviceRequest.of(vectors()).withBytes(2, 8).sampledFrom(DATABASE));
    }

    @Test
    void targetsComeFirstThenWhatEverybodyKnows() {
        List<Targets.AnswerRow> rows = advice.answer();
        assertThat(rows.subList(0, 2))
                .extracting(row -> row.target().orElseThrow())
                .containsExactly(0.95, 0.99);
        List<Targets.AnswerRow> compared = rows.subList(2, rows.size());
        assertThat(compared).allMatch(row -> row.target().isEmpty());
        assertThat(rows)
                .extracting(row -> row.choice().quantizer().name())
                .contains("float32", "int8", "sign", "rabitq");
        assertThat(compared)
                .extracting(row -> row.choice().quantizer().name()
                        + row.choice().quantizer().options())
                .doesNotHaveDuplicates();
    }

    /** 16 float32 have 64 bytes; signs of 16 dimensions have 2, and a mean of 64 bytes among 1,800. */
    @Test
    void bytesAreThoseOfTheWholeDatabase() {
        assertThat(advice.sample().givenRows()).isEqualTo(DATABASE);
        Targets.AnswerRow floats = row("float32");
        assertThat(floats.bytes()).isEqualTo(64);
        assertThat(floats.timesSmaller()).isEqualTo(1);
        assertThat(floats.memoryBytes()).isEqualTo(64 * DATABASE);
        assertThat(floats.choice().oversampling()).isEqualTo(1);
        Targets.AnswerRow signs = row("sign");
        double model = signs.choice().quantizer().code().modelBytes();
        assertThat(model).isIn(0.0, 64.0);
        assertThat(signs.bytes()).isCloseTo(2 + model / DATABASE, within(1e-12));
        assertThat(signs.timesSmaller()).isCloseTo(64 / (2 + model / DATABASE), within(1e-9));
    }

    private static Targets.AnswerRow row(String quantizer) {
        return advice.answer().stream()
                .filter(one -> one.choice().quantizer().name().equals(quantizer))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void terminalPageAndJsonHaveTheSameRows() throws IOException {
        String text = new AdviceListing(advice, null).text();
        String page = AdvicePage.render(
                advice,
                null,
                new AdvicePage.Provenance(
                        "x.npy", null, "./linfhash advise", "2026-01-31", new ProgramVersion("1.2", "abc")));
        for (List<?> row : new AdviceListing(advice, null).answer().rows()) {
            assertThat(row).allSatisfy(cell -> {
                assertThat(text).contains(String.valueOf(cell));
                assertThat(page).contains(String.valueOf(cell));
            });
        }
        assertThat(text).startsWith("target");
        assertThat(page)
                .contains("<h1>Codes for x.npy</h1>", "./linfhash advise", "2026-01-31", "linfhash 1.2, commit abc")
                .contains(" queries sampled from them")
                .doesNotContain("--vectors FILE");
        String json = AdviceJson.of(advice, null);
        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        assertThat(schema().validate(json.replace("\"timesSmaller\"", "\"smaller\""), InputFormat.JSON))
                .isNotEmpty();
    }

    /** 1,800 vectors of 64 bytes are 115 kB. */
    @Test
    void anIndexOfPgvectorIsCounted() {
        EngineSnippet paste =
                new EngineSnippet(Engine.PGVECTOR, SqlNames.EXAMPLE, QuantizeLine.Files.UNKNOWN, List.of());
        List<String> plain = new AdviceListing(advice, null).answer().names();
        assertThat(plain).contains("codes").doesNotContain("index", "memory");
        assertThat(new AdviceListing(advice, paste).answer().names()).contains("codes", "index");
        assertThat(new AdviceListing(advice, null).caption())
                .contains(
                        "Not counted: the graph of an index, and the vectors for rescoring, at least 115 kB as float32.");
        assertThat(new AdviceListing(advice, paste).caption())
                .contains("index that of an HNSW index", "Not counted: the vectors", "Smaller compares whole indexes.");
    }

    /** The index that the user of an engine has is the last row, and sizes are compared with it. */
    @Test
    void theIndexOfTodayIsARow() {
        EngineSnippet paste =
                new EngineSnippet(Engine.PGVECTOR, SqlNames.EXAMPLE, QuantizeLine.Files.UNKNOWN, List.of());
        Listing table = new AdviceListing(advice, paste).answer();
        double today = DATABASE * HnswSize.bytesPerRow(4 * DIMENSION);
        assertThat(table.rows().get(table.rows().size() - 1))
                .map(String::valueOf)
                .containsExactly(
                        "today", "100.0%", "64.0", "1.0x", "115 kB", AdviceListing.size(today), "1x", "vector");
        int smaller = table.names().indexOf("smaller");
        double first = paste.indexBytes(advice, advice.answer().get(0).choice());
        assertThat(table.rows().get(0).get(smaller)).isEqualTo(AdviceSentences.format("%.1fx", today / first));
        EngineSnippet faiss = new EngineSnippet(Engine.FAISS, SqlNames.EXAMPLE, QuantizeLine.Files.UNKNOWN, List.of());
        assertThat(new AdviceListing(advice, faiss).answer().text())
                .contains("\ntoday ", "float32 ")
                .doesNotContain("index");
        assertThat(new AdviceListing(advice, faiss).caption()).contains("Smaller compares bytes, without graphs.");
        assertThat(new AdviceListing(advice, null).answer().text()).doesNotContain("today");
    }

    @Test
    void targetsShareCommands() {
        List<AdviceListing.Pasted> commands =
                new AdviceListing(advice, null, QuantizeLine.Files.of("a b.npy")).pasted();
        assertThat(commands)
                .extracting(AdviceListing.Pasted::lines)
                .doesNotHaveDuplicates()
                .isNotEmpty();
        assertThat(commands).allSatisfy(one -> {
            assertThat(one.heading()).startsWith("Write the codes for a recall of 9");
            assertThat(one.lines()).endsWith(" --vectors 'a b.npy' --out 'a b-codes'");
        });
    }

    @Test
    void linesOfSeveralTargetsAreShownOnce() {
        assertThat(EngineSnippet.differing("a\nb\nc\nd\n", "a\nx\nc\nd\n")).hasValue("x\n");
        assertThat(EngineSnippet.differing("a\nb\n", "a\nb\n")).hasValue("");
        assertThat(EngineSnippet.differing("a\nb\nc\n", "a\nx\ny\n")).isEmpty();
    }

    @Test
    void theColumnsOfTheListingAreExplained() {
        assertThat(new AdviceListing(advice, null).text())
                .contains(
                        "bytes: of a code",
                        "1x, 2x, ...: recall@10 of all queries at this oversampling",
                        "\u00b1: half of the 95% interval at 1x",
                        "seen/new: ",
                        "ns: nanoseconds of one distance on one core (median over queries). train s: ");
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(HOME.resolve("docs/schemas/linfhash-advice-2.schema.json")));
    }

    @Test
    void aDatabaseIsNotSmallerThanItsSample() {
        AdviceRequest request = AdviceRequest.of(vectors()).sampledFrom(599);
        assertThatThrownBy(() -> Advice.of(request))
                .isInstanceOf(InputException.class)
                .hasMessage("sampledFrom: expected at least the 600 vectors of the sample, found 599");
    }

    /** A sample tells of k times the searched vectors. */
    @Test
    void moreThanASampleTellsOfIsNotAnswered() {
        Advice of = Advice.of(AdviceRequest.of(vectors()).withBytes(2).sampledFrom(1_000_000));
        assertThat(of.answer().subList(0, 2)).noneMatch(Targets.AnswerRow::reached);
        // 270 are searched, so that 2,700 are told of.
        assertThat(new AdviceSentences(of).target(0.95))
                .contains(
                        "not predictable for 1000000 vectors, as 270 are searched and 100000 have to be (--max-vectors). Among 2700, ");
        assertThat(new AdviceListing(of, null).answer().text())
                .contains("95%, not predictable for 1000000", " among 2700 ")
                .doesNotContain("not reached");
        EngineSnippet paste =
                new EngineSnippet(Engine.PGVECTOR, SqlNames.EXAMPLE, QuantizeLine.Files.UNKNOWN, List.of());
        assertThat(paste.heading(of, of.target(0.95)))
                .endsWith(
                        "a recall of 95% among 2700 vectors; it is not predictable for 1000000 (the graph of an index finds less):");
    }

    @ParameterizedTest
    @CsvSource({"999, 999 B", "1000, 1.00 kB", "34560, 34.6 kB", "345000, 345 kB", "76800000000, 76.8 GB"})
    void bytesHaveADecimalUnit(double bytes, String text) {
        assertThat(AdviceListing.size(bytes)).isEqualTo(text);
    }
}
