package io.github.linfhash.encoders;

/** A program that loads the tensor library and ends: OpenBLAS says only while it is loaded which kernel it takes. */
public final class LoadOnly {
    private LoadOnly() {}

    /** Loads the library. */
    public static void main(String[] words) {
        TensorBackend.describe();
    }
}
