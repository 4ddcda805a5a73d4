package io.github.linfhash.spark.blocks;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import java.io.Serializable;

/** Labels as they travel between machines. */
public final class PackedLabels implements Serializable {
    private final int width;
    private final int[] classes;
    private final boolean[] indicator;

    private PackedLabels(int width, int[] classes, boolean[] indicator) {
        this.width = width;
        this.classes = classes;
        this.indicator = indicator;
    }

    public static PackedLabels of(Labels labels) {
        if (labels instanceof ClassLabels classes) {
            return new PackedLabels(0, classes.toArray(), new boolean[0]);
        }
        LabelSets sets = (LabelSets) labels;
        boolean[] indicator = new boolean[Math.multiplyExact(sets.size(), sets.labels())];
        for (int at = 0; at < indicator.length; at++) {
            indicator[at] = sets.has(at / sets.labels(), at % sets.labels());
        }
        return new PackedLabels(sets.labels(), new int[0], indicator);
    }

    public Labels toLabels() {
        return width == 0 ? ClassLabels.of(classes) : LabelSets.of(indicator.length / width, width, indicator);
    }
}
