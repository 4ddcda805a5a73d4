package io.github.linfhash.spark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Dependencies that {@code ModuleArrowsTest} cannot see. No module depends on this one, and none but it has Spark on its class path. */
@AnalyzeClasses(packages = "io.github.linfhash.spark", importOptions = ImportOption.DoNotIncludeTests.class)
final class SparkArrowsTest {
    private static final String ROOT = "io.github.linfhash.";
    private static final String SPARK = ROOT + "spark..";

    @ArchTest
    static void foreignLibrariesStayInTheirModules(JavaClasses classes) {
        here().should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "smile..", "tech.tablesaw..")
                .because("models are restored by what is registered, and sums are taken by the baselines' own classes")
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
    static void randomnessIsNamedAndSeeded(JavaClasses classes) {
        here().should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(Math.class, "random")
                .check(classes);
    }

    @ArchTest
    static void packagesHaveNoCycles(JavaClasses classes) {
        SlicesRuleDefinition.slices()
                .matching(ROOT + "spark.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private static GivenClassesConjunction here() {
        return noClasses().that().resideInAPackage(SPARK);
    }
}
