package io.github.linfhash.core.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN =
            List.of("ksh", "lsh", "agh1", "agh2", "deep-linf", "queriesPerClass", "trainingPerClass");

    @ParameterizedTest
    @CsvSource({
        "khs, ksh", // swapped
        "lsj, lsh", // replaced
        "deeplinf, deep-linf", // missing
        "agh22, agh2", // added
        "queriesPerClas, queriesPerClass",
        "QueriesPerClass, queriesPerClass",
    })
    void theNearestKnownWordIsMeant(String word, String meant) {
        assertThat(Suggestion.of(word, KNOWN)).isEqualTo(" (did you mean '" + meant + "'?)");
    }

    @ParameterizedTest
    @CsvSource({"resnet", "h", "''"})
    void aWordThatIsNearNoneIsNoSlip(String word) {
        assertThat(Suggestion.of(word, KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000000"})
    void aKeyOfAnyLengthIsNotCompared(int length) {
        assertThat(Suggestion.of("k".repeat(length), List.of("k".repeat(length - 1))))
                .isEmpty();
    }
}
