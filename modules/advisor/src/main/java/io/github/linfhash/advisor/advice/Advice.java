package io.github.linfhash.advisor.advice;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of quantizers on some vectors, of which {@link #target} chooses.
 *
 * @param question how recall was measured
 * @param sample the numbers of vectors and queries
 * @param diagnosis the properties of the vectors
 * @param origin where given queries come from; null where queries were drawn
 * @param labels the quality of full-precision vectors by labels, the best that codes can have; null without labels
 * @param judged their quality by judgments of relevance; null without judgments
 * @param quantizers the measured quantizers
 * @param candidates those that may be recommended; the others are measured to compare with
 * @param unmeasured what was left out
 */
public record Advice(
        AdviceRequest.Question question,
        Sample sample,
        Diagnosis diagnosis,
        @Nullable Origin origin,
        QuantizerResult.@Nullable Labeled labels,
        @Nullable Judged judged,
        List<QuantizerResult> quantizers,
        List<QuantizerResult> candidates,
        Unmeasured unmeasured) {
    /** The recalls that quantizers are chosen for by default. */
    public static final List<Double> TARGETS = List.of(0.95, 0.99);

    /** From this share of copies on, recall among a part of the vectors does not predict recall among all. */
    private static final double MANY_COPIES = 0.2;

    public Advice {
        quantizers = List.copyOf(quantizers);
        candidates = List.copyOf(candidates);
    }

    /**
     * Measures which quantizer some vectors need, as {@code linfhash advise} does.
     *
     * @throws UncheckedIOException if a cache of the request cannot be read
     * @throws io.github.linfhash.core.errors.InputException if there are too few vectors or queries, or some are not valid
     */
    public static Advice of(AdviceRequest request) {
        try {
            return request.measured();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Chooses a quantizer and an oversampling for a recall. */
    public Targets.Target target(double target) {
        return new Targets(this).of(target);
    }

    /** Returns the answer as rows: the recommended codes, and well-known ones to compare with. */
    public List<Targets.AnswerRow> answer() {
        return new Targets(this).answer();
    }

    /**
     * Returns whether recall is predicted from a part of the vectors that has many exact copies, of themselves and of queries. All copies of a
     * vector have one code and count alike, but a part has fewer of them than there are neighbors.
     */
    public boolean blurredByCopies() {
        return sample.givenRows() > sample.rows()
                && diagnosis.duplicates().copies() >= MANY_COPIES * sample.rows()
                && diagnosis.duplicates().exactDuplicatesOfQueries() >= MANY_COPIES * sample.queries();
    }

    /**
     * The gain of full-precision vectors by judgments of relevance, and how many of these counted.
     *
     * @param queries how many have a relevant row in the database
     * @param queriesLeftOut how many have none, and do not count
     * @param ofOtherQueries judgments that were left out, as their queries are none of these
     * @param ofOtherVectors judgments of these queries that were left out, as their rows are none of the given ones
     * @param floats nDCG of the first ten of the floats themselves
     */
    public record Judged(
            int queries,
            int queriesLeftOut,
            int ofOtherQueries,
            int ofOtherVectors,
            @JsonIgnore CrossedMean floats) {}

    /**
     * Whether given queries come from elsewhere: a two-sample Kolmogorov-Smirnov test of the distances to the nearest vectors.
     *
     * @param medianDistance of given queries; the negative inner product for {@link Similarity#DOT}
     * @param medianDistanceOfSampled that of queries that were drawn from the vectors
     * @param p of the test
     */
    public record Origin(double medianDistance, double medianDistanceOfSampled, double p) {
        /** The level of the test. */
        public static final double LEVEL = 0.001;

        private static final int LEAST_TO_TEST = 2;
        private static final double MEDIAN = 50;

        static Origin of(double[] given, double[] sampled) {
            double p = given.length < LEAST_TO_TEST || sampled.length < LEAST_TO_TEST
                    ? 1
                    : new KolmogorovSmirnovTest().kolmogorovSmirnovTest(given, sampled);
            return new Origin(StatUtils.percentile(given, MEDIAN), StatUtils.percentile(sampled, MEDIAN), p);
        }

        /** Returns whether the difference is significant at a level of {@value #LEVEL}. */
        @JsonProperty
        public boolean elsewhere() {
            return p < LEVEL;
        }
    }

    /**
     * Quantizers and rows that were left out.
     *
     * @param screening the quantizers that screening left out; null where all were measured
     * @param leftOut the names of quantizers that are slow or equal to another one
     * @param refused the quantizers that cannot work with the vectors
     * @param skipped invalid rows, which were left out before the sample was drawn
     */
    public record Unmeasured(
            @Nullable Screening screening, List<String> leftOut, List<Refused> refused, Skipped skipped) {
        public Unmeasured {
            leftOut = List.copyOf(leftOut);
            refused = List.copyOf(refused);
        }
    }

    /**
     * A quantizer that cannot work with the vectors.
     *
     * @param options in a few words
     * @param reason a sentence
     */
    public record Refused(String name, String options, String reason) {
        static Refused of(QuantizerSpec.Configured one, RuntimeException reason) {
            return new Refused(one.name(), OptionEntry.words(one.options()), String.valueOf(reason.getMessage()));
        }
    }

    /**
     * Rows of the files that were left out, as they are not finite or have no direction; ascending.
     *
     * @param skippedVectors of the file of the vectors
     * @param skippedQueries of the file of the queries; empty where queries were drawn
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Skipped(List<Integer> skippedVectors, List<Integer> skippedQueries) {
        /** No rows. */
        public static final Skipped NONE = new Skipped(List.of(), List.of());

        public Skipped {
            skippedVectors = List.copyOf(skippedVectors);
            skippedQueries = List.copyOf(skippedQueries);
        }
    }

    /**
     * The results in a small part of the vectors, for quantizers that were not measured on all.
     *
     * @param rows of the part
     * @param queries that were asked, all of the choosing half
     * @param dropped what was left out
     */
    public record Screening(int rows, int queries, List<Dropped> dropped) {}

    /**
     * A quantizer that a small part of the vectors rules out, or that was not needed.
     *
     * @param recall in the part, for each oversampling
     */
    public record Dropped(
            String name,

            @JsonSerialize(using = QuantizerResult.OptionsJson.class)
            Record options,

            int bytes,
            Map<Integer, Double> recall) {}

    /**
     * The numbers of vectors and queries of an {@link Advice}.
     *
     * @param rows the searched vectors
     * @param trainingRows the other vectors, which quantizers were fitted to; 0 where these are the searched ones
     * @param givenRows the vectors of the whole database, at least the searched ones
     * @param predictedRows the vectors among which recall is predicted, or known where all were searched; at most {@code givenRows}
     * @param dimension of the vectors
     * @param queries all of them, half of which choose
     * @param queriesDrawn whether queries were drawn from the given vectors, and left out of the database
     * @param queryGroups how many groups of queries are independent; 0 where all queries are
     */
    public record Sample(
            int rows,
            int trainingRows,
            int givenRows,
            int predictedRows,
            int dimension,
            int queries,
            boolean queriesDrawn,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int queryGroups) {
        /** The most vectors for which predictions were compared with measurements: the glosses of WordNet, from a tenth of them. */
        public static final int MOST_VALIDATED = 117_174;

        /** Returns whether a part of the database was drawn, and not all of it used. */
        public boolean ofPart() {
            return givenRows > rows + trainingRows;
        }

        /** Returns whether recall is known or predicted among all vectors of the database, and not only among fewer. */
        public boolean coversAll() {
            return predictedRows >= givenRows;
        }
    }
}
