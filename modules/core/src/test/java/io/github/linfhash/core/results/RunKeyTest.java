package io.github.linfhash.core.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunKeyTest {
    @Test
    void aKeyWithoutARowIsNamedAsBeforeThereWereRows() {
        RunKey key = new RunKey("deep-linf", 48, 3);

        assertThat(key).hasToString("deep-linf-48-seed3");
        assertThat(key.fileName()).isEqualTo("deep-linf-48-seed3");
        assertThat(key.entry()).isEqualTo("deep-linf");
    }

    @Test
    void rowsOfAMethodHaveKeysAndFilesOfTheirOwn() {
        RunKey key = new RunKey("deep-linf", "as-printed", 48, 3);

        assertThat(key).isNotEqualTo(new RunKey("deep-linf", 48, 3)).hasToString("deep-linf:as-printed-48-seed3");
        assertThat(key.fileName()).isEqualTo("deep-linf.as-printed-48-seed3");
        // psh in a row "boost" is not the method psh-boost.
        assertThat(new RunKey("psh", "boost", 48, 3).fileName())
                .isNotEqualTo(new RunKey("psh-boost", 48, 3).fileName());
    }

    @Test
    void anEntryIsTakenApartAgain() {
        String entry = new RunKey("deep-linf", "tuned", 48, 3).entry();

        assertThat(entry).isEqualTo("deep-linf:tuned");
        assertThat(RunKey.methodOf(entry)).isEqualTo("deep-linf");
        assertThat(RunKey.variantOf(entry)).isEqualTo("tuned");
        assertThat(RunKey.methodOf("ksh")).isEqualTo("ksh");
        assertThat(RunKey.variantOf("ksh")).isEmpty();
    }
}
