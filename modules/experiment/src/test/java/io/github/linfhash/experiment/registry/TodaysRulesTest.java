package io.github.linfhash.experiment.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.protocol.QuantizerEntry;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Published numbers are measured by today's protocols and today's evaluator. */
class TodaysRulesTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));

    @Test
    void publishedNumbersAreOfThem() throws IOException {
        ProtocolFiles protocols = new ProtocolFiles(HOME.resolve("protocols"));
        Set<String> others = new TreeSet<>();
        for (Path folder : in("reports/results")) {
            Results results = ResultsJson.read(ResultsJson.in(folder).orElseThrow());
            if (results.environment().evaluator() != EvaluatorVersion.CURRENT
                    || !results.protocol()
                            .hash()
                            .equals(protocols.read(results.protocol().name()).hash())) {
                others.add(folder.getFileName().toString());
            }
        }
        for (Path file : in("reports/expected")) {
            Expected expected = StrictReader.read(file, Expected.class);
            if (!expected.hashes()
                    .protocol()
                    .equals(protocols.read(expected.protocol()).hash())) {
                others.add(file.getFileName().toString());
            }
        }
        assertThat(others).isEmpty();
    }

    /** Options that a quantizer gains must not leave several choices to an entry that was measured without them. */
    @Test
    void protocolsNameOneChoiceForEachQuantizer() throws IOException {
        ProtocolFiles protocols = new ProtocolFiles(HOME.resolve("protocols"));
        int bound = 0;
        for (Path folder : in("reports/results")) {
            ProtocolSummary measured =
                    ResultsJson.read(ResultsJson.in(folder).orElseThrow()).protocol();
            Protocol protocol = protocols.read(measured.name());
            for (QuantizerEntry entry : protocol.quantizers()) {
                assertThat(ConfiguredQuantizer.of(
                                        entry,
                                        measured.features().dimension(),
                                        protocol.bits(),
                                        "Protocol " + measured.name())
                                .at())
                        .as(measured.name() + " " + entry.entry())
                        .isNotEmpty();
                bound++;
            }
        }
        assertThat(bound).isGreaterThan(500);
    }

    private static List<Path> in(String folder) throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
            List<Path> found = files.sorted().toList();
            assertThat(found).hasSizeGreaterThan(10);
            return found;
        }
    }
}
