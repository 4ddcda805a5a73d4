package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.SharedWork;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.encoders.training.SiameseTrainings.Ended;
import io.github.linfhash.encoders.training.SiameseTrainings.Job;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.io.files.CheckedFiles;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.ProtocolSummary.SplitSizes;
import io.github.linfhash.results.schema.QueryFiles;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries out the runs of a comparison, several at a time, and keeps each as soon as it is done.
 *
 * <p>Every run depends on its seed alone, so the results are the same for any number of workers.
 */
public final class Runner {
    private final int workers;
    private final Progress progress;
    private final TrainingDevice device;

    /** Rows and variants of an encoder start from the same dictionary. */
    private final SharedWork work = SharedWork.remembering();

    /**
     * A runner.
     *
     * @param workers how many runs are computed at the same time, at least 1
     * @param progress where to say how far it is
     */
    public Runner(int workers, Progress progress) {
        this(workers, progress, TrainingDevice.DEFAULT);
    }

    /**
     * A runner that trains encoders on a device.
     *
     * @param device what encoders are trained on, where it can train them with their options, and else the processor
     */
    public Runner(int workers, Progress progress, TrainingDevice device) {
        this.device = device;
        this.workers = workers;
        this.progress = progress;
    }

    /** Shows finished runs while others are computed. */
    @FunctionalInterface
    public interface Interim {
        /** Shows nothing. */
        Interim NONE = (results, left) -> {};

        /**
         * Called each time that a run ends and others are left, by the thread that waits for them.
         *
         * @param results the finished runs, and the methods, code lengths and seeds that they have
         * @param left how many runs are left of each method and variant, in the order of reports
         * @throws IOException if it cannot be written
         */
        void show(Results results, Map<String, Integer> left) throws IOException;
    }

    /**
     * Computes what is not yet done.
     *
     * @param output the folder that holds finished runs, open for this process
     * @param interim what shows finished runs while others are computed
     * @throws IOException if results cannot be written
     */
    public Results carryOut(Comparison comparison, FeatureData data, OutputFolder output, Interim interim)
            throws IOException {
        comparison.requireFit(data.labels());
        EnvironmentSummary environment = Environment.describe(workers);
        Splits splits = data.splits(comparison.protocol());
        ProtocolSummary summary = summarize(comparison, data, splits);
        RunStore store = new RunStore(output, summary, environment, device, progress);
        QueryFiles queries = new QueryFiles(output.path(), summary.sizes().queries());
        List<RunResult> done = new ArrayList<>();
        List<Run> missing = new ArrayList<>();
        for (Run run : comparison.runs()) {
            Optional<RunResult> stored = store.find(run);
            // A run without its queries is none: they are made from codes, which are not kept.
            if (stored.isPresent() && queries.has(stored.get(), progress, CheckedFiles.COMPUTED_AGAIN)) {
                done.add(stored.get());
            } else {
                missing.add(run);
            }
        }
        if (!missing.isEmpty()) {
            done.addAll(compute(
                    missing,
                    new PreparedSplits(comparison.protocol(), data, splits, missing),
                    comparison.protocol().evaluation().conventions(),
                    store,
                    queries,
                    new Results(summary, environment, List.copyOf(done)),
                    interim));
        }
        return new Results(summary, environment, done);
    }

    /**
     * Results together with all other runs that the folder holds of the same rules, data, code and options, failed ones
     * included: a command that computes less than an earlier one shows no less.
     *
     * @param done what the command computed or found
     * @param comparison the participants that may be among the others, with their options, in the order of reports
     * @param output the folder that holds finished runs, open for this process
     */
    public Results withOthers(Results done, Comparison comparison, OutputFolder output) throws IOException {
        RunStore store = new RunStore(output, done.protocol(), done.environment(), device, progress);
        QueryFiles queries =
                new QueryFiles(output.path(), done.protocol().sizes().queries());
        Map<RunKey, RunResult> runs = new LinkedHashMap<>();
        done.runs().forEach(run -> runs.put(run.key(), run));
        for (RunResult run : store.all(comparison)) {
            if (!runs.containsKey(run.key()) && (run.failed() || queries.has(run, progress, CheckedFiles.LEFT_OUT))) {
                runs.put(run.key(), run);
            }
        }
        return new Results(
                widened(done.protocol(), runs.keySet(), comparison), done.environment(), List.copyOf(runs.values()));
    }

