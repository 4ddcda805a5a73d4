package io.github.linfhash.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QrelsTest {
    private static final Qrels SOME = Qrels.of(6, List.of(Map.of(4, 2, 1, 1, 3, 0), Map.of(2, -1), Map.of(5, 3)), 7, 8);

    @Test
    void haveTheRelevantRowsOfEachQuery() {
        assertThat(SOME.queries()).isEqualTo(3);
        assertThat(SOME.databaseRows()).isEqualTo(6);
        assertThat(SOME.rows(0)).containsExactly(1, 4);
        assertThat(SOME.grades(0)).containsExactly(1, 2);
        assertThat(SOME.rows(1)).isEmpty();
        assertThat(SOME.answered()).containsExactly(0, 2);
        assertThat(List.of(SOME.ofOtherQueries(), SOME.ofOtherRows())).containsExactly(7, 8);
    }

    @Test
    void ofAPartHaveTheRowsOfThePart() {
        Qrels part = SOME.among(new int[] {4, 0, 1});
        assertThat(part.databaseRows()).isEqualTo(3);
        assertThat(part.rows(0)).containsExactly(0, 2);
        assertThat(part.grades(0)).containsExactly(2, 1);
        assertThat(part.answered()).containsExactly(0);
        assertThat(List.of(part.ofOtherQueries(), part.ofOtherRows())).containsExactly(7, 8);
    }

    @Test
    void ofSomeQueriesHaveTheseAlone() {
        Qrels part = SOME.ofQueries(new int[] {2, 0});
        assertThat(part.queries()).isEqualTo(2);
        assertThat(part.databaseRows()).isEqualTo(6);
        assertThat(part.rows(0)).containsExactly(5);
        assertThat(part.grades(0)).containsExactly(3);
        assertThat(part.rows(1)).containsExactly(1, 4);
    }

    @Test
    void rowsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Qrels.of(6, List.of(Map.of(6, 1)), 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
