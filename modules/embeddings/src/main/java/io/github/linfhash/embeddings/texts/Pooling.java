package io.github.linfhash.embeddings.texts;

/** How the vectors of a text's tokens become one vector. */
enum Pooling {
    /** The mean of all tokens. */
    MEAN {
        @Override
        void pool(float[] tokens, int count, double[] target) {
            for (int i = 0; i < count * target.length; i++) {
                target[i % target.length] += tokens[i];
            }
            for (int j = 0; j < target.length; j++) {
                target[j] /= count;
            }
        }
    },
    /** The first token, which stands for the whole text. */
    FIRST {
        @Override
        void pool(float[] tokens, int count, double[] target) {
            for (int j = 0; j < target.length; j++) {
                target[j] = tokens[j];
            }
        }
    };

    /**
     * Pools the vectors of one text.
     *
     * @param tokens the vectors of the tokens, one after another; what follows the first {@code count} is padding
     * @param target d zeros, which become the pooled vector
     */
    abstract void pool(float[] tokens, int count, double[] target);
}