    /** The protocol with whatever the runs have; in the order of the command where it asked for all of that. */
    private static ProtocolSummary widened(ProtocolSummary asked, Set<RunKey> runs, Comparison comparison) {
        List<String> names = asked.methodNames();
        Set<String> found = runs.stream().map(RunKey::entry).collect(Collectors.toSet());
        // Options may differ at code lengths that the command did not ask for.
        boolean noOthers = names.containsAll(found)
                && runs.stream().allMatch(run -> asked.bits().contains(run.bits()));
        List<Integer> lengths = widened(asked.bits(), runs.stream().map(RunKey::bits));
        List<Configuration> summaries = noOthers
                ? asked.methods()
                : comparison.configurations(lengths).stream()
                        .filter(method -> found.contains(method.entry()) || names.contains(method.entry()))
                        .toList();
        return asked.withRuns(lengths, widened(asked.seeds(), runs.stream().map(RunKey::seed)), summaries);
    }

    private static <T extends Comparable<T>> List<T> widened(List<T> asked, Stream<T> found) {
        Set<T> all = new TreeSet<>(asked);
        found.forEach(all::add);
        return all.size() == asked.size() ? asked : List.copyOf(all);
    }

    private List<RunResult> compute(
            List<Run> runs,
            PreparedSplits splits,
            Conventions conventions,
            RunStore store,
            QueryFiles queries,
            Results stored,
            Interim interim)
            throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try (Progress.Task task =
                progress.begin(runs.size() == 1 ? "1 run" : runs.size() + " runs", runs.size() * SharedTask.SHARE)) {
            CompletionService<RunResult> computed = new ExecutorCompletionService<>(pool);
            List<OnDevice> onDevice = new ArrayList<>();
            for (Run run : inOrder(runs)) {
                Optional<HashingMethod> method =
                        run.participant().method(run.key().bits()).filter(device::trains);
                if (method.isPresent()) {
                    onDevice.add(new OnDevice(run, method.get()));
                } else {
                    Measuring measuring =
                            (split, context) -> run.participant().measure(run.key(), split, conventions, context);
                    computed.submit(() -> compute(run, measuring, splits, store, queries, task));
                }
            }
            for (Map.Entry<Run, Measuring> trained :
                    trained(onDevice, splits, conventions).entrySet()) {
                computed.submit(() -> compute(trained.getKey(), trained.getValue(), splits, store, queries, task));
            }
            Map<RunKey, RunResult> results = new HashMap<>();
            while (results.size() < runs.size()) {
                RunResult result = await(computed);
                results.put(result.key(), result);
                Map<String, Integer> left = new LinkedHashMap<>();
                runs.stream()
                        .map(Run::key)
                        .filter(key -> !results.containsKey(key))
                        .forEach(key -> left.merge(key.entry(), 1, Integer::sum));
                task.left(left);
                if (!left.isEmpty()) {
                    interim.show(with(stored, results.values()), left);
                }
            }
            return runs.stream()
                    .flatMap(run -> Optional.ofNullable(results.get(run.key())).stream())
                    .toList();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Seed by seed, as runs of a seed share its split; of each seed first what learns from nothing or no labels, which is fast. */
    private static List<Run> inOrder(List<Run> runs) {
        List<Long> seeds = runs.stream().map(run -> run.key().seed()).distinct().toList();
        Comparator<Run> bySeed =
                Comparator.comparing(run -> seeds.indexOf(run.key().seed()));
        return runs.stream()
                .sorted(bySeed.thenComparing(Run::supervision, Comparator.reverseOrder()))
                .toList();
    }

    /** Stored and further runs, with a protocol of no more than they have. */
    private static Results with(Results stored, Collection<RunResult> more) {
        ProtocolSummary protocol = stored.protocol();
        List<RunResult> runs =
                Stream.concat(stored.runs().stream(), more.stream()).toList();
        Set<Integer> bits = runs.stream().map(run -> run.key().bits()).collect(Collectors.toSet());
        Set<Long> seeds = runs.stream().map(run -> run.key().seed()).collect(Collectors.toSet());
        Set<String> entries = runs.stream().map(run -> run.key().entry()).collect(Collectors.toSet());
        return new Results(
                protocol.withRuns(
                        protocol.bits().stream().filter(bits::contains).toList(),
                        protocol.seeds().stream().filter(seeds::contains).toList(),
                        protocol.methods().stream()
                                .filter(method -> entries.contains(method.entry()))
                                .toList()),
                stored.environment(),
                runs);
    }

    /** A run whose method the device trains. */
    private record OnDevice(Run run, HashingMethod method) {}

    /** Makes the codes of a run on the rows of its seed, and measures them. */
    @FunctionalInterface
    private interface Measuring {
        MeasuredRun measure(PreparedSplit split, TrainingContext context);
    }

    /** Trains methods together on the device, while the processor goes on with others; each gets its share of the time. */
    private Map<Run, Measuring> trained(List<OnDevice> runs, PreparedSplits splits, Conventions conventions)
            throws IOException {
        if (runs.isEmpty()) {
            return Map.of();
        }
        List<Job> jobs = new ArrayList<>();
        for (OnDevice one : runs) {
            RunKey key = one.run().key();
            TrainingContext context = new TrainingContext(new RandomStreams(key.seed()), Progress.NONE, work);
            jobs.add(device.job(one.method(), splits.of(one.run()).training(), key.bits(), context));
        }
        long start = System.nanoTime();
        List<Ended> ended = device.train(jobs, progress);
        double seconds = (System.nanoTime() - start) / 1e9 / jobs.size();
        Map<Run, Measuring> trained = new LinkedHashMap<>();
        for (int k = 0; k < runs.size(); k++) {
            Ended end = ended.get(k);
            trained.put(
                    runs.get(k).run(),
                    (split, context) -> MethodParticipant.measure(end.function(), seconds, split, conventions));
        }
        return trained;
    }

    private RunResult compute(
            Run run, Measuring measuring, PreparedSplits splits, RunStore store, QueryFiles queries, Progress.Task task)
            throws IOException {
        try (SharedTask share = new SharedTask(progress, task)) {
            RandomStreams random = new RandomStreams(run.key().seed());
            TrainingContext context = new TrainingContext(random, share, work);
            Run.Inspection inspection =
                    (result, measured) -> queries.keep(result, Metric.Value.queriesByKey(measured.metrics()));
            PreparedSplit split = splits.of(run);
            RunResult result = run.carryOut(split, () -> measuring.measure(split, context), inspection)
                    .trainedOn(run.trainedOn(device));
            splits.finished(run);
            store.keep(run, result);
            return result;
        }
    }

    private static RunResult await(CompletionService<RunResult> computed) throws IOException {
        try {
            return computed.take().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the comparison was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a run ended unexpectedly", e.getCause());
        }
    }

    private static ProtocolSummary summarize(Comparison comparison, FeatureData data, Splits splits) {
        Split first = splits.draw(comparison.seeds().get(0));
        int[] unlabeled = first.unlabeled();
        SplitSizes sizes = new SplitSizes(
                first.training().length,
                first.query().length,
                first.database().length,
                Arrays.equals(unlabeled, first.database()) ? null : unlabeled.length);
        return new ProtocolSummary(
                comparison.protocol().name(),
                comparison.protocol().title(),
                comparison.protocol().hash(),
                comparison.protocol().publishedTable(),
                data.dataset(),
                data.features(),
                sizes,
                comparison.protocol().conventions(),
                comparison.protocol().headline(),
                comparison.protocol().shown(),
                comparison.bits(),
                comparison.seeds(),
                comparison.configurations(comparison.bits()));
    }

    /** The splits of a comparison, each made when its first run starts and let go when its last run has ended. */
    private static final class PreparedSplits {
        private final Protocol protocol;
        private final FeatureData data;
        private final Splits splits;
        private final Map<Long, Integer> open = new HashMap<>();
        private final Map<Long, PreparedSplit> prepared = new HashMap<>();

        PreparedSplits(Protocol protocol, FeatureData data, Splits splits, List<Run> runs) {
            this.protocol = protocol;
            this.data = data;
            this.splits = splits;
            runs.forEach(run -> open.merge(run.key().seed(), 1, Integer::sum));
        }

        synchronized PreparedSplit of(Run run) throws IOException {
            long seed = run.key().seed();
            PreparedSplit split = prepared.get(seed);
            if (split == null) {
                split = PreparedSplit.of(protocol, data, splits.draw(seed));
                prepared.put(seed, split);
            }
            return split;
        }

        synchronized void finished(Run run) {
            long seed = run.key().seed();
            if (open.merge(seed, -1, Integer::sum) == 0) {
                prepared.remove(seed);
            }
        }
    }

    /**
     * One run's part of a task that stands for many runs: whatever the run announces moves the common task by at most
     * {@value #SHARE} steps, and closing it completes them.
     */
    public static final class SharedTask implements Progress, AutoCloseable {
        /** Steps of the common task that one run takes. */
        public static final long SHARE = 1000;

        private final Progress all;
        private final Progress.Task common;
        private long done;

        /**
         * The part of one run.
         *
         * @param all where the common task was announced, and what a run notes is said
         */
        public SharedTask(Progress all, Progress.Task common) {
            this.all = all;
            this.common = common;
        }

        @Override
        public Task begin(String name, long steps) {
            return new Part(steps);
        }

        @Override
        public void note(String sentence) {
            all.note(sentence);
        }

        private synchronized void reach(long target) {
            if (target > done) {
                common.advance(target - done);
                done = target;
            }
        }

        @Override
        public void close() {
            reach(SHARE);
        }

        /** A training that has the run's whole share for itself. */
        private final class Part implements Task {
            private final long steps;
            private long taken;

            Part(long steps) {
                this.steps = Math.max(1, steps);
            }

            @Override
            public synchronized void advance(long more) {
                taken = Math.min(steps, taken + more);
                reach(taken * SHARE / steps);
            }
        }
    }
}
