package io.github.linfhash.core.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeLibrariesTest {
    @Test
    void theInnermostCauseIsSaidInOneLine() {
        Throwable cause = new UnsatisfiedLinkError("no room\n\tin /cache");
        Throwable failure = new ExceptionInInitializerError(new IllegalStateException("outer", cause));
        assertThat(NativeLibraries.notLoaded("ND4J", failure))
                .hasMessageStartingWith("native libraries of ND4J: expected to unpack them")
                .hasMessageContaining("found: java.lang.UnsatisfiedLinkError: no room in /cache; that folder needs")
                .hasMessageNotContaining("outer")
                .hasCause(failure);
    }
}
