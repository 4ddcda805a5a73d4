package io.github.linfhash.experiment.regression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.experiment.OnTinyHome;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.results.regression.Acceptance;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.Regression;
import io.github.linfhash.results.regression.RegressionReport;
import io.github.linfhash.results.regression.Scope;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllureCasesTest extends OnTinyHome {
    @Test
    void verdictsAreCasesWithNumbersAndAttachments() throws IOException {
        Results results = run("tiny", Selection.ALL.atBits(8).ofMethods("ksh", "nnh"));
        Scope ksh = new Scope(Optional.of(Set.of("ksh")), Optional.empty(), Optional.empty());
        Expected expected = Acceptance.of(results, Optional.empty(), ksh, run -> true);
        RegressionReport report = Regression.compare(expected, results, Scope.ALL);
        Path allure = path("allure");
        AllureCases.write(allure, report, results, "the table");
        JsonNode ok = testCase(allure, "ksh-8: map");
        assertThat(ok.get("status").textValue()).isEqualTo("passed");
        assertThat(ok.get("parameters").findValuesAsText("name"))
                .containsExactly("expected", "measured", "tolerance", "seeds");
        for (String source : ok.get("attachments").findValuesAsText("source")) {
            assertThat(allure.resolve(source)).isNotEmptyFile();
        }
        assertThat(ok.get("attachments").findValuesAsText("name"))
                .containsExactly("all checks", "results.json, runs of ksh-8");
        assertThat(ok.get("labels").findValuesAsText("value"))
                .contains("regression", "tiny", "ksh-8", "regression.tiny.ksh-8", "linfhash results check");
        assertThat(testCase(allure, "nnh-8: runs").get("status").textValue())
                .as("a method that is new")
                .isEqualTo("failed");
    }

    private static JsonNode testCase(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> cases = files.filter(file -> file.toString().endsWith("-result.json"))
                    .toList();
            for (Path file : cases) {
                JsonNode node = new JsonMapper().readTree(Files.readString(file));
                if (node.get("name").textValue().equals(name)) {
                    return node;
                }
            }
        }
        throw new AssertionError("no case is called " + name);
    }
}
