package io.github.linfhash.harness.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.harness.cli.ModelVectors;
import io.github.linfhash.harness.experiment.Preparation;
import io.github.linfhash.harness.methods.ConfiguredMethod;
import java.util.List;

/**
 * The arrows between modules go one way, and each foreign library is seen by one module only. Rules are methods, since
 * Allure gives a rule in a field no suite.
 */
@AnalyzeClasses(packages = "io.github.linfhash", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleArrowsTest {
    private static final String ROOT = "io.github.linfhash.";

    @ArchTest
    static void arrowsGoOneWay(JavaClasses classes) {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("core")
                .definedBy(ROOT + "core..")
                .layer("testing")
                .definedBy(ROOT + "testing..")
                .layer("protocols")
                .definedBy(ROOT + "protocols..")
                .layer("encoders")
                .definedBy(ROOT + "encoders..")
                .layer("baselines")
                .definedBy(ROOT + "baselines..")
                .layer("reports")
                .definedBy(ROOT + "reports..")
                .layer("harness")
                .definedBy(ROOT + "harness..")
                .whereLayer("harness")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("testing")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("protocols")
                .mayOnlyBeAccessedByLayers("harness")
                .whereLayer("encoders")
                .mayOnlyBeAccessedByLayers("harness")
                .whereLayer("baselines")
                .mayOnlyBeAccessedByLayers("harness")
                .whereLayer("reports")
                .mayOnlyBeAccessedByLayers("harness")
                .check(classes);
    }

    /** Without this, numbers of a library that computes wrongly look like results (decision 9). */
    @ArchTest
    static void linearAlgebraIsExaminedBeforeItIsUsed(JavaClasses classes) {
        for (Class<?> user : List.of(ConfiguredMethod.class, Preparation.class, ModelVectors.class)) {
            classes()
                    .that()
                    .areAssignableTo(user)
                    .should()
                    .callMethod(BlasCheck.class, "requireSound")
                    .check(classes);
        }
    }

    @ArchTest
    static void onlyEncodersSeesNd4j(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "encoders..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
                .because("another tensor library must be able to take ND4J's place in one module")
                .check(classes);
    }

    @ArchTest
    static void onlyEncodersSeesOnnx(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "encoders..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnx..", "org.tribuo..", "com.google.protobuf..")
                .check(classes);
    }

    @ArchTest
    static void onlyBaselinesSeesSmile(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "baselines..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("smile..")
                .check(classes);
    }

    @ArchTest
    static void onlyReportsSeesTablesaw(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "reports..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tech.tablesaw..")
                .check(classes);
    }

    @ArchTest
    static void coreDependsOnLittle(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "core..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        ROOT + "core..",
                        "java..",
                        "org.jspecify..",
                        "org.apache.commons.rng..",
                        "org.apache.commons.math3.distribution..")
                .check(classes);
    }

    @ArchTest
    static void noJavaDeserialisation(JavaClasses classes) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .because("model files and checkpoints come from anywhere")
                .check(classes);
    }

    @ArchTest
    static void randomnessIsNamedAndSeeded(JavaClasses classes) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j.linalg.api.rng..")
                .because("every random stream comes from RandomStreams by name")
                .check(classes);
    }

    @ArchTest
    static void packagesHaveNoCycles(JavaClasses classes) {
        SlicesRuleDefinition.slices()
                .matching(ROOT + "(*.*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }
}
