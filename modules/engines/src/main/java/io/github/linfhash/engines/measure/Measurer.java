package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.measure.ParameterSearch.Scored;
import io.github.linfhash.engines.measure.VectorCollection.Built;
import io.github.linfhash.engines.measure.VectorCollection.Searched;
import io.github.linfhash.quantizers.PreparedVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds indexes in an engine, and measures them.
 *
 * <p>Builds that people use without choosing come first, and an exact scan. Then {@link ParameterSearch} chooses the parameters of builds on parts of
 * the rows, {@link Schedule} shares the time among builds of all rows, and {@link Sweeper} measures each. If nothing reaches the hardest target, larger
 * indexes are tried. An answer is built a second time for its interval.
 */
public final class Measurer {
    /** The share of the time that is left after which a usual build is stopped. */
    private static final double OF_USUAL = 0.25;

    private final Engine engine;
    private final Request request;
    private final Budget budget;
    private final Progress progress;
    private final Consumer<Measurement> listener;
    private final FeatureMatrix prepared;
    private final Queries choosing;
    private final Queries reporting;
    private final @Nullable FilterGroups groups;
    private final Map<IndexType, Grid> grids = new LinkedHashMap<>();
    private final Steps steps;
    private final Sweeper sweeper;
    private final List<Measured> measured = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Set<IndexType> failed = new HashSet<>();
    private Measurement.Filterings filtered = Measurement.Filterings.NONE;
    private final int rows;

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
            List<IndexType> types,
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
                List<IndexType> types,
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

    /**
     * Prepares a measurement.
     *
     * @param listener is given what was measured so far, after each step. It is not complete, and says so
     */
    public Measurer(Engine engine, Request request, Progress progress, Consumer<Measurement> listener) {
        this(engine, request, progress, listener, System::nanoTime);
    }

    /** @param clock nanoseconds */
    Measurer(Engine engine, Request request, Progress progress, Consumer<Measurement> listener, LongSupplier clock) {
        this.engine = engine;
        this.listener = listener;
        this.request = request;
        this.budget = new Budget(request.seconds(), clock);
        this.progress = progress;
        this.rows = request.database().rows();
        this.prepared = PreparedVectors.of(request.similarity(), request.database(), "vectors");
        this.choosing = queries(0);
        this.reporting = queries(1);
        Filter filter = request.filter();
        this.groups = filter == null ? null : groups(filter);
        this.steps = new Steps(engine, this::tell);
        this.sweeper = new Sweeper(
                grids,
                request.targets(),
                request.neighbors(),
                choosing,
                reporting,
                vectors(rows).lossQueries());
    }

