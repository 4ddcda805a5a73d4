package io.github.linfhash.engines.watch;

/**
 * A confidence sequence of the mean of numbers from 0 to 1: an interval after each number, all of which contain the mean together with the stated
 * probability, so that one may look whenever one likes.
 *
 * <p>Hedged capital with diversified bets (Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting, JRSS B 86(1), 2024,
 * sections 4.4 and B.4). A gambler who doubts that the mean is as small as m bets a share c of the most that may be bet:
 *
 * <pre>K(m) = (1/J) sum over c of prod over i of (1 + c (x_i - m) / m)</pre>
 *
 * <p>If each number has the mean m given those before it, K(m) is a martingale that begins with 1, and exceeds 2/a with a probability of at most
 * a/2 at any time (Ville). The interval has all m for which neither K(m) nor the same of 1 - x_i and 1 - m does. K falls with m, so both ends are
 * found by bisection; they depend on the counts of the values alone.
 *
 * <p>The means need not be constant for a claim about all of them at once: if each number had a mean of at most m, K(m) is a supermartingale, so the lower end lies below the
 * largest mean, and the upper end above the smallest one. That the interval contains the average of means that change is not proved here.
 */
public final class MeanSequence {
    /** The shares that are bet, in equal parts. */
    static final double[] BETS = {1, 1 / 2.0, 1 / 4.0, 1 / 8.0, 1 / 16.0, 1 / 32.0, 1 / 64.0, 1 / 128.0};

    private static final int HALVINGS = 60;

    private MeanSequence() {}

    /**
     * Returns the interval of the mean.
     *
     * @param seen all numbers so far
     * @param level the probability of an error at any time, such as 0.05
     */
    public static Interval interval(Values seen, double level) {
        return new Interval(
                seen.mean(),
                lower(seen, level / 2),
                seen.total() == 0 ? 1 : 1 - lower(seen.mirrored(), level / 2),
                seen.total());
    }

    /** Returns a number that the mean exceeds, with an error of so much probability at any time. */
    static double lower(Values seen, double level) {
        double low = 0;
        double high = seen.mean();
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (middle > 0 && capital(seen, middle) >= -Math.log(level)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The logarithm of the capital of who bets that the mean is larger. */
    private static double capital(Values seen, double mean) {
        double[] logarithms = new double[BETS.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < BETS.length; b++) {
            for (int i = 0; i < seen.values().size(); i++) {
                logarithms[b] += seen.counts().get(i)
                        * Math.log1p(BETS[b] * (seen.values().get(i) / mean - 1));
            }
            most = Math.max(most, logarithms[b]);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (double logarithm : logarithms) {
            sum += Math.exp(logarithm - most);
        }
        return most + Math.log(sum / BETS.length);
    }
}
