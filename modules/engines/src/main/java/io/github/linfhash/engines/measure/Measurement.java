package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.statistics.CrossedMean;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured, and the answer.
 *
 * @param server the engine that held the indexes
 * @param vectors what was measured with
 * @param targets of recall, ascending
 * @param settings all that were measured with the queries that report
 * @param answers one for each target
 * @param filters searches with filters; none unless asked for
 * @param leftOut sentences about types, builds and steps that were not measured, because of a limit or a failure
 * @param complete whether every step was taken: nothing failed, and nothing is still to come
 * @param seconds that all took
 */
public record Measurement(
        Server server,
        Vectors vectors,
        List<Double> targets,
        List<Measured> settings,
        List<Answer> answers,
        List<Filtered> filters,
        List<String> leftOut,
        boolean complete,
        double seconds) {
    /** Indexes whose sizes differ by less are equally large: pages are filled differently each time. */
    private static final double SAME_SIZE = 1.01;

    public Measurement {
        targets = List.copyOf(targets);
        settings = List.copyOf(settings);
        answers = List.copyOf(answers);
        filters = List.copyOf(filters);
        leftOut = List.copyOf(leftOut);
    }

    /** The engines. */
    public enum Name {
        /** PostgreSQL with pgvector. */
        PGVECTOR("-- Each session and search, for psql with the variable query:\n", "LIMIT"),
        /** Apache Lucene. */
        LUCENE("// Each search, for the query vector target:\n", "candidates");

        private final String remark;
        private final String candidates;

        Name(String remark, String candidates) {
            this.remark = remark;
            this.candidates = candidates;
        }

        /** The remark above the lines that search. */
        public String remark() {
            return remark;
        }

        /** The word before a number of rescored rows. */
        public String candidates() {
            return candidates;
        }

        /** The name as an option and JSON have it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The engine that held the indexes.
     *
     * @param name of the engine
     * @param text with its versions, for sentences
     * @param versions by name
     */
    public record Server(Name name, String text, Map<String, String> versions) {
        public Server {
            versions = new TreeMap<>(versions);
        }
    }

    /**
     * The vectors.
     *
     * @param rows of the table
     * @param dimension of the vectors
     * @param similarity by which they are near
     * @param neighbors k
     * @param choosing how many queries choose
     * @param reporting how many other queries report
     * @param sampled whether the queries were sampled from the vectors
     * @param seed of the samples
     * @param table that lines to paste name
     */
    public record Vectors(
            int rows,
            int dimension,
            Similarity similarity,
            int neighbors,
            int choosing,
            int reporting,
            boolean sampled,
            long seed,
            SqlNames table) {
        private static final int MOST_LOSS_QUERIES = 100;
        private static final int LEAST_LOSS_QUERIES = 20;
        private static final long SCANNED_NUMBERS = 1_000_000_000;

        /** Vectors of no table. */
        public Vectors(
                int rows,
                int dimension,
                Similarity similarity,
                int neighbors,
                int choosing,
                int reporting,
                boolean sampled,
                long seed) {
            this(rows, dimension, similarity, neighbors, choosing, reporting, sampled, seed, SqlNames.EXAMPLE);
        }

        /** Returns for how many of the queries that report codes are scanned: fewer in large tables, whatever the load of the machine. */
        public int lossQueries() {
            long affordable = SCANNED_NUMBERS / ((long) rows * dimension);
            return (int) Math.min(reporting, Math.max(LEAST_LOSS_QUERIES, Math.min(MOST_LOSS_QUERIES, affordable)));
        }
    }

    /**
     * A setting with what was measured of it.
     *
     * @param setting the index and how it is searched
     * @param indexBytes of the index
     * @param heapBytes of the table without indexes
     * @param buildSeconds that the build took
     * @param buildMemory that the build takes, estimated, in bytes
     * @param inMemory whether the graph fitted into the memory of the build
     * @param choosing recall of the queries that choose
     * @param recall of the queries that report
     * @param p50 milliseconds of half of the searches, of one client
     * @param p95 milliseconds of 95% of the searches, of one client
     * @param perSecond searches of one client
     * @param perSecondOfAll searches of all clients
     * @param clients how many these are
     * @param plan blocks, and whether the index was used; null if the engine has no plans
     * @param codeLoss the recall that an exact scan of the codes loses
     * @param graphLoss the recall that the index loses in addition
     */
    public record Measured(
            Setting setting,
            long indexBytes,
            long heapBytes,
            double buildSeconds,
            long buildMemory,
            boolean inMemory,
            CrossedMean choosing,
            CrossedMean recall,
            double p50,
            double p95,
            double perSecond,
            double perSecondOfAll,
            int clients,
            @Nullable Plan plan,
            double codeLoss,
            double graphLoss) {
        /** Whether searches used the index, as far as an engine may do without it. */
        public boolean usesIndex() {
            return plan == null || plan.usesIndex();
        }
    }

    /**
     * The plan of searches.
     *
     * @param usesIndex whether all of them used the index
     * @param hit blocks that were in the server's buffers, per search
     * @param read other blocks, per search
     */
    public record Plan(boolean usesIndex, double hit, double read) {}

    /**
     * The answer for a target.
     *
     * @param target of recall
     * @param reached whether the lower end of the interval of the choosing queries reaches it
     * @param measured the chosen setting
     * @param recall of the queries that report, over all builds of the index
     * @param builds how many these are
     * @param growth of the index with its rows; null unless asked for
     */
    public record Answer(
            double target,
            boolean reached,
            Measured measured,
            CrossedMean recall,
            int builds,
            @Nullable Growth growth) {
        Answer with(Growth found) {
            return new Answer(target, reached, measured, recall, builds, found);
        }
    }

    /** Chooses for a target: the smallest index, then the smallest 95th percentile; what comes closest if nothing reaches it. */
    static Answer answer(double target, List<Measured> measured) {
        List<Measured> able = measured.stream()
                .filter(one -> one.usesIndex() && one.choosing().low() >= target)
                .toList();
        if (able.isEmpty()) {
            Measured closest = measured.stream()
                    .max(Comparator.comparingDouble(one -> one.choosing().low()))
                    .orElseThrow();
            return new Answer(target, false, closest, closest.recall(), 1, null);
        }
        double smallest = able.stream().mapToLong(Measured::indexBytes).min().orElseThrow();
        Measured chosen = able.stream()
                .filter(one -> one.indexBytes() <= SAME_SIZE * smallest)
                .min(Comparator.comparingDouble(Measured::p95))
                .orElseThrow();
        return new Answer(target, true, chosen, chosen.recall(), 1, null);
    }

    /** Where the lines of answers are pasted, as the end of the line above them. */
    public String pasted() {
        if (server.name() == Name.LUCENE) {
            return ", for Lucene 10.5 or newer:";
        }
        return String.format(
                Locale.ROOT,
                ", for the table %s with the key %s and the column %s:",
                vectors.table().quotedTable(),
                vectors.table().quotedKey(),
                vectors.table().quotedColumn());
    }

    /** The hardest target. */
    public double hardest() {
        return targets.get(targets.size() - 1);
    }

    /** The settings of a type that no other one of it beats in both recall and latency, the fastest first. */
    public List<Measured> frontier(IndexSpec.Type type) {
        Stream<Measured> ofType =
                settings.stream().filter(one -> one.setting().index().type().equals(type));
        List<Measured> sorted =
                ofType.sorted(Comparator.comparingDouble(Measured::p50)).toList();
        return sorted.stream()
                .filter(one -> sorted.stream()
                        .noneMatch(other -> other.p50() < one.p50()
                                && other.recall().mean() >= one.recall().mean()))
                .toList();
    }

    /** The types of indexes that were measured, by name. */
    public List<IndexSpec.Type> types() {
        Stream<IndexSpec.Type> types =
                settings.stream().map(one -> one.setting().index().type());
        return types.distinct()
                .sorted(Comparator.comparing(IndexSpec.Type::toString))
                .toList();
    }

    /** The lines that make the index, to be pasted. */
    public String create(Answer answer) {
        return answer.measured().setting().index().create(vectors);
    }

    /** The lines that search, to be pasted. */
    public String search(Answer answer) {
        Setting setting = answer.measured().setting();
        return setting.index().search(setting.effort(), setting.candidates(), vectors);
    }
}
