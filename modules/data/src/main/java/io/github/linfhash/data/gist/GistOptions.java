package io.github.linfhash.data.gist;

import io.github.linfhash.core.errors.InputException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The parameters of GIST.
 *
 * @param orientationsPerScale the number of Gabor orientations for each scale, from the finest to the coarsest scale
 * @param blocks the image is averaged over blocks x blocks cells
 * @param prefilterCycles the prefilter's cut-off fc, in cycles per image
 * @param convention which reference implementation to follow
 */
public record GistOptions(
        List<Integer> orientationsPerScale, int blocks, double prefilterCycles, GistConvention convention) {
    /** GIST-384 as used for CIFAR-10: 3 scales of 8 orientations, 4 x 4 blocks, fc 4, the LMgist convention. */
    public static final GistOptions DEFAULT = new GistOptions(List.of(8, 8, 8), 4, 4, GistConvention.LMGIST);

    private static final int MOST_ORIENTATIONS = 64;
    private static final int MOST_SCALES = 10;
    private static final int MOST_BLOCKS = 32;

    /**
     * Checks the parameters.
     *
     * @throws InputException if one of them is out of range
     */
    public GistOptions {
        orientationsPerScale = List.copyOf(orientationsPerScale);
        require(
                !orientationsPerScale.isEmpty() && orientationsPerScale.size() <= MOST_SCALES,
                "1 to " + MOST_SCALES + " scales, found " + orientationsPerScale.size());
        for (int orientations : orientationsPerScale) {
            require(
                    orientations >= 1 && orientations <= MOST_ORIENTATIONS,
                    "1 to " + MOST_ORIENTATIONS + " orientations for each scale, found " + orientations);
        }
        require(blocks >= 1 && blocks <= MOST_BLOCKS, "1 to " + MOST_BLOCKS + " blocks a side, found " + blocks);
        require(
                prefilterCycles > 0 && Double.isFinite(prefilterCycles),
                "a positive prefilter cut-off, found " + prefilterCycles);
    }

    private static void require(boolean condition, String expectation) {
        if (!condition) {
            throw new InputException("GIST needs " + expectation);
        }
    }

    /** The number of Gabor filters. */
    public int filters() {
        return orientationsPerScale.stream().mapToInt(Integer::intValue).sum();
    }

    /** The length of a feature vector, filters * blocks * blocks. */
    public int dimension() {
        return filters() * blocks * blocks;
    }

    /** The parameters as a text that is fit to be hashed: equal options give equal texts, in every release. */
    public String canonical() {
        String orientations = orientationsPerScale.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "gist/1;orientations=" + orientations + ";blocks=" + blocks + ";fc=" + prefilterCycles + ";convention="
                + convention.name().toLowerCase(Locale.ROOT);
    }
}
