package io.github.linfhash.experiment.tuning;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.OnTinyHome;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.MethodRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Options chosen on the small data set, from a search space to the lines of a protocol file. */
class TuningRunTest extends OnTinyHome {
    @SuppressWarnings("NullAway.Init") // read before each test
    private SearchSpace space;

    @BeforeEach
    void readSpace() throws IOException {
        space = SearchSpace.read(Files.writeString(path("space.yaml"), """
                schema: linfhash-tuning/2
                description: For a test.
                trials: 3
                folds: 2
                trainings: 1
                criteria: [map, "precision@2"]
                epochs: {finalists: 1, factors: []}
                bits: [8]
                methods:
                  ksh:
                    anchors: {values: [10, 20]}
                  itq:
                    iterations: {values: [1, 2]}
                  class-codes:
                    gamma: {values: [100000]}
                """));
    }

    private TuningResult tune(SearchSpace searched, int workers, String... methods) throws IOException {
        return new Tuning(searched, 0, workers, Journal.none(), TrainingDevice.DEFAULT, Progress.NONE, true)
                .run(
                        protocol("tiny"),
                        List.of(methods),
                        TuningData.of(protocol("tiny"), prepare("tiny", Progress.NONE), 0),
                        "tune");
    }

    private static JsonNode json(TuningResult result) throws IOException {
        return new JsonMapper().readTree(result.json());
    }

    @Test
    void theWinnersAreAProtocolsMethodsWithAnyNumberOfWorkers() throws IOException {
        TuningResult result = tune(space, 1, "ksh", "itq");
        assertThat(result.yaml()).contains("methods:", "name: ksh", "anchors:", "name: itq");
        assertThat(result.winners())
                .anySatisfy(winner -> assertThat(winner)
                        .containsPattern("^ksh, 8 bits: configuration [1-3] wins with map [01]\\.\\d{4}, precision@2"
                                + " [01]\\.\\d{4} on held-out data of 2 trainings; [0-2] of the [0-2] others"));
        JsonNode best = json(result).at("/outcomes/ksh/8/ranking/0");
        assertThat(best.at("/trainings").asInt()).isEqualTo(2);
        MethodRegistry.standard()
                .configure("ksh", Map.of("anchors", best.at("/values/anchors").asInt()), "trace");
        assertThat(tune(space, 2, "ksh", "itq").json()).isEqualTo(result.json());
    }

    @Test
    void eachCodeLengthHasItsOwnOptions() throws IOException {
        TuningResult result = tune(space.at(List.of(8, 12)).withTrials(2), 2, "ksh");
        assertThat(result.yaml()).contains("optionsAt:", "12:");
        assertThat(json(result).at("/outcomes/ksh/8/ranking")).hasSize(1 + 2);
        assertThat(json(result).at("/outcomes/ksh/12/ranking")).hasSize(1 + 2);
    }

    @Test
    void theDefaultsWinIfNoConfigurationIsBetter() throws IOException {
        TuningResult result = tune(space, 2, "itq", "class-codes", "ksh");
        assertThat(String.join("\n", result.winners()))
                .contains("class-codes, 8 bits: the defaults win with map ")
                // The folds have fewer rows than KSH has anchors by default.
                .contains(". The defaults fail on the same data: KSH needs at least as many unlabeled rows as anchors")
                .doesNotContain("..");
        JsonNode ranking = json(result).at("/outcomes/class-codes/8/ranking");
        assertThat(ranking).hasSize(1 + 3);
        assertThat(ranking.at("/0/trial").asInt()).isZero();
        assertThat(ranking.at("/0/values")).isEmpty();
        assertThat(ranking.at("/0/trainings").asInt()).isEqualTo(2);
        assertThat(ranking.at("/0/criteria/map").asDouble())
                .isGreaterThan(ranking.at("/1/criteria/map").asDouble());
        JsonNode methods = new YAMLMapper().readTree(result.yaml()).path("methods");
        assertThat(methods.findValuesAsText("name")).containsExactly("itq", "class-codes", "ksh");
        assertThat(methods.at("/1/options").isMissingNode()).isTrue();
        assertThat(methods.at("/2/options/anchors").asInt()).isPositive();
    }

    /** ITQ needs as many dimensions as bits; the images have 32. */
    @Test
    void aMethodThatFailsUnderEveryConfigurationIsNotChosen() throws IOException {
        TuningResult result = tune(space.at(List.of(64)), 2, "itq", "ksh");
        assertThat(result.failures()).containsOnlyKeys("itq, 64 bits");
        assertThat(result.yaml()).contains("name: ksh").doesNotContain("name: itq");
        assertThat(json(result).at("/outcomes/itq/64/ranking/0/failure").asText())
                .isNotEmpty();
    }

    @Test
    void otherCriteriaDecideAndAnOptionHasOneValue() throws IOException {
        List<String> methods = List.of("class-codes");
        SearchSpace other = space.withCriteria(List.of(Criterion.of("recall@2"), Criterion.of("precision@0")))
                .withFixed(Map.of("classifier", "linear", "lambda", 2L), methods);
        TuningResult result = tune(other, 2, "class-codes");
        JsonNode best = json(result).at("/outcomes/class-codes/8/ranking/0");
        assertThat(best.path("criteria").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("recall@2", "precision@0");
        assertThat(best.at("/values/classifier").asText()).isEqualTo("linear");
        assertThat(best.at("/values/lambda").asInt()).isEqualTo(2);
        assertThat(result.yaml()).contains("classifier: linear");
        assertBadInput(() -> space.withCriteria(List.of(Criterion.of("map"), Criterion.of("neighborRecall@1"))))
                .hasMessageContaining("expected neighborRecall@1 only");
    }
}
