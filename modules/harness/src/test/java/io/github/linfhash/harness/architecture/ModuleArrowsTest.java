package io.github.linfhash.harness.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The arrows between modules go one way, and each foreign library is seen by one module only. */
@AnalyzeClasses(packages = "io.github.linfhash", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleArrowsTest {
    private static final String ROOT = "io.github.linfhash.";

    @ArchTest
    static final ArchRule ARROWS_GO_ONE_WAY = layeredArchitecture()
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
            .mayOnlyBeAccessedByLayers("harness");

    @ArchTest
    static final ArchRule ONLY_ENCODERS_SEES_ND4J = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "encoders..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
            .because("another tensor library must be able to take ND4J's place in one module");

    @ArchTest
    static final ArchRule ONLY_ENCODERS_SEES_ONNX = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "encoders..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnx..", "org.tribuo..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule ONLY_BASELINES_SEES_SMILE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "baselines..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("smile..");

    @ArchTest
    static final ArchRule ONLY_REPORTS_SEES_TABLESAW = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "reports..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tech.tablesaw..");

    @ArchTest
    static final ArchRule CORE_DEPENDS_ON_LITTLE = noClasses()
            .that()
            .resideInAPackage(ROOT + "core..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    ROOT + "core..",
                    "java..",
                    "org.jspecify..",
                    "org.apache.commons.rng..",
                    "org.apache.commons.math3.distribution..");

    @ArchTest
    static final ArchRule NO_JAVA_DESERIALISATION = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .because("model files and checkpoints come from anywhere");

    @ArchTest
    static final ArchRule RANDOMNESS_IS_NAMED_AND_SEEDED = noClasses()
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
            .because("every random stream comes from RandomStreams by name");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            SlicesRuleDefinition.slices().matching(ROOT + "(*.*)..").should().beFreeOfCycles();
}
