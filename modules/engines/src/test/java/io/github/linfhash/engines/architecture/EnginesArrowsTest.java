package io.github.linfhash.engines.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Dependencies that {@code ModuleArrowsTest} cannot see. No module depends on this one, and none but it has a driver of a database on its class path. */
@AnalyzeClasses(packages = "io.github.linfhash.engines", importOptions = ImportOption.DoNotIncludeTests.class)
final class EnginesArrowsTest {
    private static final String ROOT = "io.github.linfhash.";
    private static final String EMBEDDINGS = ROOT + "engines..";

    @ArchTest
    static void foreignLibrariesStayInTheirModules(JavaClasses classes) {
        here().should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.nd4j..",
                        "org.bytedeco..",
                        "smile..",
                        "tech.tablesaw..",
                        "ai.onnx..",
                        "com.google.protobuf..")
                .check(classes);
    }

    @ArchTest
    static void onlyOnePackageSeesTheDriver(JavaClasses classes) {
        here().and()
                .resideOutsideOfPackage(ROOT + "engines.database..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.postgresql..")
                .check(classes);
    }

    @ArchTest
    static void randomnessIsNamedAndSeeded(JavaClasses classes) {
        here().should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .callMethod(Math.class, "random")
                .check(classes);
    }

    @ArchTest
    static void noJavaDeserialization(JavaClasses classes) {
        here().should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(classes);
    }

    @ArchTest
    static void packagesHaveNoCycles(JavaClasses classes) {
        SlicesRuleDefinition.slices()
                .matching(ROOT + "engines.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private static GivenClassesConjunction here() {
        return noClasses().that().resideInAPackage(EMBEDDINGS);
    }
}
