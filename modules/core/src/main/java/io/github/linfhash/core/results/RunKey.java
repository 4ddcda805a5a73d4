package io.github.linfhash.core.results;

/**
 * Names one cell of a comparison.
 *
 * @param method the method's name
 * @param variant the name of the method's variant where a comparison has it several times with different options; else empty
 * @param bits the code length N
 * @param seed the seed of split and training
 */
public record RunKey(String method, String variant, int bits, long seed) {
    /** The key of a method that a comparison has once, without a variant. */
    public RunKey(String method, int bits, long seed) {
        this(method, "", bits, seed);
    }

    /** Returns the name of the method, or its variant, in a comparison: {@code METHOD} or {@code METHOD:VARIANT}. */
    public String entry() {
        return entry(method, variant);
    }

    /** Returns the name of a method, or its variant, in a comparison; the variant is empty where the method is there once. */
    public static String entry(String method, String variant) {
        return variant.isEmpty() ? method : method + ":" + variant;
    }

    /** The method of what {@link #entry(String, String)} gives. */
    public static String methodOf(String entry) {
        int colon = entry.indexOf(':');
        return colon < 0 ? entry : entry.substring(0, colon);
    }

    /** The variant of what {@link #entry(String, String)} gives; empty if it has none. */
    public static String variantOf(String entry) {
        int colon = entry.indexOf(':');
        return colon < 0 ? "" : entry.substring(colon + 1);
    }

    /** The key as a part of file names: no method's name has a dot. */
    public String fileName() {
        return (variant.isEmpty() ? method : method + "." + variant) + "-" + bits + "-seed" + seed;
    }

    @Override
    public String toString() {
        return entry() + "-" + bits + "-seed" + seed;
    }
}
