package io.github.linfhash.baselines.graph;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;

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
            return SIGNS;
        }

        @Override
        BitRule read(StateReader in, int functions) {
            return SIGNS;
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

        @Override
        BitRule read(StateReader in, int functions) {
            return SecondLayer.read(in, functions);
        }
    };

    /** The functions as they are. */
    static final BitRule SIGNS = (functions, bits) -> System.arraycopy(functions, 0, bits, 0, functions.length);

    /** How many functions so many bits need. */
    abstract int functions(int bits);

    /** Fits the rule to the data of the graph; the embedding is W, m x functions. */
    abstract BitRule fit(AnchorGraph graph, double[][] embedding);

    /** The rule that {@link BitRule#addTo} saved. */
    abstract BitRule read(StateReader in, int functions);

    /** Turns the functions' values at one row into values whose signs are the bits. */
    @FunctionalInterface
    interface BitRule {
        void apply(double[] functions, double[] bits);

        /** Adds what was fitted, if anything was. */
        default ModelState addTo(ModelState state) {
            return state;
        }
    }
}
