package io.github.linfhash.baselines.graph;

import io.github.linfhash.core.errors.InputException;

/** How the real-valued functions on the graph become bits. */
enum Layers {
    /** One bit a function: whether it is greater than 0. */
    ONE {
        @Override
        int functions(int bits) {
            return bits;
        }

        @Override
        BitRule fit(AnchorGraph graph, double[][] embedding) {
            return (functions, bits) -> System.arraycopy(functions, 0, bits, 0, functions.length);
        }
    },
    /** Two bits a function: the second splits each side of 0 by a threshold of its own. */
    TWO {
        @Override
        int functions(int bits) {
            if (bits % 2 != 0) {
                throw new InputException(
                        "AGH with two layers gives an even number of bits, two for each eigenfunction, not " + bits
                                + ".");
            }
            return bits / 2;
        }

        @Override
        BitRule fit(AnchorGraph graph, double[][] embedding) {
            return SecondLayer.fit(graph, embedding);
        }
    };

    /** How many functions so many bits need. */
    abstract int functions(int bits);

    /** Fits the rule to the data of the graph; the embedding is W, m x functions. */
    abstract BitRule fit(AnchorGraph graph, double[][] embedding);

    /** Turns the functions' values at one row into values whose signs are the bits. */
    @FunctionalInterface
    interface BitRule {
        void apply(double[] functions, double[] bits);
    }
}
