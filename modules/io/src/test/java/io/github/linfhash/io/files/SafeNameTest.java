package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"itq", "deep-linf", "clinc150-bge", "a"})
    void namesThatAreSafeStay(String name) {
        assertThat(SafeName.of(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../../etc/passwd",
                "a/b",
                "a\\b",
                "CON",
                "con",
                "nul",
                "lpt1",
                "index",
                "-x",
                "x-",
                "\u0000",
                "\u202e",
                "\ud83d\ude00",
                "<script>",
                "a b",
                "x.html",
                "ITQ",
                "\u0130",
                "C:",
                "~",
                "%2e%2e"
            })
    void othersBecomeSo(String name) {
        assertThat(SafeName.of(name)).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?").isNotEqualTo(name);
        assertThat(SafeName.of(name)).doesNotMatch("con|prn|aux|nul|com[0-9]|lpt[0-9]|index");
    }

    @Test
    void namesThatDifferHaveNamesThatDiffer() {
        assertThat(SafeName.of("A b")).isNotEqualTo(SafeName.of("a B")).startsWith("a-b-");
        assertThat(SafeName.of("x".repeat(5000))).hasSizeLessThan(61);
        assertThat(SafeName.of("x".repeat(5000))).isNotEqualTo(SafeName.of("x".repeat(5001)));
    }

    @Test
    void noNameIsGivenTwice() {
        SafeName names = new SafeName();
        assertThat(names.unique("itq")).isEqualTo("itq");
        assertThat(names.unique("itq")).isEqualTo("itq-2");
        assertThat(names.unique("itq-2")).isEqualTo("itq-2-2");
        assertThat(names.unique("itq")).isEqualTo("itq-3");
    }
}
