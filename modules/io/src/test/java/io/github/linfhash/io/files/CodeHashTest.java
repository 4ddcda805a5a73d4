package io.github.linfhash.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import org.junit.jupiter.api.Test;

class CodeHashTest {
    @Test
    void isTheSameForAllClassesOfAPackageAndDiffersBetweenPackages() {
        assertThat(CodeHash.ofPackage(AtomicFiles.class))
                .hasSize(64)
                .isEqualTo(CodeHash.ofPackage(FileSeal.class))
                .isNotEqualTo(CodeHash.ofPackage(FeatureMatrix.class));
    }

    @Test
    void readsJarsToo() {
        assertThat(CodeHash.ofPackage(Test.class)).hasSize(64);
    }
}
