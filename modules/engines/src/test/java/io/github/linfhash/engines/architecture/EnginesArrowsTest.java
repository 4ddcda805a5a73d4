package io.github.linfhash.engines.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.github.linfhash.testing.CodeRules;

/** Dependencies that {@code ModuleArrowsTest} cannot see. Lucene is on the class path of a process of its own, whose module depends on this one. */
@AnalyzeClasses(packages = "io.github.linfhash.engines", importOptions = ImportOption.DoNotIncludeTests.class)
final class EnginesArrowsTest {
    @ArchTest
    static void foreignLibrariesStayInTheirModules(JavaClasses classes) {
        CodeRules.checkOutermost(
                classes,
                "a database is measured, and nothing is trained",
                "ai.onnx..",
                "com.google.protobuf..",
                "org.apache.lucene..");
    }

    @ArchTest
    static void onlyOnePackageSeesTheDriver(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.linfhash.engines.database..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.postgresql..")
                .check(classes);
    }
}
