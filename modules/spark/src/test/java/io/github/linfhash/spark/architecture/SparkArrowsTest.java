package io.github.linfhash.spark.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.github.linfhash.testing.CodeRules;

/** Dependencies that {@code ModuleArrowsTest} cannot see. No module depends on this one, and none but it has Spark on its class path. */
@AnalyzeClasses(packages = "io.github.linfhash.spark", importOptions = ImportOption.DoNotIncludeTests.class)
final class SparkArrowsTest {
    @ArchTest
    static void foreignLibrariesStayInTheirModules(JavaClasses classes) {
        CodeRules.checkOutermost(
                classes, "models are restored by what is registered, and sums are taken by the baselines' own classes");
    }
}
