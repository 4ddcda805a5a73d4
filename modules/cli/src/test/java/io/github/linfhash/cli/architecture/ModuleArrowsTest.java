package io.github.linfhash.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.github.linfhash.baselines.linalg.SmileCheck;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.linalg.BlasCheck;
import io.github.linfhash.testing.CodeRules;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The arrows between modules go one way, and each foreign library is seen by one module only. Rules are methods, since
 * Allure gives a rule in a field no suite.
 */
@AnalyzeClasses(packages = "io.github.linfhash", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleArrowsTest {
    private static final String ROOT = "io.github.linfhash.";

    /** Each module, and those that may depend on it. */
    private static final Map<String, List<String>> ARROWS = """
            testing     <-
            io          <- shell html formats data quantizers advisor protocols encoders results reports experiment tasks cli
            shell       <- advisor cli
            html        <- advisor reports cli
            linalg      <- baselines quantizers advisor cli
            quantizers  <- advisor experiment tasks cli
            formats     <- data advisor protocols experiment cli
            data        <- protocols experiment cli
            advisor     <- cli
            protocols   <- experiment tasks cli
            opencl      <-
            encoders    <- opencl experiment cli
            baselines   <- cli
            results     <- reports experiment tasks cli
            reports     <- cli
            experiment  <- tasks cli
            tasks       <- cli
            cli         <-
            """.lines()
            .map(line -> List.of(line.split(" *<- ?", -1)))
            .collect(Collectors.toMap(
                    words -> words.get(0), words -> List.of(words.get(1).split(" ", 0))));

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
            modules = arrow.getValue().equals(List.of(""))
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

    /** Packages of a foreign library, the only packages of ours that may see it, and why. */
    private record Library(List<String> packages, List<String> seenBy, String because) {
        static Library of(String packages, String seenBy, String because) {
            return new Library(
                    List.of(packages.split(" ", -1)),
                    Stream.of(seenBy.split(" ", -1)).map(ROOT::concat).toList(),
                    because);
        }
    }

    private static final List<Library> LIBRARIES = List.of(
            Library.of(
                    "org.nd4j.. org.bytedeco.javacpp..",
                    "encoders..",
                    "another tensor library must be able to take ND4J's place in one module"),
            Library.of("org.lwjgl..", "opencl.device..", "nothing of it may be loaded where there is no driver"),
            Library.of("org.bytedeco.openblas..", "linalg..", "baselines and quantizers share one room for BLAS"),
            Library.of(
                    "ai.onnx.. org.tribuo.. com.google.protobuf..", "encoders.. io.onnx..", "models are written there"),
            Library.of("smile..", "baselines..", "it is checked there"),
            Library.of("me.tongfei..", "shell..", "a Java program that calls linfhash prints nothing"),
            Library.of("tech.tablesaw..", "results..", "tables are made there"),
            Library.of("io.jhdf..", "formats.hdf5..", "only there its memory, its time and its depth are bounded"));

    @ArchTest
    static void eachLibraryIsSeenInOnePlace(JavaClasses classes) {
        LIBRARIES.forEach(library -> noClasses()
                .that()
                .resideOutsideOfPackages(library.seenBy().toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library.packages().toArray(String[]::new))
                .because(library.because())
                .check(classes));
    }

    /** A Java program that asks for advice needs no command line. */
    @ArchTest
    static void adviceNeedsNoCommandLine(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "advisor..")
                .and()
                .resideOutsideOfPackage(ROOT + "advisor.command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "shell..", ROOT + "advisor.command..", "picocli..")
                .check(classes);
    }

    @ArchTest
    static void codesDependsOnNothing(JavaClasses classes) {
        assertDependsOn(classes, "codes..", ROOT + "codes..", "java..", "org.jspecify..");
    }

    @ArchTest
    static void coreDependsOnLittle(JavaClasses classes) {
        assertDependsOn(
                classes,
                "core..",
                ROOT + "core..",
                ROOT + "codes..",
                "java..",
                "org.jspecify..",
                "org.apache.commons.rng..",
                "org.apache.commons.math3.distribution..",
                "org.apache.commons.math3.stat..");
    }

    private static void assertDependsOn(JavaClasses classes, String module, String... packages) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + module)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(packages)
                .because("a service embeds it")
                .check(classes);
    }

    @ArchTest
    static void classesFollowTheRulesOfEveryModule(JavaClasses classes) {
        CodeRules.check(classes);
    }
}
