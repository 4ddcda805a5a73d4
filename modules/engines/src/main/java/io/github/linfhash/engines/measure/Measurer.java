package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.Indexed.Built;
import io.github.linfhash.engines.measure.Indexed.Searched;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.quantizers.PreparedVectors;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds indexes in an engine, and measures them.
 *
 * <p>The parameters of a build are chosen by successive halving on a 32nd, a 16th and an eighth of the rows, in which the time to reach a target
 * decides among the smallest indexes. At most two builds of a type have all rows, and an answer is built a second time for its interval. For these, candidates are retrieved once for each effort of a search; the
 * recall of every smaller number of candidates follows from the order of the list. Settings that reach a target are timed by successive
 * halving with the queries that choose; those that are left are measured with the queries that report.
 */
public final class Measurer {
    private static final int LEAST_RUNG = 2_000;
    private static final int LEAST_LAST_RUNG = 1_000;
    private static final int COARSE_QUERIES = 64;
    private static final int FIRST_ROUND = 32;
    private static final int PLANS = 8;
    private static final double CLIENT_SECONDS = 1;
    private static final int MOST_CLIENTS = 16;

    /** A graph of all rows needs more effort than one of an eighth. */
    private static final int MOST_RUNG_EFFORT = 400;

    /** The share of the time after which no more rungs begin. */
    private static final double OF_RUNGS = 0.4;

    /** A build of all rows takes longer than by their number, as a graph is larger. */
    private static final double GROWTH = 1.4;

    private static final double GRAPH_GROWTH = 2;

    /** Seconds; shorter times say little. */
    private static final double LEAST_WEIGHT = 0.001;

    /** The recalls that curves show beside the targets. */
    private static final List<Double> LADDER = List.of(0.8, 0.9, 0.95, 0.98, 0.99, 0.995);

    private static final double SAME_SIZE = 1.01;

    /** Recall of a few queries from which on more effort is not worth a look. */
    private static final double ENOUGH = 0.999;

    private static final int SEEN_EFFORT = 100;
    private static final double LEAST_GAIN = 0.0005;

    /** Where recall of a few queries may be if that of all reaches a target: shares of the rest of it. */
    private static final List<Double> AROUND = List.of(-0.3, -0.15, 0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9);

    private final Engine engine;
    private final Request request;
    private final Budget budget;
    private final Progress progress;
    private final FeatureMatrix prepared;
    private final Queries choosing;
    private final Queries reporting;
    private final @Nullable FilterGroups groups;
    private final List<String> leftOut = new ArrayList<>();
    private final List<Measured> measured = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private List<Filtered> filtered = List.of();
    private boolean complete = true;
    private boolean ended;
    private final Map<IndexSpec, Sweep> sweeps = new HashMap<>();

    /** The recall of each reporting query. */
    private final IdentityHashMap<Measured, double[]> ofQueries = new IdentityHashMap<>();

    private final int rows;
    private final Listener listener;

    /** The most seconds that a measurement of a build of all rows took, without the build. */
    private double longest;

    /** The most seconds of a measurement, divided by the weight of its searches. */
    private double perWeight;

    /**
     * The vectors, the targets and the time of a measurement.
     *
     * @param database n x d, in random order
     * @param queries every second one chooses, the others report
     * @param sampled whether the queries were sampled from the vectors
     * @param similarity by which vectors are near
     * @param neighbors k
     * @param targets of recall, ascending
     * @param types of indexes
     * @param seconds that all may take
     * @param seed of the samples
     * @param filter which filters are measured, too; null for none
     * @param databaseSize the rows of a larger table that answers are predicted for; 0 for none
     * @param table that lines to paste name
     */
    public record Request(
            FeatureMatrix database,
            FeatureMatrix queries,
            boolean sampled,
            Similarity similarity,
            int neighbors,
            List<Double> targets,
            List<IndexSpec.Type> types,
            double seconds,
            long seed,
            @Nullable Filter filter,
            long databaseSize,
            SqlNames table) {
        /** A measurement of vectors of no table. */
        public Request(
                FeatureMatrix database,
                FeatureMatrix queries,
                boolean sampled,
                Similarity similarity,
                int neighbors,
                List<Double> targets,
                List<IndexSpec.Type> types,
                double seconds,
                long seed,
                @Nullable Filter filter,
                long databaseSize) {
            this(
                    database,
                    queries,
                    sampled,
                    similarity,
                    neighbors,
                    targets,
                    types,
                    seconds,
                    seed,
                    filter,
                    databaseSize,
                    SqlNames.EXAMPLE);
        }

        /** The memory that the largest build of all rows takes, in bytes. */
        public long buildMemory() {
            return types.stream()
                    .flatMap(type -> type.grid(database.rows()).stream())
                    .mapToLong(spec -> spec.buildMemory(database.rows(), database.dimension()))
                    .max()
                    .orElse(0);
        }

        /** The disk space that tables and the largest index take, in bytes. */
        public long disk() {
            // The table, a third of it for rungs, and an index with the log of its pages.
            return (long) (3.5 * database.rows() * (64 + (long) Float.BYTES * database.dimension()));
        }
    }

