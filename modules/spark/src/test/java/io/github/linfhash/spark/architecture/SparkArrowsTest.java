package io.github.linfhash.spark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** What {@code ModuleArrowsTest} of the harness cannot see, since this module depends on the harness. */
@AnalyzeClasses(packages = "io.github.linfhash", importOptions = ImportOption.DoNotIncludeTests.class)
final class SparkArrowsTest {
    private static final String ROOT = "io.github.linfhash.";

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_SPARK = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "spark..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "spark..");

    @ArchTest
    static final ArchRule ONLY_SPARK_SEES_SPARK = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "spark..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

    @ArchTest
    static final ArchRule FOREIGN_LIBRARIES_STAY_IN_THEIR_MODULES = noClasses()
            .that()
            .resideInAPackage(ROOT + "spark..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "smile..", "tech.tablesaw..")
            .because("models are restored by what is registered, and sums are taken by the baselines' own classes");

    @ArchTest
    static final ArchRule NO_JAVA_DESERIALISATION = noClasses()
            .that()
            .resideInAPackage(ROOT + "spark..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule RANDOMNESS_IS_NAMED_AND_SEEDED = noClasses()
            .that()
            .resideInAPackage(ROOT + "spark..")
            .should()
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
}
