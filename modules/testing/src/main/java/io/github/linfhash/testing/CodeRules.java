package io.github.linfhash.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Rules for the classes of every module. */
public final class CodeRules {
    private CodeRules() {}

    /** Asserts that no file is deserialized by Java, that all randomness is seeded, and that packages have no cycles. */
    public static void check(JavaClasses classes) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .because("model files come from anywhere")
                .check(classes);
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
        SlicesRuleDefinition.slices()
                .matching("io.github.linfhash.(*.*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    /**
     * Asserts the same of a module that no other depends on, and that it sees none of the libraries that another module hides.
     *
     * @param because why
     * @param more packages of other libraries that it does not see either
     */
    public static void checkOutermost(JavaClasses classes, String because, String... more) {
        check(classes);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "smile..", "tech.tablesaw..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(more)
                .because(because)
                .check(classes);
    }
}
