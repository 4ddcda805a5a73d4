package io.github.linfhash.advisor.advice;

import io.github.linfhash.codes.Similarity;
import java.util.List;

/**
 * How recall is measured, and which codes may be recommended.
 *
 * @param similarity by which neighbors are searched
 * @param bytes the code sizes to measure, ascending; empty for {@link #BYTES}, or for all sizes that an engine has
 * @param neighbors k
 * @param oversamplings the factors to measure, ascending
 * @param mostOversampling the largest factor that is recommended, at least the first
 * @param seeds of what is random, ascending; deterministic and slow quantizers use the first alone
 */
public record Question(
        Similarity similarity,
        List<Integer> bytes,
        int neighbors,
        List<Integer> oversamplings,
        int mostOversampling,
        List<Long> seeds) {
    /** The default code sizes. */
    public static final List<Integer> BYTES = List.of(16, 32, 48, 64, 96);

    /** The default factors at which recall is measured. */
    public static final List<Integer> OVERSAMPLINGS = List.of(1, 2, 3, 5, 10, 20, 50);

    /** The default of the largest factor that is recommended. */
    public static final int MOST_OVERSAMPLING = 10;

    /** Ten neighbors by cosine similarity, with the default sizes and factors and two seeds. */
    public static final Question DEFAULT =
            new Question(Similarity.COSINE, List.of(), 10, OVERSAMPLINGS, MOST_OVERSAMPLING, List.of(0L, 1L));

    public Question {
        bytes = List.copyOf(bytes);
        oversamplings = List.copyOf(oversamplings);
        seeds = List.copyOf(seeds);
    }

    /** Returns this question for other code sizes. */
    public Question withBytes(List<Integer> sizes) {
        return new Question(similarity, sizes, neighbors, oversamplings, mostOversampling, seeds);
    }

    /** Returns this question by another similarity. */
    public Question by(Similarity other) {
        return new Question(other, bytes, neighbors, oversamplings, mostOversampling, seeds);
    }

    /** Returns this question for another number of neighbors. */
    public Question withNeighbors(int k) {
        return new Question(similarity, bytes, k, oversamplings, mostOversampling, seeds);
    }

    /** Returns the code sizes, which are the default ones unless others are given. */
    public List<Integer> sizes() {
        return bytes.isEmpty() ? BYTES : bytes;
    }

    /** Returns the measured factors that may be recommended. */
    List<Integer> allowed() {
        return oversamplings.stream()
                .filter(factor -> factor <= mostOversampling)
                .toList();
    }

    /** Returns this question without factors that need more candidates than an engine can find. */
    Question within(int mostCandidates) {
        List<Integer> within = oversamplings.stream()
                .filter(factor -> (long) factor * neighbors <= mostCandidates)
                .toList();
        return new Question(similarity, bytes, neighbors, within, mostOversampling, seeds);
    }
}
