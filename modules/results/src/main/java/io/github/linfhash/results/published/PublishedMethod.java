package io.github.linfhash.results.published;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of our methods belong to a row of the paper's tables.
 *
 * @param printedName the row's name as printed
 * @param names our methods, the likeliest first
 * @param caveat why the assignment is uncertain, or null if it is not
 */
public record PublishedMethod(
        String printedName, List<String> names, @Nullable String caveat) {
    /** The rows of both tables in printed order. */
    public static final List<PublishedMethod> ALL = List.of(
            certain("KSH", "ksh"),
            certain("AGH1", "agh1"),
            certain("AGH2", "agh2"),
            certain("PSH", "psh"),
            new PublishedMethod(
                    "LH",
                    List.of("ldahash", "ldahash-dif"),
                    "The paper's row LH was taken over from another comparison, and it is uncertain whether it is"
                            + " LDAHash in its LDA form or in its DIF form."),
            certain("NNH", "nnh"),
            certain("SNNH", "snnh"),
            certain("Proposed", "deep-linf"));

    public PublishedMethod {
        names = List.copyOf(names);
    }

    /** The row that one of our methods belongs to; empty if the paper does not have the method. */
    public static Optional<PublishedMethod> of(String name) {
        return ALL.stream().filter(method -> method.names().contains(name)).findFirst();
    }

    private static PublishedMethod certain(String printedName, String name) {
        return new PublishedMethod(printedName, List.of(name), null);
    }
}
