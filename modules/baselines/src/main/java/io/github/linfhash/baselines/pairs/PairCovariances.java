package io.github.linfhash.baselines.pairs;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.pairs.Pairs.IdenticalRows;
import io.github.linfhash.linalg.Moments;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The covariances Sig_P and Sig_N of the differences x - x' of similar and of dissimilar pairs (Strecha et al. 2012),
 * d x d, row-major.
 *
 * <p>Where each image has one class, these are the exact means over all pairs of the labeled images, in closed form
 * from the scatter of each class and of the whole set; a pair of identical images is not counted, as it is
 * never drawn. Where
 * images have label sets, they are the means over the drawn pairs.
 */
final class PairCovariances {
    private final double[] similar;
    private final double[] dissimilar;

    private PairCovariances(double[] similar, double[] dissimilar) {
        this.similar = similar;
        this.dissimilar = dissimilar;
    }

    /**
     * The covariances of a training set's labeled images.
     *
     * @param drawn pairs of those images, used for label sets only
     */
    static PairCovariances of(TrainingSet training, LabeledPairs drawn) {
        return training.labels() instanceof ClassLabels classes
                ? ofClasses(training.labeled(), classes)
                : ofPairs(training.labeled(), drawn);
    }

    /** Sig_P, as a new array of d * d. */
    double[] similar() {
        return similar.clone();
    }

    /** Sig_N, as a new array of d * d. */
    double[] dissimilar() {
        return dissimilar.clone();
    }

    /** The means over drawn pairs of some images, whatever their labels. */
    static PairCovariances ofPairs(FeatureMatrix features, LabeledPairs pairs) {
        PairProducts products = new PairProducts(features, pairs);
        return new PairCovariances(products.scatter(shares(pairs, true)), products.scatter(shares(pairs, false)));
    }

    private static double[] shares(LabeledPairs pairs, boolean similar) {
        double[] shares = new double[pairs.size()];
        Arrays.setAll(shares, pair -> pairs.similar(pair) == similar ? 1.0 / pairs.each() : 0);
        return shares;
    }

    /** Over all ordered pairs of n rows, the sum of (x - x')(x - x')^T is 2 n^2 times the rows' covariance. */
    private static PairCovariances ofClasses(FeatureMatrix features, ClassLabels classes) {
        IdenticalRows copies = IdenticalRows.of(features);
        double[] within = new double[features.dimension() * features.dimension()];
        double withinPairs = 0;
        double identicalWithin = 0;
        for (int[] members : members(classes)) {
            addPairScatter(features.select(members), within);
            withinPairs += (double) members.length * members.length;
            identicalWithin += identicalPairs(members, copies);
        }
        double[] between = new double[within.length];
        addPairScatter(features, between);
        for (int i = 0; i < within.length; i++) {
            between[i] -= within[i];
        }
        double allPairs = (double) features.rows() * features.rows();
        double identical = identicalPairs(IntStream.range(0, features.rows()).toArray(), copies);
        return new PairCovariances(
                divided(within, withinPairs - identicalWithin),
                divided(between, allPairs - withinPairs - (identical - identicalWithin)));
    }

    private static Collection<int[]> members(ClassLabels classes) {
        Map<Integer, List<Integer>> rows =
                IntStream.range(0, classes.size()).boxed().collect(Collectors.groupingBy(classes::get));
        return rows.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private static void addPairScatter(FeatureMatrix rows, double[] sum) {
        double[] covariance = Moments.covariance(rows, Moments.mean(rows));
        double factor = 2.0 * rows.rows() * rows.rows();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * covariance[i];
        }
    }

    /** The number of ordered pairs of identical rows, each row with itself included. */
    private static double identicalPairs(int[] members, IdenticalRows copies) {
        Map<Integer, Long> counts = Arrays.stream(members)
                .mapToObj(copies::original)
                .collect(Collectors.groupingBy(row -> row, Collectors.counting()));
        return counts.values().stream()
                .mapToDouble(count -> (double) count * count)
                .sum();
    }

    private static double[] divided(double[] sum, double count) {
        return Arrays.stream(sum).map(entry -> entry / count).toArray();
    }
}
