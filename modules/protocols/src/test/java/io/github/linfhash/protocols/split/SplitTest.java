package io.github.linfhash.protocols.split;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitTest {
    private static int[] rows(int... rows) {
        return rows;
    }

    @Test
    void keepsItsRowsToItself() {
        int[] training = {0, 1};
        Split split = Split.of(5, training, rows(2), rows(0, 1, 3, 4));
        training[0] = 2;
        split.training()[0] = 2;
        assertThat(split.training()).containsExactly(0, 1);
        assertThat(split.query()).containsExactly(2);
        assertThat(split.database()).containsExactly(0, 1, 3, 4);
    }

    @Test
    void refusesAQueryThatIsAlsoInTheDatabase() {
        assertOneSentence(() -> Split.of(6, rows(0), rows(2, 3, 4), rows(0, 3, 4, 5)), "database", "row 3 and 1 more");
    }

    @Test
    void refusesAQueryThatIsAlsoATrainingRow() {
        assertOneSentence(() -> Split.of(5, rows(2), rows(2), rows(3, 4)), "training", "row 2");
    }

    @Test
    void refusesRowsOutOfRange() {
        assertOneSentence(() -> Split.of(5, rows(5), rows(2), rows(3)), "training", "0 to 4", "found 5");
        assertOneSentence(() -> Split.of(5, rows(1), rows(-1), rows(3)), "query", "found -1");
    }

    @Test
    void refusesDuplicateRows() {
        assertOneSentence(() -> Split.of(5, rows(1), rows(2), rows(3, 0, 3)), "database", "row 3 twice");
    }

    @Test
    void keepsQueriesInTheDatabaseWhereThatIsAskedFor() {
        Split split = Split.keepingQueries(4, rows(1), rows(1, 3, 1), rows(0, 1, 2, 3));
        assertThat(split.keepsQueries()).isTrue();
        assertThat(split.query()).containsExactly(1, 3, 1);
        assertThat(Split.of(4, rows(1), rows(3), rows(0, 1, 2)).keepsQueries()).isFalse();
        assertOneSentence(
                () -> Split.keepingQueries(4, rows(1), rows(1, 3), rows(0, 1, 2)),
                "every query there",
                "row 3 missing");
        assertOneSentence(() -> Split.keepingQueries(4, rows(1), rows(1), rows(1, 1)), "database", "row 1 twice");
        assertOneSentence(() -> Split.keepingQueries(4, rows(1), rows(4), rows(1)), "query", "found 4");
    }

    @Test
    void methodsLearnFromAllOtherRowsUnlessTheSplitSaysWhich() {
        Split split = Split.of(6, rows(0, 1), rows(2), rows(3));
        assertThat(split.unlabeled()).containsExactly(0, 1, 3);
        Split other = split.learningFrom(rows(0, 1, 5));
        assertThat(other.unlabeled()).containsExactly(0, 1, 5);
        assertThat(other.searchableOrTraining()).containsExactly(0, 1, 3);
        assertThat(other).isNotEqualTo(split).isEqualTo(split.learningFrom(rows(0, 1, 5)));
        assertOneSentence(() -> split.learningFrom(rows(0, 1, 2)), "no query in the unlabeled part", "row 2");
        assertOneSentence(() -> split.learningFrom(rows(0, 1, 3)), "no row of the database");
        assertOneSentence(() -> split.learningFrom(rows(0, 5)), "lacks a training row", "row 1 missing");
        assertOneSentence(() -> split.learningFrom(rows(0, 1, 6)), "unlabeled", "found 6");
    }

    @Test
    void theHashTellsPartsApart() {
        String hash = Split.of(5, rows(0, 1), rows(2), rows(3, 4)).sha256();
        assertThat(Split.of(5, rows(0), rows(2), rows(1, 3, 4)).sha256()).isNotEqualTo(hash);
        assertThat(Split.of(6, rows(0, 1), rows(2), rows(3, 4)).sha256()).isNotEqualTo(hash);
        assertThat(Split.of(5, rows(0, 1), rows(2), rows(3, 4)).sha256()).isEqualTo(hash);
    }

    /** Made by Python's struct and hashlib from what the Javadoc says. */
    @Test
    void theHashIsThatOfItsDescription() {
        assertThat(Split.of(5, rows(0, 1), rows(2), rows(3, 4)).sha256())
                .isEqualTo("961844c7542c295f889c786737a89aecdb97b9b5731fdf9293fdb15f744cb8f7");
        assertThat(Split.keepingQueries(5, rows(0, 1), rows(3), rows(3, 4)).sha256())
                .isEqualTo("c50b51bcc3fca424cfa4bb3303bbcaeba5b562a8c1dcc4b130a35607ee40ac02");
        assertThat(Split.of(6, rows(0, 1), rows(2), rows(3))
                        .learningFrom(rows(0, 1, 5))
                        .sha256())
                .isEqualTo("736fb7a6da43f97dc1908b0ac5029ef3ad8d38d0b9886f9f74617edd3e37a1ce");
    }
}