    private FilterGroups groups(Filter filter) {
        return filter.ofRows().isEmpty()
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

    private Queries queries(int first) {
        return new Queries(prepared, request.queries().select(half(first)), request.similarity(), request.neighbors());
    }

    /**
     * Measures. If a step fails after something was measured, the failure is a sentence beside that.
     *
     * @throws InputException if nothing could be measured
     */
    public Measurement measure() {
        steps.require(this::load);
        List<IndexType> types = request.types().stream().filter(this::fits).toList();
        usual(types);
        Map<IndexType, List<Scored>> scored = new ParameterSearch(
                        engine, request, grids, sweeper, choosing, budget, progress, steps)
                .run(types.stream()
                        .filter(type -> !failed.contains(type) && !builtAlready(type))
                        .toList());
        Schedule schedule = new Schedule(request.targets(), rows, budget, progress, steps, this::build);
        schedule.run(scored);
        // Too few queries cannot show that a larger index reaches the target.
        if (choosing.size() >= neededQueries(hardest())) {
            schedule.runLarger(scored, type -> grid(type).larger(), () -> reaches(hardest()));
        }
        if (measured.isEmpty()) {
            throw nothing();
        }
        for (List<Answer> ofIndex : byIndex(answer -> !answer.measured().type().exact())) {
            steps.attempt("the second build of " + index(ofIndex), () -> buildAgain(ofIndex));
        }
        if (request.databaseSize() > 0) {
            for (List<Answer> ofIndex : byIndex(
                    answer -> answer.reached() && !answer.measured().type().exact())) {
                steps.attempt("the growth of " + index(ofIndex), () -> growth(ofIndex));
            }
        }
        if (groups != null) {
            groups.leftOut().forEach(steps::leaveOut);
            steps.attempt("searches with filters", () -> filters(groups));
        }
        return soFar(steps.leftOut(), steps.complete());
    }

    private Grid grid(IndexType type) {
        return Objects.requireNonNull(grids.get(type));
    }

    /** Builds what people use without choosing, with all rows. */
    private void usual(List<IndexType> types) {
        List<IndexSpec> usual = types.stream()
                .filter(type -> !steps.ended())
                .flatMap(type -> grid(type).usual().stream())
                .sorted((a, b) -> Boolean.compare(b.type().exact(), a.type().exact()))
                .toList();
        try (Progress.Task task = progress.begin("usual builds", usual.size())) {
            for (IndexSpec spec : usual) {
                double most = OF_USUAL * budget.left();
                Optional<Schedule.Done> unused =
                        build(spec, most, String.format(Locale.ROOT, "after %.0f s, so that others have time", most));
                task.advance(1);
            }
        }
    }

    /** Whether a type has no other builds than those that were measured. */
    private boolean builtAlready(IndexType type) {
        return grid(type).builds().stream()
                .allMatch(spec ->
                        measured.stream().anyMatch(one -> one.point().index().equals(spec)));
    }

    /** The fewest queries whose interval can begin at a target: if all of them have a recall of 1, it begins at 0.025^(1/n). */
    public static int neededQueries(double target) {
        return (int) Math.ceil(Math.log((1 - CrossedMean.LEVEL) / 2) / Math.log(target));
    }

    private boolean reaches(double target) {
        return measured.stream()
                .anyMatch(one ->
                        !one.type().exact() && one.usesIndex() && one.choosing().low() >= target);
    }

    /** Builds an index with all rows and measures it, once; empty if it was stopped, or a build of its type failed. */
    private Optional<Schedule.Done> build(IndexSpec spec, double most, String why) {
        List<Measured> before = measured.stream()
                .filter(one -> one.point().index().equals(spec))
                .toList();
        if (!before.isEmpty()) {
            return Optional.of(new Schedule.Done(before, 0));
        }
        List<Schedule.Done> done = new ArrayList<>();
        if (!failed.contains(spec.type())) {
            boolean taken = steps.attempt(spec.toString(), () -> {
                steps.begin("building " + spec);
                VectorCollection all = engine.all(spec.type());
                try {
                    Optional<Built> built = all.build(spec, most);
                    if (built.isEmpty()) {
                        steps.leaveOut(spec + ": the build was stopped " + why + ".");
                        return;
                    }
                    double start = budget.used();
                    steps.begin("measuring " + spec);
                    List<Measured> found = sweeper.measure(all, built.get());
                    done.add(new Schedule.Done(found, budget.used() - start));
                    measured.addAll(found);
                    answers.clear();
                    for (double target : request.targets()) {
                        answers.add(Measurement.answer(target, measured, request.neighbors(), this::snippet));
                    }
                } finally {
                    all.dropIndex();
                }
            });
            if (!taken) {
                failed.add(spec.type());
            }
        }
        return done.stream().findFirst();
    }

    private Engine.Snippet snippet(OperatingPoint point) throws IOException {
        return engine.snippet(point, vectors(rows));
    }

    private void tell() {
        if (!measured.isEmpty()) {
            List<String> sentences = new ArrayList<>(steps.leftOut());
            if (!steps.ended()) {
                sentences.add("all that was still to come when this was written.");
            }
            listener.accept(soFar(sentences, false));
        }
    }

    private Measurement soFar(List<String> sentences, boolean all) {
        return new Measurement(
                engine.server(),
                vectors(rows),
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
                        answer -> answer.measured().point().index(), LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    private static IndexSpec index(List<Answer> ofIndex) {
        return ofIndex.get(0).measured().point().index();
    }

    private Measurement.Vectors vectors(long ofRows) {
        return new Measurement.Vectors(
                ofRows,
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
    private void filters(FilterGroups of) throws IOException {
        if (!engine.hasFilters()) {
            steps.leaveOut("searches with filters: " + engine.server().name() + " has none here.");
            return;
        }
        List<OperatingPoint> best = new ArrayList<>();
        for (boolean graph : new boolean[] {true, false}) {
            List<Measured> among = measured.stream()
                    .filter(one -> one.type().graph() == graph && !one.type().exact())
                    .toList();
            if (!among.isEmpty()) {
                best.add(Measurement.answer(hardest(), among, request.neighbors(), this::snippet)
                        .measured()
                        .point());
            }
        }
        String exactScan = engine.exactScan(vectors(rows));
        Filters found = new Filters(
                prepared,
                request.queries().select(half(1)),
                request.similarity(),
                request.neighbors(),
                of,
                progress,
                all -> {
                    filtered = new Measurement.Filterings(all, exactScan);
                    tell();
                });
        try {
            engine.filters(found, best, steps::begin);
        } finally {
            found.leftOut().forEach(steps::leaveOut);
        }
    }

    private double hardest() {
        return request.targets().get(request.targets().size() - 1);
    }

    /**
     * An operating point that was chosen before, measured again.
     *
     * @param point the index and how it is searched
     * @param recall of all queries
     * @param indexBytes of the index
     * @param p95 milliseconds of 95% of the searches
     * @param usesIndex whether searches used the index
     */
    public record Remeasured(
            OperatingPoint point, CrossedMean recall, long indexBytes, double p95, boolean usesIndex) {}

    /**
     * Operating points that were measured again.
     *
     * @param found by operating point; those that failed are missing
     * @param leftOut sentences about these
     */
    public record Checked(Map<OperatingPoint, Remeasured> found, List<String> leftOut) {
        public Checked {
            found = Map.copyOf(found);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Builds the indexes of operating points that were chosen before, and searches with all queries: with those of one index in turns.
     *
     * @throws InputException if nothing could be measured
     */
    public Checked check(List<OperatingPoint> points) {
        steps.require(this::load);
        Map<IndexSpec, List<OperatingPoint>> byIndex = points.stream()
                .collect(Collectors.groupingBy(OperatingPoint::index, LinkedHashMap::new, Collectors.toList()));
        Map<OperatingPoint, Remeasured> found = new HashMap<>();
        try (Progress.Task task = progress.begin("checking", byIndex.size())) {
            for (Map.Entry<IndexSpec, List<OperatingPoint>> entry : byIndex.entrySet()) {
                steps.attempt(entry.getKey().toString(), () -> check(entry.getKey(), entry.getValue(), found));
                task.advance(1);
            }
        }
        if (found.isEmpty()) {
            throw nothing();
        }
        return new Checked(found, steps.leftOut());
    }

    private void check(IndexSpec index, List<OperatingPoint> ofIndex, Map<OperatingPoint, Remeasured> found)
            throws IOException {
        steps.begin("building " + index);
        VectorCollection all = engine.all(index.type());
        try {
            Optional<Built> built = all.build(index, budget.left());
            if (built.isEmpty()) {
                steps.leaveOut(index + ": the build was stopped at the end of --minutes.");
                return;
            }
            List<Searched> first = all.search(ofIndex, choosing, 0, choosing.size(), request.neighbors());
            List<Searched> second = all.search(ofIndex, reporting, 0, reporting.size(), request.neighbors());
            for (int i = 0; i < ofIndex.size(); i++) {
                double[] recalls = joined(
                        choosing.recall(first.get(i).lists(), request.neighbors()),
                        reporting.recall(second.get(i).lists(), request.neighbors()));
                double[] millis = joined(first.get(i).millis(), second.get(i).millis());
                found.put(
                        ofIndex.get(i),
                        new Remeasured(
                                ofIndex.get(i),
                                Queries.mean(recalls),
                                built.get().indexBytes(),
                                Halving.percentile(millis, 0.95),
                                usesIndex(all, ofIndex.get(i))));
            }
        } finally {
            all.dropIndex();
        }
    }

    /** Whether searches at an operating point use the index. */
    private boolean usesIndex(VectorCollection all, OperatingPoint point) throws IOException {
        Measurement.Plan plan = all.plan(point, choosing, 1, request.neighbors());
        return plan == null || plan.usesIndex();
    }

    private static double[] joined(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private boolean fits(IndexType type) {
        int most = type.mostDimensions();
        if (request.database().dimension() > most) {
            steps.leaveOut(type + ": an index of " + engine.server().name() + " has at most " + most + " dimensions.");
        }
        return request.database().dimension() <= most;
    }

    private void load() throws IOException {
        steps.begin("loading the vectors");
        try (Progress.Task task = progress.begin("loading " + rows + " vectors", 1)) {
            engine.load(request, groups);
            for (IndexType type : request.types()) {
                grids.put(type, engine.grid(type, rows, request.database().dimension(), request.neighbors()));
            }
            task.advance(1);
        }
    }

    /** Measures the index of answers at an eighth, a fourth and a half of the rows, too, and predicts it for a larger table. */
    private void growth(List<Answer> ofIndex) throws IOException {
        IndexSpec spec = index(ofIndex);
        Map<Integer, Sweep> ofParts = new TreeMap<>();
        Map<Integer, Long> bytes = new HashMap<>();
        try {
            for (int part : new int[] {8, 4, 2}) {
                int count = rows / part;
                String step = "building " + spec.type() + " with " + count + " rows";
                steps.begin(step);
                engine.makePart(count);
                VectorCollection table = engine.part(spec.type(), count);
                try (Progress.Task task = progress.begin(step, 1)) {
                    Built built = table.build(spec, Math.max(1, request.seconds()))
                            .orElseThrow(() -> new InputException(
                                    "the build of " + count + " rows was stopped after all of --minutes"));
                    Queries among = choosing.among(count, choosing.size());
                    ofParts.put(count, sweeper.precise(table, spec, sweeper.coarse(table, spec, among), among));
                    bytes.put(count, built.indexBytes());
                    table.dropIndex();
                    task.advance(1);
                }
            }
        } finally {
            if (engine.recovers()) {
                engine.dropPart();
            }
        }
        ofParts.put(rows, sweeper.of(spec));
        bytes.put(rows, ofIndex.get(0).measured().indexBytes());
        for (Answer answer : ofIndex) {
            List<Growth.Size> sizes = ofParts.entrySet().stream()
                    .map(entry -> new Growth.Size(
                            entry.getKey(),
                            needed(entry.getValue(), answer),
                            Objects.requireNonNull(bytes.get(entry.getKey()))))
                    .toList();
            Growth grown = Growth.of(request.databaseSize(), spec.type(), sizes);
            Engine.Snippet ofLarger =
                    engine.snippet(grown.of(answer.measured().point()), vectors(grown.databaseSize()));
            answers.replaceAll(one -> one.equals(answer) ? one.with(grown, ofLarger) : one);
        }
    }

    private static Growth.@Nullable Needed needed(Sweep sweep, Answer answer) {
        return sweep.needed(answer.target(), answer.measured().point().candidates())
                .orElse(null);
    }

    private InputException nothing() {
        List<String> reasons = steps.leftOut();
        return new InputException(
                engine.interrupted()
                        ? "Interrupted before anything was measured"
                        : steps.complete()
                                ? "--minutes: no index could be built in this time, expected more"
                                        + (reasons.isEmpty() ? "" : ". " + String.join(" ", reasons))
                                : "Nothing was measured. "
                                        + String.join(" ", reasons).replaceFirst("[.]$", ""));
    }

    /** Builds the index of answers a second time, as each build differs, if there is time. */
    private void buildAgain(List<Answer> ofAnswers) throws IOException {
        List<Measured> ofIndex =
                ofAnswers.stream().map(Answer::measured).distinct().toList();
        IndexSpec index = index(ofAnswers);
        double expected = ofIndex.get(0).built().seconds() * Schedule.GROWTH
                + ofIndex.stream()
                                .mapToDouble(one -> one.latency().p95() / 1000)
                                .sum()
                        * reporting.size();
        if (expected > budget.left()) {
            return;
        }
        String step = "building " + index + " again";
        steps.begin(step);
        VectorCollection all = engine.all(index.type());
        try (Progress.Task task = progress.begin(step, 1)) {
            if (all.build(index, budget.left()).isEmpty()) {
                return;
            }
            List<Searched> found = all.search(
                    ofIndex.stream().map(Measured::point).toList(),
                    reporting,
                    0,
                    reporting.size(),
                    request.neighbors());
            for (int i = 0; i < ofIndex.size(); i++) {
                Measured one = ofIndex.get(i);
                if (one.usesIndex() && !usesIndex(all, one.point())) {
                    throw new InputException("the searches did not use the index");
                }
                double[] recall = reporting.recall(found.get(i).lists(), request.neighbors());
                answers.replaceAll(answer -> answer.measured().equals(one) ? twice(answer, recall) : answer);
            }
            task.advance(1);
        } finally {
            all.dropIndex();
        }
    }

    private Answer twice(Answer answer, double[] recall) {
        double[][] ofBuilds = {sweeper.recalls(answer.measured()), recall};
        return new Answer(
                answer.target(),
                answer.reached(),
                answer.measured(),
                CrossedMean.crossed(new double[][][] {ofBuilds}, CrossedMean.Range.FRACTION)
                        .orElseThrow(),
                ofBuilds.length,
                null,
                answer.snippet());
    }
}
