package io.github.linfhash.engines.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.engines.measure.Grid;
import io.github.linfhash.engines.measure.IndexType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grids as engines describe them. */
class TypeJsonTest {
    private static Grid grid(boolean graph, String efforts, String candidates) throws IOException {
        String json = "{\"builds\": [{}], \"usual\": [], \"larger\": [], \"efforts\": " + efforts + ", \"candidates\": "
                + candidates + "}";
        IndexType type = new IndexType(
                "hnsw-float", graph, true, 100, List.of(), IndexType.Parameter.number("ef", 1, 1000), 1000);
        return TypeJson.grid(
                new Answer("mine.py", "grid", new JsonMapper().readTree(json), new EngineArrays(Path.of("."))),
                type,
                10);
    }

    /** A graph returns at most as many rows as its effort, lists of an inverted file more. */
    @Test
    void effortsThatCannotFindTheCandidatesAreLeftOut() throws IOException {
        assertThat(grid(true, "[5, 20, 80]", "[10]").efforts()).containsExactly(20, 80);
        assertThat(grid(true, "[5, 20, 80]", "[30, 60]").efforts()).containsExactly(80);
        assertThat(grid(false, "[5, 20, 80]", "[30, 60]").efforts()).containsExactly(5, 20, 80);
        assertThatThrownBy(() -> grid(true, "[5, 9]", "[10]"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "mine.py answered \"grid\" wrongly: expected an effort of hnsw-float of at least its 10 candidates,"
                                + " found none");
    }
}
