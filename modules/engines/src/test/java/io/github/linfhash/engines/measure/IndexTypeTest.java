package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.engines.measure.IndexType.Parameter;
import io.github.linfhash.engines.pgvector.MadePgvector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types of indexes as data. */
class IndexTypeTest {
    private static IndexType type(boolean graph, boolean coded, @Nullable Parameter effort, Parameter... parameters) {
        return new IndexType("made-type", graph, coded, 100, List.of(parameters), effort, 100);
    }

    @ParameterizedTest
    @CsvSource({
        "hnsw.ef_search, efSearch",
        "ef_construction, efConstruction",
        "m, m",
        "maxConn, maxConn",
        "ivfflat.probes, probes",
        "a.b_c.level_0_size, level0Size"
    })
    void keysAreInCamelCase(String name, String key) {
        assertThat(Parameter.number(name, 1, 2).key()).isEqualTo(key);
    }

    @Test
    void aKeyThatIsTakenTwiceIsNamed() {
        Parameter m = Parameter.number("m", 1, 100);
        assertThat(type(true, false, Parameter.number("ef", 1, 9), m).doubleKey())
                .isNull();
        assertThat(type(true, false, Parameter.number("hnsw.m", 1, 9), m).doubleKey())
                .isEqualTo("m");
        assertThat(type(false, false, null, m, Parameter.number("index_bytes", 1, 9))
                        .doubleKey())
                .isEqualTo("indexBytes");
        assertThat(MadePgvector.types()).allMatch(type -> type.doubleKey() == null);
    }

    @Test
    void onlyAScanOfVectorsIsExact() {
        Parameter effort = Parameter.number("ef", 1, 9);
        assertThat(type(false, false, null).exact()).isTrue();
        assertThat(type(false, true, null).exact()).isFalse();
        assertThat(type(false, false, effort).exact()).isFalse();
        assertThat(type(true, false, effort).exact()).isFalse();
        assertThat(MadePgvector.types())
                .filteredOn(IndexType::exact)
                .extracting(IndexType::name)
                .containsExactly("exact");
    }

    @Test
    void pointsAreText() {
        IndexType scan = type(false, true, null, Parameter.number("m", 1, 100), Parameter.flag("merged"));
        IndexSpec merged = new IndexSpec(scan, Map.of("merged", 1, "m", 8));
        assertThat(merged).hasToString("made-type with m = 8, merged");
        assertThat(new IndexSpec(scan, Map.of("merged", 0, "m", 8)).text()).isEqualTo("m = 8, not merged");
        assertThat(new OperatingPoint(merged, IndexType.NO_EFFORT, 30).searched())
                .isEqualTo("scan, 30 rescored");
        assertThat(new OperatingPoint(MadePgvector.hnsw("bit", 16, 64), 40, 30).searched())
                .isEqualTo("hnsw.ef_search = 40, 30 rescored");
        assertThat(new OperatingPoint(MadePgvector.hnsw("vector", 16, 64), 40, 10).searched())
                .isEqualTo("hnsw.ef_search = 40");
        assertThat(MadePgvector.exact()).hasToString("exact");
        assertThatThrownBy(() -> new IndexSpec(scan, Map.of("m", 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("made-type lacks merged");
    }
}