    /**
     * The values that filters ask for.
     *
     * @param ofRows a value for each row of the database; empty for random groups
     * @param ofQueries a value for each query; empty for those of random rows
     */
    public record Filter(List<String> ofRows, List<String> ofQueries) {
        public Filter {
            ofRows = List.copyOf(ofRows);
            ofQueries = List.copyOf(ofQueries);
        }
    }

    /** Is told of a measurement while it goes on. */
    public interface Listener {
        /** A step begins, such as "loading the vectors", which sentences about failures name. */
        void begins(String step);

        /** Something was measured. The measurement is not complete, and says so. */
        void measured(Measurement soFar);

        /** Puts a failure of the engine in the current step into a sentence. */
        String sentence(Exception failure);
    }

    /** Prepares a measurement. */
    public Measurer(Engine engine, Request request, Progress progress, Listener listener) {
        this(engine, request, progress, listener, System::nanoTime);
    }

    /** @param clock nanoseconds */
    Measurer(Engine engine, Request request, Progress progress, Listener listener, LongSupplier clock) {
        this.engine = engine;
        this.listener = listener;
        this.request = request;
        this.budget = new Budget(request.seconds(), clock);
        this.progress = progress;
        this.rows = request.database().rows();
        this.prepared = PreparedVectors.of(request.similarity(), request.database(), "vectors");
        this.choosing = queries(prepared, 0);
        this.reporting = queries(prepared, 1);
        Filter filter = request.filter();
        this.groups = filter == null
                ? null
                : filter.ofRows().isEmpty()
                        ? FilterGroups.made(rows, reporting.size(), request.neighbors(), request.seed())
                        : FilterGroups.of(
                                filter.ofRows(),
                                filter.ofQueries().isEmpty()
                                        ? List.of()
                                        : IntStream.of(half(1))
                                                .mapToObj(filter.ofQueries()::get)
                                                .toList(),
                                reporting.size(),
                                request.neighbors(),
                                request.seed());
    }

    private int[] half(int first) {
        return IntStream.iterate(first, q -> q < request.queries().rows(), q -> q + 2)
                .toArray();
    }

    private Queries queries(FeatureMatrix prepared, int first) {
        return new Queries(prepared, request.queries().select(half(first)), request.similarity(), request.neighbors());
    }

    /** Measures. If a step fails after something was measured, the failure is a sentence beside that. */
    public Measurement measure() throws SQLException, IOException {
        load();
        List<IndexSpec.Type> types = request.types().stream().filter(this::fits).toList();
        ofAllRows(scored(types));
        if (measured.isEmpty()) {
            throw noTime();
        }
        for (List<Answer> ofIndex : byIndex(answer -> true)) {
            attempt("the second build of " + named(ofIndex), false, () -> buildAgain(ofIndex));
        }
        if (request.databaseSize() > 0) {
            for (List<Answer> ofIndex : byIndex(Answer::reached)) {
                attempt("the growth of " + named(ofIndex), false, () -> growth(ofIndex));
            }
        }
        if (groups != null) {
            leftOut.addAll(groups.leftOut());
            attempt("searches with filters", false, () -> filters(groups));
        }
        return soFar(leftOut, complete);
    }

