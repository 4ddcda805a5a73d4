package io.github.linfhash.data.vectors;

import io.github.linfhash.core.features.Labels;
import java.util.List;

/**
 * Labels with the names of what they are.
 *
 * @param labels the ground truth of each row
 * @param names entry i names class or label i; empty where the file has no names
 */
public record NamedLabels(Labels labels, List<String> names) {
    public NamedLabels {
        names = List.copyOf(names);
    }
}
