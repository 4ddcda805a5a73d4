package io.github.linfhash.quantizers.flatness;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.antisparse.AntiSparseMap;
import java.util.Optional;

/**
 * The x of the least maximum norm with D x = y, for a random frame D and the first principal components y, rotated at random: of all
 * representations in D the flattest. A query stays as D'q, whose inner product with x is that of q and y.
 *
 * @param percent how many of N values the dimensions of y are, in per cent; a square frame, of 100, leaves one x alone
 */
public record AntiSparseRepresentation(int percent) implements Representation {
    private static final int ITERATIONS = 60;

    public AntiSparseRepresentation {
        if (percent < 1 || percent > 99) {
            throw new InputException("anti-sparse: expected 1 to 99 per cent of the values, found " + percent);
        }
    }

    @Override
    public String title() {
        return "anti-sparse-" + percent;
    }

    @Override
    public boolean random() {
        return true;
    }

    @Override
    public boolean keepsProducts() {
        return true;
    }

    @Override
    public Optional<Fitted> fit(FeatureMatrix database, int width, RandomStreams random) {
        int kept = Math.multiplyExact(width, percent) / 100;
        if (kept < 1 || kept > database.dimension()) {
            return Optional.empty();
        }
        AntiSparseMap map = AntiSparseMap.of(database, kept, width, ITERATIONS, random);
        return Optional.of(new Fitted(
                vectors -> FeatureMatrix.owning(
                        vectors.rows(), width, map.solve(vectors).x()),
                map::spread));
    }
}
