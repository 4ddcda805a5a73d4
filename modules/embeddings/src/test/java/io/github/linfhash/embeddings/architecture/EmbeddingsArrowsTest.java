package io.github.linfhash.embeddings.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.github.linfhash.testing.CodeRules;

/** Dependencies that {@code ModuleArrowsTest} cannot see. No module depends on this one, and none but it has ONNX Runtime on its class path. */
@AnalyzeClasses(packages = "io.github.linfhash.embeddings", importOptions = ImportOption.DoNotIncludeTests.class)
final class EmbeddingsArrowsTest {
    @ArchTest
    static void foreignLibrariesStayInTheirModules(JavaClasses classes) {
        CodeRules.checkOutermost(
                classes, "a network is run, and nothing is trained", "ai.onnx..", "com.google.protobuf..");
    }

    @ArchTest
    static void modelsAreFilesAndNoClasses(JavaClasses classes) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .because("the archive has none of the libraries that the classes of the models' jars need")
                .check(classes);
    }
}
