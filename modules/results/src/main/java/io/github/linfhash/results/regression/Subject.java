package io.github.linfhash.results.regression;

/**
 * What a check is about.
 *
 * @param method the method's name, or {@code METHOD:ROW}; empty for what concerns all of them
 * @param bits the code length N; 0 for what concerns all of them
 * @param what a metric's key, {@code codes}, {@code runs}, or what all runs share: {@code protocol}, {@code dataset},
 *     {@code features}, {@code split}
 */
public record Subject(String method, int bits, String what) {
    static Subject ofAll(String what) {
        return new Subject("", 0, what);
    }

    /** The cell, such as {@code ksh-48}; empty for what concerns all. */
    public String cell() {
        return method.isEmpty() ? "" : method + "-" + bits;
    }
}
