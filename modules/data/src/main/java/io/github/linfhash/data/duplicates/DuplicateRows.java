package io.github.linfhash.data.duplicates;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.pairs.Pairs.IdenticalRows;
import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Which rows of a feature matrix are duplicates of each other; docs/duplicates.md says what this finds and what it does not.
 *
 * <p>Two rows are exact duplicates if all their values are equal, and near duplicates if they are not but their Euclidean
 * distance is at most {@link #radius}: {@link #NEARNESS} of the distance that two rows of these data usually have. So the
 * relation is symmetric, and the same after all rows are moved or scaled alike.
 *
 * <p>The search leaves out what cannot be near and finds all that is: rows are sorted by their projection on one direction, in
 * which no two are farther apart than they are, and each is compared with those of its neighborhood there.
 */
public final class DuplicateRows {
    /** Near duplicates are at least so much closer to each other than two rows usually are. */
    public static final double NEARNESS = 1e-3;

    private static final int PAIRS = 1001;
    /** Values that are looked at before a distance is given up or gone on with. */
    private static final int BLOCK = 16;
    /**
     * How much wider the neighborhood is than the radius. Projections are sums of float32 values in double precision, so
     * that their rounding is far below a thousandth of the radius.
     */
    private static final double SLACK = 1.001;

    private final FeatureMatrix rows;
    private final double radius;
    /** For each row, the first that is equal to it. */
    private final int[] first;
    /** The first of equal rows, by their place in the direction. */
    private final int[] distinct;

    /** These places. */
    private final double[] places;
    /** Where the first of equal rows is among {@link #distinct}. */
    private final int[] index;

    private DuplicateRows(FeatureMatrix rows, double radius, int[] first, int[] distinct, double[] places) {
        this.rows = rows;
        this.radius = radius;
        this.first = first;
        this.distinct = distinct;
        this.places = places;
        this.index = new int[first.length];
        for (int i = 0; i < distinct.length; i++) {
            index[distinct[i]] = i;
        }
    }

    /** Prepares the search in time proportional to the values; the result is the same for equal matrices. */
    public static DuplicateRows of(FeatureMatrix rows) {
        Pair typical = typicalPair(rows);
        IdenticalRows copies = IdenticalRows.of(rows);
        int[] first = IntStream.range(0, rows.rows()).map(copies::original).toArray();
        double[] places = new double[rows.rows()];
        for (int row = 0; row < places.length; row++) {
            places[row] = place(rows, row, typical);
        }
        int[] distinct = IntStream.range(0, first.length)
                .filter(row -> first[row] == row)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> places[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sorted =
                Arrays.stream(distinct).mapToDouble(row -> places[row]).toArray();
        return new DuplicateRows(rows, NEARNESS * typical.distance(), first, distinct, sorted);
    }

    /** Two rows, and their Euclidean distance. */
    private record Pair(int one, int other, double distance) {}

    /** Of 1,001 pairs that are drawn from the rows, the one whose distance is the median. */
    private static Pair typicalPair(FeatureMatrix rows) {
        if (rows.rows() < 2) {
            return new Pair(0, 0, 0);
        }
        UniformRandomProvider random = new RandomStreams(0).stream("duplicates");
        List<Pair> pairs = new ArrayList<>();
        for (int p = 0; p < PAIRS; p++) {
            int one = random.nextInt(rows.rows());
            int other = (one + 1 + random.nextInt(rows.rows() - 1)) % rows.rows();
            pairs.add(new Pair(one, other, Math.sqrt(squaredDistance(rows, one, other, Double.POSITIVE_INFINITY))));
        }
        pairs.sort(Comparator.comparingDouble(Pair::distance));
        return pairs.get(PAIRS / 2);
    }

    /** Where a row lies along the line from one of two rows to the other, 0 if there is no line. */
    private static double place(FeatureMatrix rows, int row, Pair line) {
        if (line.distance() == 0) {
            return 0;
        }
        double sum = 0;
        for (int j = 0; j < rows.dimension(); j++) {
            double origin = rows.get(line.one(), j);
            sum += (rows.get(row, j) - origin) * (rows.get(line.other(), j) - origin);
        }
        return sum / line.distance();
    }

    /** The squared distance, or anything above {@code most} if it is above that. */
    private static double squaredDistance(FeatureMatrix rows, int one, int other, double most) {
        double sum = 0;
        for (int from = 0; from < rows.dimension() && sum <= most; from += BLOCK) {
            int to = Math.min(rows.dimension(), from + BLOCK);
            for (int j = from; j < to; j++) {
                double difference = (double) rows.get(one, j) - rows.get(other, j);
                sum += difference * difference;
            }
        }
        return sum;
    }

    /** The largest distance of near duplicates. */
    public double radius() {
        return radius;
    }

    /** How many different rows there are. */
    public int distinct() {
        return distinct.length;
    }

    /**
     * The duplicates that queries and a database share.
     *
     * @param exact how many queries have an exact duplicate in the database
     * @param near how many others have a near one
     * @param rows the database rows that are duplicates of a query, ascending
     */
    public record Overlap(int exact, int near, List<Integer> rows) {
        public Overlap {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Looks for duplicates of queries.
     *
     * @param queries rows, each counted as often as it is there; one that is in the database is no duplicate of itself
     * @param database different rows
     */
    public Overlap between(int[] queries, int[] database) {
        int[] searched = new int[first.length]; // by the first of equal rows, how many are in the database
        BitSet inDatabase = new BitSet(first.length);
        for (int row : database) {
            searched[first[row]]++;
            inDatabase.set(row);
        }
        BitSet shared = new BitSet(first.length);
        int exact = 0;
        int near = 0;
        for (int query : queries) {
            int equal = searched[first[query]] - (inDatabase.get(query) ? 1 : 0);
            int[] close = {0};
            forEachNear(first[query], other -> {
                if (searched[other] > 0) {
                    close[0]++;
                    shared.set(other);
                }
            });
            if (equal > 0) {
                exact++;
                shared.set(first[query]);
            } else if (close[0] > 0) {
                near++;
            }
        }
        BitSet ofQueries = new BitSet(first.length);
        Arrays.stream(queries).forEach(ofQueries::set);
        return new Overlap(
                exact,
                near,
                Arrays.stream(database)
                        .filter(row -> shared.get(first[row]) && !ofQueries.get(row))
                        .sorted()
                        .boxed()
                        .toList());
    }

    /** Gives each near duplicate of a row, of equal ones the first. */
    private void forEachNear(int row, IntConsumer found) {
        int place = index[row];
        for (int i = place - 1; i >= 0 && places[place] - places[i] <= SLACK * radius; i--) {
            if (near(row, distinct[i])) {
                found.accept(distinct[i]);
            }
        }
        for (int i = place + 1; i < places.length && places[i] - places[place] <= SLACK * radius; i++) {
            if (near(row, distinct[i])) {
                found.accept(distinct[i]);
            }
        }
    }

    /**
     * The groups of rows that are duplicates of each other, directly or by way of others.
     *
     * @return for each row, the first row of its group, which is the row itself if it has no duplicate
     */
    public int[] groups() {
        int[] parent = first.clone();
        for (int i = 0; i < distinct.length; i++) {
            for (int j = i + 1; j < distinct.length && places[j] - places[i] <= SLACK * radius; j++) {
                int one = root(parent, distinct[i]);
                int other = root(parent, distinct[j]);
                // Those that are in one group already need not be compared, so that dense clusters cost little.
                if (one != other && near(distinct[i], distinct[j])) {
                    parent[Math.max(one, other)] = Math.min(one, other);
                }
            }
        }
        return IntStream.range(0, parent.length).map(row -> root(parent, row)).toArray();
    }

    private static int root(int[] parent, int row) {
        int at = row;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private boolean near(int one, int other) {
        return squaredDistance(rows, one, other, radius * radius) <= radius * radius;
    }
}
