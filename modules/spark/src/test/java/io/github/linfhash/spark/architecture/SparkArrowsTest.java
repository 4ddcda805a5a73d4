package io.github.linfhash.spark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** What {@code ModuleArrowsTest} of the harness cannot see, since this module depends on the harness. */
@AnalyzeClasses(packages = "io.github.linfhash", importOptions = ImportOption.DoNotIncludeTests.class)
final class SparkArrowsTest {
    private static final String ROOT = "io.github.linfhash.";
    private static final String SPARK = ROOT + "spark..";

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_SPARK =
            elsewhere().should().dependOnClassesThat().resideInAPackage(SPARK);

    @ArchTest
    static final ArchRule ONLY_SPARK_SEES_SPARK = elsewhere()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

    @ArchTest
    static final ArchRule FOREIGN_LIBRARIES_STAY_IN_THEIR_MODULES = here().should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "smile..", "tech.tablesaw..")
            .because("models are restored by what is registered, and sums are taken by the baselines' own classes");

    @ArchTest
    static final ArchRule NO_JAVA_DESERIALISATION =
            here().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule RANDOMNESS_IS_NAMED_AND_SEEDED = here().should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = SlicesRuleDefinition.slices()
            .matching(ROOT + "spark.(*)..")
            .should()
            .beFreeOfCycles();

    private static GivenClassesConjunction here() {
        return noClasses().that().resideInAPackage(SPARK);
    }

    private static GivenClassesConjunction elsewhere() {
        return noClasses().that().resideOutsideOfPackage(SPARK);
    }
}
