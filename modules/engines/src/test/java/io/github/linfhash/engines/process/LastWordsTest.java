package io.github.linfhash.engines.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sentences about a process that has ended. */
class LastWordsTest {
    @Test
    void theExceptionIsQuotedWithoutItsTrace() {
        assertThat(EngineProcess.lastWords("""
                        WARNING: Using incubator modules: jdk.incubator.vector
                        Exception in thread "main" java.nio.file.FileSystemException: /tmp/x/index: No space left on device
                        \tat java.base/sun.nio.fs.UnixException.translateToIOException(UnixException.java:100)
                        \tat io.github.linfhash.lucene.LuceneWorker.main(LuceneWorker.java:70)
                        """))
                .isEqualTo(
                        ": Exception in thread \"main\" java.nio.file.FileSystemException: /tmp/x/index: No space left on device");
        assertThat(EngineProcess.lastWords("""
                        Exception in thread "main" java.lang.IllegalStateException: wrapped
                        \tat io.github.linfhash.lucene.LuceneWorker.main(LuceneWorker.java:70)
                        Caused by: java.io.IOException: Input/output error
                        \tat io.github.linfhash.lucene.LuceneWorker.main(LuceneWorker.java:60)
                        \t... 1 more
                        """)).isEqualTo(": Caused by: java.io.IOException: Input/output error");
    }

    /** A process that is killed leaves the warning that each one begins with. */
    @Test
    void warningsAreNoReason() {
        assertThat(EngineProcess.lastWords("WARNING: Using incubator modules: jdk.incubator.vector\n"))
                .isEmpty();
        assertThat(EngineProcess.lastWords("")).isEmpty();
    }
}
