package io.github.linfhash.core.features;

import io.github.linfhash.core.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** One class for each row; two rows are similar if their classes are equal. Names of classes are for people, and for rules that speak of classes. */
public final class ClassLabels implements Labels {
    private final int[] classes;
    private final List<String> names;

    private ClassLabels(int[] classes, List<String> names) {
        this.classes = classes;
        this.names = names;
    }

    public static ClassLabels of(int... classes) {
        return new ClassLabels(classes.clone(), List.of());
    }

    /**
     * Returns these classes with names; they are equal to those without.
     *
     * @param classNames entry c names class c; may be shorter than there are classes
     */
    public ClassLabels named(List<String> classNames) {
        return new ClassLabels(classes, List.copyOf(classNames));
    }

    /** Returns the name of a class: its number where no name is known. */
    public String nameOf(int label) {
        return label >= 0 && label < names.size() ? names.get(label) : String.valueOf(label);
    }

    /** The class of a row. */
    public int get(int row) {
        return classes[row];
    }

    /** The classes of all rows, as a new array. */
    public int[] toArray() {
        return classes.clone();
    }

    @Override
    public String sha256() {
        ByteBuffer content =
                ByteBuffer.allocate(4 + Math.multiplyExact(4, classes.length)).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt(classes.length);
        content.asIntBuffer().put(classes);
        return HexFormat.of().formatHex(Digests.sha256().digest(content.array()));
    }

    @Override
    public int size() {
        return classes.length;
    }

    @Override
    public ClassLabels select(int[] indices) {
        int[] chosen = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            chosen[i] = classes[indices[i]];
        }
        return new ClassLabels(chosen, names);
    }

    @Override
    public boolean similar(int i, Labels other, int j) {
        if (!(other instanceof ClassLabels that)) {
            throw new IllegalArgumentException("classes cannot be compared with label sets");
        }
        return classes[i] == that.classes[j];
    }

    @Override
    public boolean haveSimilarPair() {
        return Arrays.stream(classes).distinct().count() < classes.length;
    }

    @Override
    public boolean haveDissimilarPair() {
        return Arrays.stream(classes).anyMatch(other -> other != classes[0]);
    }

    /** Sets flag i to 1 where row {@code first + i} is of the wanted class and to 0 elsewhere, for i below size. */
    void markClass(int wanted, int first, int size, byte[] flags) {
        for (int i = 0; i < size; i++) {
            // Without a branch, which the processor could not predict: the sign of x | -x is 0 for x = 0 alone.
            int difference = classes[first + i] ^ wanted;
            flags[i] = (byte) (1 - ((difference | -difference) >>> 31));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassLabels that && Arrays.equals(classes, that.classes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(classes);
    }
}
