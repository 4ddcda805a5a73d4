package io.github.linfhash.embeddings.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Dependencies that {@code ModuleArrowsTest} cannot see. No module depends on this one, and none but it has ONNX Runtime on its class path. */
@AnalyzeClasses(packages = "io.github.linfhash.embeddings", importOptions = ImportOption.DoNotIncludeTests.class)
final class EmbeddingsArrowsTest {
    private static final String ROOT = "io.github.linfhash.";
    private static final String EMBEDDINGS = ROOT + "embeddings..";

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
    static void modelsAreFilesAndNoClasses(JavaClasses classes) {
        here().should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .because("the archive has none of the libraries that the classes of the models' jars need")
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
                .matching(ROOT + "embeddings.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private static GivenClassesConjunction here() {
        return noClasses().that().resideInAPackage(EMBEDDINGS);
    }
}
