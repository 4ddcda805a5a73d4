package io.github.linfhash.spark.blocks;

import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.io.Serializable;

/**
 * Whether rows have one class or a set of labels each.
 *
 * @param width the number of different labels where rows have sets, 0 where they have classes
 */
public record LabelKind(int width) implements Serializable {
    public static LabelKind of(Labels labels) {
        return new LabelKind(labels instanceof LabelSets sets ? sets.labels() : 0);
    }

    public boolean isClasses() {
        return width == 0;
    }

    @Override
    public String toString() {
        return isClasses() ? "a class for each row" : "sets of " + width + " labels";
    }
}
