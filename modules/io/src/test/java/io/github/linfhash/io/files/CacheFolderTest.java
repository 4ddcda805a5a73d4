package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
    @Test
    void keepsToTheXdgConventions() {
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/u"))).isEqualTo(Path.of("/c/linfhash"));
        assertThat(CacheFolder.of(Map.of("HOME", "/u"))).isEqualTo(Path.of("/u/.cache/linfhash"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/u")))
                .isEqualTo(Path.of("/u/.cache/linfhash"));
    }
}
