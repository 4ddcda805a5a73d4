package io.github.linfhash.advisor.advice;

import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborCache.NeighborSearch;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for advice: which quantizer some vectors need. {@link #of} has the defaults of {@code linfhash advise}.
 *
 * @param data the vectors and queries
 * @param question how recall is measured
 * @param selection the quantizers to measure
 * @param mostVectors the largest number of vectors to search, and to fit quantizers to
 * @param resources caches and progress
 */
public record AdviceRequest(
        AdviceData data, Question question, Selection selection, int mostVectors, Resources resources) {
    /** The default of the largest number of vectors to search. */
    public static final int MOST_VECTORS = 100_000;

    /**
     * The search, cache and progress that measuring uses.
     *
     * @param search finds exact neighbors
     * @param cache keeps measurements, so that an interrupted request can be resumed
     * @param progress shows what is measured
     */
    public record Resources(NeighborSearch search, MeasureCache cache, Progress progress) {
        /** No cache, and no progress. */
        public static final Resources NONE = new Resources(FloatNeighbors::find, MeasureCache.NONE, Progress.NONE);
    }

    /** Asks for ten neighbors by cosine similarity, with queries drawn from the vectors. */
    public static AdviceRequest of(FeatureMatrix vectors) {
        return new AdviceRequest(
                AdviceData.of(vectors), Question.DEFAULT, Selection.DEFAULT, MOST_VECTORS, Resources.NONE);
    }

    private AdviceRequest with(AdviceData other) {
        return new AdviceRequest(other, question, selection, mostVectors, resources);
    }

    /** Returns this request with recall measured in another way, such as by another similarity. */
    public AdviceRequest with(Question other) {
        return new AdviceRequest(data, other, selection, mostVectors, resources);
    }

    /** Returns this request for other quantizers. */
    public AdviceRequest with(Selection other) {
        return new AdviceRequest(data, question, other, mostVectors, resources);
    }

    /** Returns this request with your own queries. */
    public AdviceRequest withQueries(FeatureMatrix queries) {
        return with(data.withQueries(queries));
    }

    /**
     * Returns this request with labels, by which mean average precision and precision at 10 are measured.
     *
     * @param ofQueries null if queries are drawn from the vectors
     */
    public AdviceRequest withLabels(Labels ofVectors, @Nullable Labels ofQueries) {
        return with(data.withLabels(ofVectors, ofQueries));
    }

    /** Returns this request with judgments of your own queries, by which nDCG of the first ten is measured. */
    public AdviceRequest withJudgments(Qrels judgments) {
        return with(data.withJudgments(judgments));
    }

    /** Returns this request for vectors that are a random sample of so many. */
    public AdviceRequest sampledFrom(int size) {
        return with(data.sampledFrom(size));
    }

    /** Returns this request with at most so many vectors that are searched, and that quantizers are fitted to. */
    public AdviceRequest withMaxVectors(int most) {
        return new AdviceRequest(data, question, selection, most, resources);
    }

    /** Returns this request with codes of other sizes. */
    public AdviceRequest withBytes(Integer... sizes) {
        return with(question.withBytes(List.of(sizes)));
    }

    /**
     * Returns this request with only these quantizers recommended; the well-known ones are measured to compare with.
     *
     * @param names such as {@code rabitq}, also of plug-ins
     */
    public AdviceRequest withQuantizers(String... names) {
        return with(selection.withNames(List.of(names)));
    }

    /** Returns this request for the codes of an engine. */
    public AdviceRequest withEngine(Engine engine) {
        return with(selection.withEngine(engine));
    }

    /**
     * Draws the sample, unless it is drawn, and measures.
     *
     * @throws InputException if a quantizer is unknown, there are too few vectors or queries, some are not valid, labels are of different kinds,
     *     or the database is smaller than its sample
     * @throws IOException if a cache cannot be read
     */
    public Advice measured() throws IOException {
        int n = data.vectors().rows();
        int d = data.vectors().dimension();
        FeatureMatrix queries = data.queries();
        if (queries == null && n < QuerySampling.LEAST) {
            throw new InputException("expected at least " + QuerySampling.LEAST
                    + " vectors, of which some become queries, or queries, found " + n);
        }
        if (queries != null && (queries.rows() < 2 || queries.dimension() != d)) {
            throw new InputException("expected at least two queries of dimension " + d + ", found " + queries);
        }
        for (int prefix : selection.prefixes()) {
            if (prefix < 1 || prefix >= d) {
                throw new InputException("expected prefixes of 1 to " + (d - 1)
                        + " dimensions, fewer than the vectors have, found " + prefix);
            }
        }
        AdviceData drawn = data.drawn(mostVectors, question);
        selection.requireKnown("quantizers", question, drawn.trainingLabels());
        Engine engine = selection.engine();
        return new Advisor(engine == null ? question : question.within(engine.mostCandidates()))
                .measure(drawn, selection.candidates(question, drawn.trainingLabels()), resources);
    }

    /**
     * How recall is measured, and which codes may be recommended.
     *
     * @param similarity by which neighbors are searched
     * @param bytes the code sizes to measure, ascending; empty for {@link #BYTES}, or for all sizes that an engine has
     * @param neighbors k
     * @param oversamplings the factors to measure, ascending
     * @param mostOversampling the largest factor that is recommended, at least the first
     * @param seeds of what is random, ascending; deterministic and slow quantizers use the first alone
     * @param targets the recalls that codes are chosen for, each between 0 and 1
     */
    public record Question(
            Similarity similarity,
            List<Integer> bytes,
            int neighbors,
            List<Integer> oversamplings,
            int mostOversampling,
            List<Long> seeds,
            List<Double> targets) {
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
            targets = List.copyOf(targets);
        }

        /** A question for the default recalls, {@link Advice#TARGETS}. */
        public Question(
                Similarity similarity,
                List<Integer> bytes,
                int neighbors,
                List<Integer> oversamplings,
                int mostOversampling,
                List<Long> seeds) {
            this(similarity, bytes, neighbors, oversamplings, mostOversampling, seeds, Advice.TARGETS);
        }

        /** Returns this question for other code sizes. */
        public Question withBytes(List<Integer> sizes) {
            return new Question(similarity, sizes, neighbors, oversamplings, mostOversampling, seeds, targets);
        }

        /** Returns this question by another similarity. */
        public Question by(Similarity other) {
            return new Question(other, bytes, neighbors, oversamplings, mostOversampling, seeds, targets);
        }

        /** Returns this question for another number of neighbors. */
        public Question withNeighbors(int k) {
            return new Question(similarity, bytes, k, oversamplings, mostOversampling, seeds, targets);
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
            return new Question(similarity, bytes, neighbors, within, mostOversampling, seeds, targets);
        }
    }

    /**
     * The quantizers to measure.
     *
     * @param names of those that may be recommended; empty for all but {@code slow}
     * @param engine whose codes are measured, under its names; null for the quantizers of linfhash and of plug-ins
     * @param prefixes the numbers of first dimensions of which quantizers are measured, too; each less than d
     * @param further quantizers of other modules
     * @param slow quantizers that are slow or equal to another one, and are left out unless they are named
     * @param screened whether many quantizers are first screened on a part of the vectors
     */
    public record Selection(
            List<String> names,
            @Nullable Engine engine,
            List<Integer> prefixes,
            Further further,
            Set<String> slow,
            boolean screened) {
        /** The quantizers of linfhash that are slow or equal to another one. */
        public static final Set<String> SLOW = Set.of("anti-sparse", "rq", "saq", "turbo-plus");

        /** All quantizers but {@link #SLOW}. */
        public static final Selection DEFAULT =
                new Selection(List.of(), null, List.of(), labels -> Map.of(), SLOW, true);

        public Selection {
            names = List.copyOf(names);
            prefixes = List.copyOf(prefixes);
            slow = Set.copyOf(slow);
        }

        /** Returns this selection with only these recommended; the well-known ones are measured to compare with. */
        public Selection withNames(List<String> others) {
            return new Selection(others, engine, prefixes, further, slow, screened);
        }

        /** Returns this selection with the codes of an engine. */
        public Selection withEngine(Engine other) {
            return new Selection(names, other, prefixes, further, slow, screened);
        }

        /** Returns this selection with quantizers of the first dimensions, too, for models that are trained for shorter embeddings. */
        public Selection withPrefixes(List<Integer> others) {
            return new Selection(names, engine, others, further, slow, screened);
        }

        /** Supplies quantizers of another module, such as hashing methods. */
        @FunctionalInterface
        public interface Further {
            /**
             * Returns quantizers by name.
             *
             * @param labels of the vectors that quantizers are fitted to; null without labels
             */
            Map<String, Advisor.Source> of(@Nullable Labels labels);
        }

        private Map<String, Advisor.Source> known(Question question, @Nullable Labels labels) {
            Map<String, Advisor.Source> known = new LinkedHashMap<>();
            if (engine == null) {
                Quantizers.all().forEach(quantizer -> known.put(quantizer.name(), source(quantizer)));
                known.putAll(further.of(labels));
            } else {
                boolean anySize = question.bytes().isEmpty();
                for (Engine.Code<?> code : engine.codes()) {
                    known.put(
                            code.name(),
                            (dimension, most) ->
                                    code.configured(dimension, question.similarity(), anySize ? null : most));
                }
            }
            return known;
        }

        /** Returns a quantizer with its standard options, and PQ also with 4 bits a part, which trains faster. */
        private static Advisor.Source source(QuantizerSpec<?> quantizer) {
            return (dimension, most) -> quantizer.within(dimension, most).stream()
                    .filter(one -> one.standard() || one.options() instanceof ProductQuantizer.Options)
                    .toList();
        }

        /**
         * Checks the names.
         *
         * @param option what states them, for the message
         * @param labels as {@link Further#of} takes them
         * @throws InputException if a quantizer is unknown
         */
        public void requireKnown(String option, Question question, @Nullable Labels labels) {
            Set<String> known = known(question, labels).keySet();
            for (String name : names) {
                if (!known.contains(name)) {
                    throw new InputException(option + ": expected names of " + String.join(", ", known) + ", found '"
                            + name + "'" + Suggestion.of(name, known));
                }
            }
        }

        /** Returns what is to be measured, and which of it may be recommended. */
        Advisor.Candidates candidates(Question question, @Nullable Labels labels) {
            boolean all = names.isEmpty();
            List<String> leftOut =
                    all && engine == null ? slow.stream().sorted().toList() : List.of();
            List<Advisor.Source> sources = known(question, labels).entrySet().stream()
                    .filter(one -> all ? !leftOut.contains(one.getKey()) : names.contains(one.getKey()))
                    .map(one -> withPrefixes(one.getValue()))
                    .toList();
            int most = question.sizes().get(question.sizes().size() - 1);
            return new Advisor.Candidates(
                    sources,
                    this::shown,
                    screened && all,
                    one -> all || engine != null || (names.contains(one.name()) && one.bytes() <= most),
                    leftOut);
        }

        private Advisor.Source withPrefixes(Advisor.Source source) {
            return (dimension, most) -> Stream.concat(
                            source.within(dimension, most).stream(),
                            prefixes.stream()
                                    .flatMap(prefix ->
                                            source.within(prefix, most).stream().map(one -> Prefix.of(one, prefix))))
                    .toList();
        }

        /** Returns the quantizers that are measured in any case, to compare with: well-known ones, and full precision of fewer dimensions. */
        private List<QuantizerSpec.Configured> shown(int dimension) {
            if (engine != null) {
                return List.of();
            }
            return names.isEmpty()
                    ? Stream.concat(Quantizers.wellKnown(dimension).stream(), Quantizers.prefixes(dimension).stream())
                            .toList()
                    : Quantizers.wellKnown(dimension);
        }
    }
}