    /** A part of a measurement. */
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException, IOException;
    }

    /**
     * Takes a step. A failure is a sentence beside what was measured before, and other steps follow if the engine still answers.
     *
     * @param first whether nothing was measured before, so that a failure is all that there is to say
     */
    private void attempt(String what, boolean first, Step step) throws SQLException, IOException {
        if (ended) {
            return;
        }
        try {
            step.run();
        } catch (SQLException | IOException | InputException e) {
            if (first) {
                throw e;
            }
            complete = false;
            String sentence = listener.sentence(e).replaceFirst("[.]$", "");
            ended = !engine.works();
            leftOut.add(what + (ended ? ", and all that was still to come: " : ": ") + sentence + ".");
        }
        tell();
    }

    private void tell() {
        if (!measured.isEmpty()) {
            List<String> sentences = new ArrayList<>(leftOut);
            if (!ended) {
                sentences.add("all that was still to come when this was written.");
            }
            listener.measured(soFar(sentences, false));
        }
    }

    private Measurement soFar(List<String> sentences, boolean all) {
        return new Measurement(
                engine.server(),
                vectors(),
                request.targets(),
                measured,
                answers,
                filtered,
                sentences,
                all,
                budget.used());
    }

    /** The answers by their indexes. */
    private List<List<Answer>> byIndex(Predicate<Answer> wanted) {
        return List.copyOf(answers.stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(
                        answer -> answer.measured().setting().index(), LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    private static String named(List<Answer> ofIndex) {
        IndexSpec index = ofIndex.get(0).measured().setting().index();
        return index.type() + " with " + index.parameters();
    }

    private Measurement.Vectors vectors() {
        return new Measurement.Vectors(
                rows,
                request.database().dimension(),
                request.similarity(),
                request.neighbors(),
                choosing.size(),
                reporting.size(),
                request.sampled(),
                request.seed(),
                request.table());
    }

    /** Searches with filters by the best graph and the best of the others for the hardest target. */
    private void filters(FilterGroups of) throws SQLException, IOException {
        List<Setting> best = new ArrayList<>();
        for (boolean graph : new boolean[] {true, false}) {
            List<Measured> among = measured.stream()
                    .filter(one -> one.setting().index().type().graph() == graph)
                    .toList();
            if (!among.isEmpty()) {
                best.add(Measurement.answer(hardest(), among).measured().setting());
            }
        }
        Filters found = new Filters(
                prepared, request.queries().select(half(1)), request.similarity(), request.neighbors(), of, all -> {
                    filtered = all;
                    tell();
                });
        try (Progress.Task task = progress.begin("filters", 1)) {
            engine.filters(found, best, listener::begins);
            task.advance(1);
        } finally {
            leftOut.addAll(found.leftOut());
        }
    }

    private double hardest() {
        return request.targets().get(request.targets().size() - 1);
    }

    /**
     * A setting that was chosen before, measured again.
     *
     * @param setting the index and how it is searched
     * @param recall of all queries
     * @param indexBytes of the index
     * @param p95 milliseconds of 95% of the searches
     * @param usesIndex whether searches used the index
     */
    public record Again(Setting setting, CrossedMean recall, long indexBytes, double p95, boolean usesIndex) {}

    /**
     * Settings that were measured again.
     *
     * @param again by setting; those that failed are missing
     * @param leftOut sentences about these
     */
    public record Checked(Map<Setting, Again> again, List<String> leftOut) {
        public Checked {
            again = Map.copyOf(again);
            leftOut = List.copyOf(leftOut);
        }
    }

    /** Builds the indexes of settings that were chosen before, and searches with all queries: with those of one index in turns. */
    public Checked again(List<Setting> settings) throws SQLException, IOException {
        load();
        Map<IndexSpec, List<Setting>> byIndex = settings.stream()
                .collect(Collectors.groupingBy(Setting::index, LinkedHashMap::new, Collectors.toList()));
        Map<Setting, Again> found = new HashMap<>();
        try (Progress.Task task = progress.begin("checking", byIndex.size())) {
            for (Map.Entry<IndexSpec, List<Setting>> entry : byIndex.entrySet()) {
                IndexSpec index = entry.getKey();
                attempt(
                        index.type() + " with " + index.parameters(),
                        found.isEmpty(),
                        () -> again(index, entry.getValue(), found));
                task.advance(1);
            }
        }
        return new Checked(found, leftOut);
    }

    private void again(IndexSpec index, List<Setting> ofIndex, Map<Setting, Again> found)
            throws SQLException, IOException {
        listener.begins("building " + index.type() + " with " + index.parameters());
        Indexed table = engine.all(index.type());
        try {
            long bytes =
                    table.build(index, budget.left()).orElseThrow(this::noTime).indexBytes();
            List<Searched> first = table.search(ofIndex, choosing, 0, choosing.size(), request.neighbors());
            List<Searched> second = table.search(ofIndex, reporting, 0, reporting.size(), request.neighbors());
            for (int i = 0; i < ofIndex.size(); i++) {
                double[] recalls = joined(
                        choosing.recall(first.get(i).lists(), request.neighbors()),
                        reporting.recall(second.get(i).lists(), request.neighbors()));
                double[] millis = joined(first.get(i).millis(), second.get(i).millis());
                found.put(
                        ofIndex.get(i),
                        new Again(
                                ofIndex.get(i),
                                Queries.mean(recalls),
                                bytes,
                                Halving.percentile(millis, 0.95),
                                usesIndex(table, ofIndex.get(i))));
            }
        } finally {
            table.dropIndex();
        }
    }

    /** Whether searches with a setting use the index. */
    private boolean usesIndex(Indexed table, Setting setting) throws SQLException, IOException {
        Measurement.Plan plan = table.plan(setting, choosing, 1, request.neighbors());
        return plan == null || plan.usesIndex();
    }

    private static double[] joined(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private boolean fits(IndexSpec.Type type) {
        int most = type.mostDimensions();
        if (request.database().dimension() > most) {
            leftOut.add(type + ": an index of " + engine.server().name() + " has at most " + most + " dimensions.");
        }
        return request.database().dimension() <= most;
    }

    private void load() throws SQLException, IOException {
        listener.begins("loading the vectors");
        try (Progress.Task task = progress.begin("loading " + rows + " vectors", 1)) {
            engine.load(request, groups);
            task.advance(1);
        }
    }

    /** The numbers of rows on which parameters of builds are chosen, ascending. */
    static List<Integer> rungs(int rows) {
        List<Integer> rungs = new ArrayList<>(Stream.of(32, 16)
                .map(part -> rows / part)
                .filter(count -> count >= LEAST_RUNG)
                .toList());
        rungs.add(Math.min(rows, Math.max(LEAST_LAST_RUNG, rows / 8)));
        return rungs;
    }

    /**
     * A build of a part of the rows.
     *
     * @param spec for all rows
     * @param built of the part
     * @param p95 by target, the smallest one that reaches it; none where nothing does
     * @param searching seconds that all searches of it took
     */
    private record Scored(IndexSpec spec, Built built, Map<Double, Double> p95, double searching) {
        /** How long searches among all rows take, beside those of another build: those of a graph hardly grow with the rows. */
        double weight(int rows) {
            double growth = spec.type().graph() ? GRAPH_GROWTH : (double) rows / built.rows();
            return Math.max(LEAST_WEIGHT, searching * growth);
        }
    }

    private Map<IndexSpec.Type, List<Scored>> scored(List<IndexSpec.Type> types) throws SQLException, IOException {
        Map<IndexSpec.Type, List<IndexSpec>> specs = new LinkedHashMap<>();
        types.forEach(type -> specs.put(type, type.grid(rows)));
        Map<IndexSpec.Type, List<Scored>> last = new LinkedHashMap<>();
        for (int count : rungs(rows)) {
            String step = "choosing parameters on " + count + " rows";
            listener.begins(step);
            engine.makePart(count);
            Queries among = choosing.among(count, COARSE_QUERIES);
            Map<IndexSpec.Type, List<Scored>> now = new LinkedHashMap<>();
            int most = specs.values().stream().mapToInt(List::size).max().orElse(0);
            try (Progress.Task task = progress.begin(
                    step, specs.values().stream().mapToInt(List::size).sum())) {
                for (int i = 0; i < most; i++) {
                    for (Map.Entry<IndexSpec.Type, List<IndexSpec>> entry : specs.entrySet()) {
                        if (i < entry.getValue().size()) {
                            IndexSpec.Type type = entry.getKey();
                            boolean first = !last.containsKey(type) && !now.containsKey(type);
                            if (first || budget.used() < OF_RUNGS * budget.total()) {
                                score(entry.getValue().get(i), count, among)
                                        .ifPresent(one -> now.computeIfAbsent(type, key -> new ArrayList<>())
                                                .add(one));
                            }
                            task.advance(1);
                        }
                    }
                }
            }
            // A rung that was cut short leaves out candidates that no later one knows better.
            now.forEach((type, ofType) -> {
                last.put(type, ofType);
                specs.put(type, half(ofType));
            });
        }
        engine.dropPart();
        for (IndexSpec.Type type : types) {
            if (!last.containsKey(type)) {
                leftOut.add(type + ": no time left of --minutes.");
            }
        }
        return last;
    }

    /** Measures a build of a part of the rows; empty if it takes more than is left of the time. */
    private Optional<Scored> score(IndexSpec spec, int count, Queries among) throws SQLException, IOException {
        Indexed rung = engine.part(spec.type(), count);
        IndexSpec scaled = spec.forRows((double) count / rows);
        Optional<Built> built = rung.build(scaled, budget.left());
        if (built.isEmpty()) {
            return Optional.empty();
        }
        double start = budget.used();
        try {
            List<Integer> efforts = scaled.efforts(request.neighbors()).stream()
                    .filter(effort -> !scaled.type().graph() || effort <= MOST_RUNG_EFFORT)
                    .toList();
            // Every second one, the last included.
            Sweep sweep = sweep(
                    rung,
                    scaled,
                    IntStream.range(0, efforts.size())
                            .filter(i -> (efforts.size() - 1 - i) % 2 == 0)
                            .mapToObj(efforts::get)
                            .toList(),
                    among);
            Map<Double, Double> p95 = new LinkedHashMap<>();
            for (double target : request.targets()) {
                List<Setting> able = sweep.reaching(target, CrossedMean::mean);
                if (!able.isEmpty()) {
                    double best = Double.POSITIVE_INFINITY;
                    for (Searched found : rung.search(able, among, 0, among.size(), request.neighbors())) {
                        best = Math.min(best, Halving.percentile(found.millis(), 0.95));
                    }
                    p95.put(target, best);
                }
            }
            return Optional.of(new Scored(spec, built.get(), p95, budget.used() - start));
        } finally {
            rung.dropIndex();
        }
    }

    /** The better half of builds for each target. */
    private List<IndexSpec> half(List<Scored> scored) {
        Set<IndexSpec> kept = new LinkedHashSet<>();
        for (double target : request.targets()) {
            List<Scored> left = new ArrayList<>(scored);
            for (int i = 0; i < (scored.size() + 1) / 2; i++) {
                Scored best = best(left, target);
                kept.add(best.spec);
                left.remove(best);
            }
        }
        return List.copyOf(kept);
    }

    /** The smallest build that reaches a target, of equally small ones the fastest; the largest if none does. */
    private static Scored best(List<Scored> scored, double target) {
        List<Scored> able =
                scored.stream().filter(one -> one.p95.containsKey(target)).toList();
        if (able.isEmpty()) {
            return scored.stream()
                    .max(Comparator.comparingLong((Scored one) -> one.built.indexBytes())
                            .thenComparing(one -> one.spec.efConstruction()))
                    .orElseThrow();
        }
        double smallest =
                able.stream().mapToLong(one -> one.built.indexBytes()).min().orElseThrow();
        return able.stream()
                .filter(one -> one.built.indexBytes() <= SAME_SIZE * smallest)
                .min(Comparator.comparingDouble(one -> one.p95.getOrDefault(target, Double.POSITIVE_INFINITY)))
                .orElseThrow();
    }

    /**
     * Builds with all rows, the smallest indexes first. Each type that is still to come has an equal share of the time that is left. Those that need
     * more wait for what the others leave, and no type is built twice before all have been built once.
     */
    private void ofAllRows(Map<IndexSpec.Type, List<Scored>> scored) throws SQLException, IOException {
        List<IndexSpec.Type> order = scored.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().stream()
                        .mapToLong(one -> one.built.indexBytes())
                        .min()
                        .orElse(Long.MAX_VALUE)))
                .map(Map.Entry::getKey)
                .toList();
        Map<IndexSpec.Type, Scored> first = new LinkedHashMap<>();
        List<IndexSpec.Type> waiting = new ArrayList<>();
        try (Progress.Task task = progress.begin("builds of all rows", order.size())) {
            for (int i = 0; i < order.size(); i++) {
                IndexSpec.Type type = order.get(i);
                int toCome = order.size() - i + waiting.size();
                List<Scored> able = affordable(ofType(scored, type), toCome);
                if (able.isEmpty()) {
                    waiting.add(type);
                } else {
                    Scored one = best(able, hardest());
                    first.put(type, one);
                    ofBuild(one, toCome);
                    task.advance(1);
                }
            }
            waiting.sort(Comparator.comparingDouble(type -> {
                Scored one = cheapest(ofType(scored, type));
                return expected(one) + measuring(one);
            }));
            for (int i = 0; i < waiting.size(); i++) {
                List<Scored> all = ofType(scored, waiting.get(i));
                int toCome = waiting.size() - i;
                List<Scored> able = affordable(all, toCome);
                Scored one = able.isEmpty() ? cheapest(all) : best(able, hardest());
                first.put(waiting.get(i), one);
                // The rest of the time has no better use than a build that may just fit.
                if (fits(one, expected(one) / GROWTH)) {
                    ofBuild(one, toCome);
                }
                task.advance(1);
            }
        }
        for (IndexSpec.Type type : order) {
            second(ofType(scored, type), Objects.requireNonNull(first.get(type)));
        }
    }

    private static List<Scored> ofType(Map<IndexSpec.Type, List<Scored>> scored, IndexSpec.Type type) {
        return Objects.requireNonNull(scored.get(type));
    }

    /** The builds whose time is at most the share of one of several types. */
    private List<Scored> affordable(List<Scored> scored, int types) {
        double share = budget.left() / types;
        return scored.stream()
                .filter(one -> expected(one) + measuring(one) <= share)
                .toList();
    }

    private Scored cheapest(List<Scored> scored) {
        return scored.stream()
                .min(Comparator.comparingDouble(one -> expected(one) + measuring(one)))
                .orElseThrow();
    }

    /** How many seconds a build with all rows is expected to be measured for, by those that were; 0 before the first one. */
    private double measuring(Scored scored) {
        return Math.min(longest, perWeight * scored.weight(rows));
    }

    /** How many seconds a build with all rows is expected to take. */
    private double expected(Scored scored) {
        return scored.built.seconds() * GROWTH * rows / scored.built.rows();
    }

    /** A second build with all rows: one that is better but did not fit, one for another target or, where the hardest is missed, a larger one. */
    private void second(List<Scored> scored, Scored first) throws SQLException, IOException {
        List<Measured> ofFirst = measured.stream()
                .filter(one -> one.setting().index().equals(first.spec))
                .toList();
        if (ofFirst.isEmpty()) {
            return;
        }
        Scored wanted = best(scored, hardest());
        boolean reached = ofFirst.stream().anyMatch(one -> one.choosing().low() >= hardest());
        Stream<Scored> others = reached
                ? request.targets().stream().map(target -> best(scored, target))
                : scored.stream()
                        .filter(one -> one.built.indexBytes() > SAME_SIZE * first.built.indexBytes())
                        .sorted(Comparator.comparingLong((Scored one) -> one.built.indexBytes())
                                .thenComparing(one -> -one.spec.efConstruction()));
        Optional<Scored> second = Stream.concat(Stream.of(wanted), others)
                .filter(one -> !one.spec.equals(first.spec))
                .findFirst();
        if (second.isPresent() && fits(second.get(), expected(second.get()))) {
            ofBuild(second.get(), 1);
        }
    }

    /** Whether there is time for a build that takes some seconds, and for measuring it; says so if not. */
    private boolean fits(Scored scored, double seconds) {
        boolean fits = seconds + measuring(scored) <= budget.left();
        if (!fits) {
            leftOut.add(named(scored)
                    + String.format(
                            Locale.ROOT,
                            "a build takes about %.0f s and its searches %.0f s, more than is left of --minutes.",
                            seconds,
                            measuring(scored)));
        }
        return fits;
    }

    private static String named(Scored scored) {
        return scored.spec.type() + " with " + scored.spec.parameters() + ": ";
    }

    /**
     * Builds with all rows and measures.
     *
     * @param types how many types are still to come, this one included; if the build takes longer than expected, each other one keeps half
     *     of its share of the time
     */
    private void ofBuild(Scored scored, int types) throws SQLException, IOException {
        attempt(
                scored.spec.type() + " with " + scored.spec.parameters(),
                measured.isEmpty(),
                () -> buildAndMeasure(scored, types));
    }

    private void buildAndMeasure(Scored scored, int types) throws SQLException, IOException {
        IndexSpec.Type type = scored.spec.type();
        double most = budget.left() * (types + 1) / (2 * types);
        listener.begins("building " + type + " with " + scored.spec.parameters());
        Indexed table = engine.all(type);
        try {
            Optional<Built> built = table.build(scored.spec, most);
            if (built.isEmpty()) {
                leftOut.add(named(scored)
                        + (types == 1
                                ? "the build was stopped at the end of --minutes."
                                : String.format(
                                        Locale.ROOT,
                                        "the build was stopped after %.0f s, so that other types have time.",
                                        most)));
                return;
            }
            double start = budget.used();
            listener.begins("measuring " + type + " with " + scored.spec.parameters());
            measured.addAll(measure(table, built.get()));
            answers.clear();
            request.targets().forEach(target -> answers.add(Measurement.answer(target, measured)));
            double seconds = budget.used() - start;
            longest = Math.max(longest, seconds);
            perWeight = Math.max(perWeight, seconds / scored.weight(rows));
        } finally {
            table.dropIndex();
        }
    }

    /** Measures the index of answers at an eighth, a fourth and a half of the rows, too, and predicts it for a larger table. */
    private void growth(List<Answer> ofIndex) throws SQLException, IOException {
        IndexSpec spec = ofIndex.get(0).measured().setting().index();
        Map<Integer, Sweep> ofParts = new TreeMap<>();
        Map<Integer, Long> bytes = new HashMap<>();
        try {
            for (int part : new int[] {8, 4, 2}) {
                int count = rows / part;
                String step = "building " + spec.type() + " with " + count + " rows";
                listener.begins(step);
                engine.makePart(count);
                Indexed table = engine.part(spec.type(), count);
                IndexSpec scaled = spec.forRows(1.0 / part);
                try (Progress.Task task = progress.begin(step, 1)) {
                    Built built = table.build(scaled, Math.max(1, request.seconds()))
                            .orElseThrow(() -> new InputException(
                                    "the build of " + count + " rows was stopped after all of --minutes"));
                    Queries among = choosing.among(count, choosing.size());
                    Sweep coarse = sweep(table, scaled, scaled.efforts(request.neighbors()), among);
                    ofParts.put(count, precise(table, scaled, coarse, among));
                    bytes.put(count, built.indexBytes());
                    task.advance(1);
                }
            }
        } finally {
            if (engine.works()) {
                engine.dropPart();
            }
        }
        ofParts.put(rows, Objects.requireNonNull(sweeps.get(spec)));
        bytes.put(rows, ofIndex.get(0).measured().indexBytes());
        for (Answer answer : ofIndex) {
            List<Growth.Size> sizes = ofParts.entrySet().stream()
                    .map(entry -> new Growth.Size(
                            entry.getKey(),
                            needed(entry.getValue(), answer),
                            Objects.requireNonNull(bytes.get(entry.getKey()))))
                    .toList();
            Growth grown = Growth.of(request.databaseSize(), spec, sizes);
            answers.replaceAll(one -> one.equals(answer) ? one.with(grown) : one);
        }
    }

    private static Growth.@Nullable Needed needed(Sweep sweep, Answer answer) {
        return sweep.needed(answer.target(), answer.measured().setting().candidates())
                .orElse(null);
    }

    /** Recall of the first queries for efforts, as far as more of it finds more, and for all numbers of candidates. */
    private Sweep sweep(Indexed table, IndexSpec spec, List<Integer> efforts, Queries queries)
            throws SQLException, IOException {
        int count = Math.min(COARSE_QUERIES, queries.size());
        List<Setting> settings = new ArrayList<>();
        List<CrossedMean> recalls = new ArrayList<>();
        int enough = 0;
        double before = 0;
        for (int effort : efforts) {
            List<Integer> candidates = candidates(spec, effort);
            int most = candidates.get(candidates.size() - 1);
            List<int[]> lists = table.byCode(new Setting(spec, effort, most), queries, count, false);
            for (int number : candidates) {
                settings.add(new Setting(spec, effort, number));
                recalls.add(Queries.mean(queries.recall(lists, number)));
            }
            double best = recalls.get(recalls.size() - 1).mean();
            enough += best >= ENOUGH || (effort > SEEN_EFFORT && best < before + LEAST_GAIN) ? 1 : 0;
            before = best;
            if (enough > 1) {
                break;
            }
        }
        return new Sweep(settings, recalls);
    }

    private List<Integer> candidates(IndexSpec spec, int effort) {
        return spec.candidates(request.neighbors()).stream()
                .filter(count -> !spec.type().graph() || count <= effort)
                .toList();
    }

    /** Recall of all queries that choose, for the settings that may reach a target. */
    private Sweep precise(Indexed table, IndexSpec spec, Sweep coarse, Queries queries)
            throws SQLException, IOException {
        Map<Integer, TreeSet<Integer>> wanted = new TreeMap<>();
        for (double target : request.targets()) {
            for (double share : AROUND) {
                for (Setting one : coarse.reaching(target + share * (1 - target), CrossedMean::mean)) {
                    wanted.computeIfAbsent(one.effort(), key -> new TreeSet<>()).add(one.candidates());
                }
            }
        }
        Setting closest = coarse.closest();
        wanted.computeIfAbsent(closest.effort(), key -> new TreeSet<>()).add(closest.candidates());
        List<Setting> settings = new ArrayList<>();
        List<CrossedMean> recalls = new ArrayList<>();
        for (Map.Entry<Integer, TreeSet<Integer>> entry : wanted.entrySet()) {
            Setting most = new Setting(spec, entry.getKey(), entry.getValue().last());
            List<int[]> lists = table.byCode(most, queries, queries.size(), false);
            for (int number : entry.getValue()) {
                settings.add(new Setting(spec, entry.getKey(), number));
                recalls.add(Queries.mean(queries.recall(lists, number)));
            }
        }
        return new Sweep(settings, recalls);
    }

    private List<Measured> measure(Indexed table, Built built) throws SQLException, IOException {
        IndexSpec spec = built.spec();
        Sweep coarse = sweep(table, spec, spec.efforts(request.neighbors()), choosing);
        Sweep precise = precise(table, spec, coarse, choosing);
        sweeps.put(spec, precise);
        Set<Setting> chosen = new LinkedHashSet<>();
        for (double target : LADDER) {
            fastest(table, coarse.reaching(target, CrossedMean::mean), 2 * FIRST_ROUND, chosen);
        }
        for (double target : request.targets()) {
            fastest(table, precise.reaching(target, CrossedMean::low), choosing.size(), chosen);
        }
        chosen.add(coarse.closest());
        List<Setting> settings = List.copyOf(chosen);
        List<Searched> found = table.search(settings, reporting, 0, reporting.size(), request.neighbors());
        List<Measurement.@Nullable Plan> plans = new ArrayList<>();
        for (Setting setting : settings) {
            plans.add(table.plan(setting, choosing, Math.min(PLANS, choosing.size()), request.neighbors()));
        }
        Indexed.Throughput throughputs = throughputs(table, settings, found);
        List<double[]> losses = losses(table, settings, found);
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            double[] millis = found.get(i).millis();
            double[] recall = reporting.recall(found.get(i).lists(), request.neighbors());
            Measured one = new Measured(
                    settings.get(i),
                    built.indexBytes(),
                    built.heapBytes(),
                    built.seconds(),
                    built.memory(),
                    built.inMemory(),
                    (precise.settings().contains(settings.get(i)) ? precise : coarse).of(settings.get(i)),
                    Queries.mean(recall),
                    Halving.percentile(millis, 0.5),
                    Halving.percentile(millis, 0.95),
                    1000 / Arrays.stream(millis).average().orElseThrow(),
                    throughputs.perSecond().get(i),
                    throughputs.clients(),
                    plans.get(i),
                    losses.get(i)[0],
                    losses.get(i)[1]);
            ofQueries.put(one, recall);
            measured.add(one);
        }
        return measured;
    }

    private void fastest(Indexed table, List<Setting> able, int queries, Set<Setting> chosen)
            throws SQLException, IOException {
        if (!able.isEmpty()) {
            chosen.add(Halving.fastest(
                    able,
                    FIRST_ROUND,
                    Math.min(queries, choosing.size()),
                    (settings, from, to) -> table.search(settings, choosing, from, to, request.neighbors()).stream()
                            .map(Searched::millis)
                            .toList()));
        }
    }

    private InputException noTime() {
        return new InputException("--minutes: no index could be built in this time, expected more"
                + (leftOut.isEmpty() ? "" : ". " + String.join(" ", leftOut)));
    }

    /** Searches per second of as many clients as there are processors and the engine allows. */
    private Indexed.Throughput throughputs(Indexed table, List<Setting> settings, List<Searched> found)
            throws SQLException, IOException {
        // Each client asks all queries about once, if that takes no longer.
        double[] seconds = found.stream()
                .mapToDouble(one ->
                        Math.min(CLIENT_SECONDS, Arrays.stream(one.millis()).sum() / 1000))
                .toArray();
        int most = Math.min(MOST_CLIENTS, Runtime.getRuntime().availableProcessors());
        return table.perSecond(settings, seconds, reporting, request.neighbors(), most);
    }

    /** For each setting the recall that codes lose, found by an exact scan of them, and what the index loses in addition. */
    private List<double[]> losses(Indexed table, List<Setting> settings, List<Searched> found)
            throws SQLException, IOException {
        boolean coded = settings.get(0).index().type().coded();
        int most = settings.stream().mapToInt(Setting::candidates).max().orElseThrow();
        List<int[]> exact = new ArrayList<>();
        int queries = vectors().lossQueries();
        if (coded) {
            Setting scan = new Setting(settings.get(0).index(), settings.get(0).effort(), most);
            exact.addAll(table.byCode(scan, reporting, queries, true));
        }
        List<double[]> losses = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            double code = coded
                    ? Arrays.stream(reporting.recall(exact, settings.get(i).candidates()))
                            .average()
                            .orElseThrow()
                    : 1;
            double all = Arrays.stream(reporting.recall(found.get(i).lists().subList(0, queries), request.neighbors()))
                    .average()
                    .orElseThrow();
            losses.add(new double[] {1 - code, code - all});
        }
        return losses;
    }

    /** Builds the index of answers a second time, as each build differs, if there is time. */
    private void buildAgain(List<Answer> ofAnswers) throws SQLException, IOException {
        List<Measured> ofIndex =
                ofAnswers.stream().map(Answer::measured).distinct().toList();
        IndexSpec index = ofIndex.get(0).setting().index();
        double expected = ofIndex.get(0).buildSeconds() * GROWTH
                + ofIndex.stream().mapToDouble(one -> one.p95() / 1000).sum() * reporting.size();
        if (expected > budget.left()) {
            return;
        }
        String step = "building " + index.type() + " with " + index.parameters() + " again";
        listener.begins(step);
        Indexed table = engine.all(index.type());
        try (Progress.Task task = progress.begin(step, 1)) {
            if (table.build(index, budget.left()).isEmpty()) {
                return;
            }
            List<Searched> found = table.search(
                    ofIndex.stream().map(Measured::setting).toList(),
                    reporting,
                    0,
                    reporting.size(),
                    request.neighbors());
            for (int i = 0; i < ofIndex.size(); i++) {
                Measured one = ofIndex.get(i);
                if (one.usesIndex() && !usesIndex(table, one.setting())) {
                    throw new InputException("the searches did not use the index");
                }
                double[] recall = reporting.recall(found.get(i).lists(), request.neighbors());
                answers.replaceAll(answer -> answer.measured().equals(one) ? twice(answer, recall) : answer);
            }
            task.advance(1);
        } finally {
            table.dropIndex();
        }
    }

    private Answer twice(Answer answer, double[] recall) {
        double[][] ofBuilds = {Objects.requireNonNull(ofQueries.get(answer.measured())), recall};
        return new Answer(
                answer.target(),
                answer.reached(),
                answer.measured(),
                CrossedMean.crossed(new double[][][] {ofBuilds}, CrossedMean.Range.FRACTION)
                        .orElseThrow(),
                ofBuilds.length,
                null);
    }
}
