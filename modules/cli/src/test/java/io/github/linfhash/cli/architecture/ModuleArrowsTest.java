package io.github.linfhash.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.linfhash.baselines.linalg.SmileCheck;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.linalg.BlasCheck;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The arrows between modules go one way, and each foreign library is seen by one module only. Rules are methods, since
 * Allure gives a rule in a field no suite.
 */
@AnalyzeClasses(packages = "io.github.linfhash", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleArrowsTest {
    private static final String ROOT = "io.github.linfhash.";

    /** Each module, and those that may depend on it. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            entry("testing", List.of()),
            entry(
                    "io",
                    List.of(
                            "html",
                            "data",
                            "quantizers",
                            "advisor",
                            "protocols",
                            "encoders",
                            "results",
                            "reports",
                            "experiment",
                            "tasks",
                            "cli")),
            entry("html", List.of("advisor", "results", "reports", "tasks", "cli")),
            entry("linalg", List.of("baselines", "quantizers", "advisor", "experiment", "cli")),
            entry("quantizers", List.of("advisor", "experiment", "tasks", "cli")),
            entry("data", List.of("advisor", "protocols", "experiment", "cli")),
            entry("advisor", List.of("cli")),
            entry("protocols", List.of("experiment", "tasks", "cli")),
            entry("opencl", List.of()),
            entry("encoders", List.of("opencl", "experiment", "cli")),
            entry("baselines", List.of("cli")),
            entry("results", List.of("reports", "experiment", "tasks", "cli")),
            entry("reports", List.of("cli")),
            entry("experiment", List.of("tasks", "cli")),
            entry("tasks", List.of("cli")),
            entry("cli", List.of()));

    @ArchTest
    static void arrowsGoOneWay(JavaClasses classes) {
        LayeredArchitecture modules = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("codes")
                .definedBy(ROOT + "codes..")
                .layer("core")
                .definedBy(ROOT + "core..");
        for (String module : ARROWS.keySet()) {
            modules = modules.layer(module).definedBy(ROOT + module + "..");
        }
        for (Map.Entry<String, List<String>> arrow : ARROWS.entrySet()) {
            LayeredArchitecture.LayerDependencySpecification layer = modules.whereLayer(arrow.getKey());
            modules = arrow.getValue().isEmpty()
                    ? layer.mayNotBeAccessedByAnyLayer()
                    : layer.mayOnlyBeAccessedByLayers(arrow.getValue().toArray(String[]::new));
        }
        modules.check(classes);
    }

    /** An edit of any other module computes no run anew, so that none of them may decide one; results only hold what was measured. */
    @ArchTest
    static void whatDecidesARunIsListed(JavaClasses classes) {
        String[] deciding = packages(Environment.DECIDING.stream());
        String[] others = packages(ARROWS.keySet().stream()
                .filter(module -> !Environment.DECIDING.contains(module) && !module.equals("results")));
        noClasses()
                .that()
                .resideInAnyPackage(deciding)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(classes);
        assertThat(ARROWS.keySet())
                .containsAll(Environment.DECIDING.stream()
                        .filter(module -> !List.of("codes", "core").contains(module))
                        .toList());
    }

    private static String[] packages(Stream<String> modules) {
        return modules.map(module -> ROOT + module + "..").toArray(String[]::new);
    }

    /** Without this, numbers of a library that computes wrongly look like results (decision 9). */
    @ArchTest
    static void linearAlgebraIsExaminedWhereItIsUsed(JavaClasses classes) {
        classes()
                .that(use("org.bytedeco.openblas"))
                .should()
                .callMethod(BlasCheck.class, "requireSound")
                .check(classes);
        // KSH has its matrix from SmileMatrices.
        classes()
                .that(use("smile.math.matrix"))
                .and()
                .doNotHaveSimpleName("Ksh")
                .and()
                .areNotAssignableTo(SmileCheck.class)
                .should()
                .callMethod(SmileCheck.class, "requireSound")
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> use(String library) {
        return DescribedPredicate.describe(
                "use " + library,
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(
                                arrow -> arrow.getTargetClass().getPackageName().startsWith(library)));
    }

    @ArchTest
    static void onlyEncodersSeesNd4j(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "encoders..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco.javacpp..")
                .because("another tensor library must be able to take ND4J's place in one module")
                .check(classes);
    }

    @ArchTest
    static void onlyOpenclSeesLwjgl(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "opencl.device..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.lwjgl..")
                .because("nothing of it may be loaded where there is no driver")
                .check(classes);
    }

    @ArchTest
    static void onlyLinalgSeesBlas(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "linalg..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.openblas..")
                .because("baselines and quantizers share one room for BLAS")
                .check(classes);
    }

    @ArchTest
    static void onlyTwoPackagesSeeOnnx(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "encoders..", ROOT + "io.onnx..")
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
    static void onlyResultsSeesTablesaw(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "results..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tech.tablesaw..")
                .check(classes);
    }

    @ArchTest
    static void onlyOnePackageSeesJhdf(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "data.hdf5..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.jhdf..")
                .because("only there its memory, its time and its depth are bounded")
                .check(classes);
    }

    @ArchTest
    static void codesDependsOnNothing(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "codes..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(ROOT + "codes..", "java..", "org.jspecify..")
                .because("a service embeds it alone")
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
                        ROOT + "codes..",
                        "java..",
                        "org.jspecify..",
                        "org.apache.commons.rng..",
                        "org.apache.commons.math3.distribution..",
                        "org.apache.commons.math3.stat..")
                .check(classes);
    }

    @ArchTest
    static void noJavaDeserialization(JavaClasses classes) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .because("model files come from anywhere")
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
