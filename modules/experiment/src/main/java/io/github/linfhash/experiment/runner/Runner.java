package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.MetricsProfile;
import io.github.linfhash.core.method.SharedWork;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.encoders.training.SiameseTrainings.Ended;
import io.github.linfhash.encoders.training.SiameseTrainings.Job;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.results.schema.EnvironmentSummary;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.SplitSizes;
import io.github.linfhash.results.tables.ProfileRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries out the runs of a comparison, several at a time, and keeps each as soon as it is done.
 *
 * <p>Every run depends on its seed alone, so the results are the same for any number of workers.
 */
public final class Runner {
    /** The file of the output folder that holds the metrics profiles of all runs. */
    public static final String PROFILE = "metrics-profile.csv";

    private final int workers;
    private final Progress progress;
    private final boolean profiles;
    private final TrainingDevice device;

    /** Rows and variants of an encoder start from the same dictionary. */
    private final SharedWork work = SharedWork.remembering();

    /**
     * A runner.
     *
     * @param workers how many runs are computed at the same time, at least 1
     * @param progress where to say how far it is
     * @param profiles whether to write every run's metrics under all conventions to {@link #PROFILE}, too; a finished
     *     run without them is computed again
     */
    public Runner(int workers, Progress progress, boolean profiles) {
        this(workers, progress, profiles, TrainingDevice.DEFAULT);
    }

    /**
     * The same with encoders trained on a device.
     *
     * @param device what encoders are trained on, where it can train them with their options, and else the processor
     */
    public Runner(int workers, Progress progress, boolean profiles, TrainingDevice device) {
        this.device = device;
        this.workers = workers;
        this.progress = progress;
        this.profiles = profiles;
    }

    /**
     * Computes what is not yet done.
     *
     * @param output the folder that holds finished runs, open for this process
     * @throws IOException if results cannot be written
     */
    public Results carryOut(Comparison comparison, FeatureData data, OutputFolder output) throws IOException {
        for (ConfiguredMethod<?> method : comparison.methods()) {
            comparison.requireFit(method, data.labels());
        }
        EnvironmentSummary environment = Machine.describe(workers);
        Splits splits = data.splits(comparison.protocol());
        ProtocolSummary summary = summarize(comparison, data, splits);
        RunStore store = new RunStore(output, summary, environment, device, progress);
        QueryFiles queries = new QueryFiles(output.path(), summary.sizes().queries());
        List<RunResult> done = new ArrayList<>();
        List<CodeSource> missing = new ArrayList<>();
        for (CodeSource cell : comparison.cells()) {
            Optional<RunResult> stored =
                    profiles && cell.hamming() && store.findProfile(cell).isEmpty()
                            ? Optional.empty()
                            : store.find(cell);
            // A run without its queries is none: they are made from codes, which are not kept.
            if (stored.isPresent() && queries.has(stored.get(), progress, KeptFiles.COMPUTED_AGAIN)) {
                done.add(stored.get());
            } else {
                missing.add(cell);
            }
        }
        if (!missing.isEmpty()) {
            done.addAll(compute(
                    missing,
                    new Trials(comparison.protocol(), data, splits, missing),
                    comparison.protocol().evaluation().conventions(),
                    store,
                    queries));
        }
        if (profiles) {
            writeProfiles(comparison.cells(), store, output);
        }
        return new Results(summary, environment, done);
    }

    /**
     * Results together with all other runs that the folder holds of the same rules, data, code and options, failed ones
     * included: a command that computes less than an earlier one shows no less.
     *
     * @param done what the command computed or found
     * @param comparison the methods that may be among the others, with their options, in the order of reports, and the codes
     *     made elsewhere
     * @param output the folder that holds finished runs, open for this process
     */
    public Results withOthers(Results done, Comparison comparison, OutputFolder output) throws IOException {
        RunStore store = new RunStore(output, done.protocol(), done.environment(), device, progress);
        QueryFiles queries =
                new QueryFiles(output.path(), done.protocol().sizes().queries());
        Map<RunKey, RunResult> runs = new LinkedHashMap<>();
        done.runs().forEach(run -> runs.put(run.key(), run));
        Map<RunKey, CodeSource> cells = new HashMap<>();
        for (RunStore.Held held : store.all(comparison)) {
            RunResult run = held.result();
            boolean shown =
                    runs.containsKey(run.key()) || run.failed() || queries.has(run, progress, KeptFiles.LEFT_OUT);
            if (shown) {
                runs.putIfAbsent(run.key(), run);
                cells.put(run.key(), held.cell());
            }
        }
        Results all = new Results(
                widened(done.protocol(), runs.keySet(), comparison), done.environment(), List.copyOf(runs.values()));
        if (profiles) {
            List<CodeSource> inOrder = all.runs().stream()
                    .flatMap(run -> Optional.ofNullable(cells.get(run.key())).stream())
                    .toList();
            writeProfiles(inOrder, store, output);
        }
        return all;
    }

    /** The protocol with whatever the runs have; in the order of the command where it asked for all of that. */
    private static ProtocolSummary widened(ProtocolSummary asked, Set<RunKey> runs, Comparison comparison) {
        List<String> names = asked.methodNames();
        Set<String> found = runs.stream().map(RunKey::entry).collect(Collectors.toSet());
        // Options may differ at code lengths that the command did not ask for.
        boolean noOthers = names.containsAll(found)
                && runs.stream().allMatch(run -> asked.bits().contains(run.bits()));
        List<MethodSummary> summaries = noOthers
                ? asked.methods()
                : comparison.summaries().stream()
                        .filter(method -> found.contains(method.entry()) || names.contains(method.entry()))
                        .toList();
        return asked.withSearches(Stream.concat(asked.searches().stream(), comparison.searches().stream())
                        .distinct()
                        .toList())
                .withRuns(
                        widened(asked.bits(), runs.stream().map(RunKey::bits)),
                        widened(asked.seeds(), runs.stream().map(RunKey::seed)),
                        summaries);
    }

    private static <T extends Comparable<T>> List<T> widened(List<T> asked, Stream<T> found) {
        Set<T> all = new TreeSet<>(asked);
        found.forEach(all::add);
        return all.size() == asked.size() ? asked : List.copyOf(all);
    }

    private static void writeProfiles(List<CodeSource> cells, RunStore store, OutputFolder output) throws IOException {
        StringBuilder text = new StringBuilder(ProfileRows.HEADER);
        for (CodeSource cell : cells) {
            store.findProfile(cell).ifPresent(text::append);
        }
        AtomicFiles.write(output.path().resolve(PROFILE), text.toString());
    }

    private List<RunResult> compute(
            List<CodeSource> cells, Trials trials, Conventions conventions, RunStore store, QueryFiles queries)
            throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try (Progress.Task task =
                progress.begin(cells.size() == 1 ? "1 run" : cells.size() + " runs", cells.size() * SharedTask.SHARE)) {
            List<Future<RunResult>> futures = new ArrayList<>();
            List<Comparison.Cell> onDevice = new ArrayList<>();
            for (CodeSource source : cells) {
                if (source instanceof Comparison.Cell cell
                        && device.trains(cell.method().method())) {
                    onDevice.add(cell);
                } else {
                    futures.add(pool.submit(() -> compute(source, trials, conventions, store, queries, task)));
                }
            }
            for (CodeSource cell : trained(onDevice, trials)) {
                futures.add(pool.submit(() -> compute(cell, trials, conventions, store, queries, task)));
            }
            List<RunResult> results = new ArrayList<>();
            for (Future<RunResult> future : futures) {
                results.add(await(future));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** The cells with their methods trained together on the device, while the processor goes on with others. */
    private List<Comparison.TrainedCell> trained(List<Comparison.Cell> cells, Trials trials) throws IOException {
        if (cells.isEmpty()) {
            return List.of();
        }
        List<Job> jobs = new ArrayList<>();
        for (Comparison.Cell cell : cells) {
            TrainingContext context =
                    new TrainingContext(new RandomStreams(cell.key().seed()), Progress.NONE, null).with(work);
            jobs.add(device.job(
                    cell.method().method(),
                    trials.of(cell).training(),
                    cell.key().bits(),
                    context));
        }
        long start = System.nanoTime();
        List<Ended> ended = device.train(jobs, progress);
        double seconds = (System.nanoTime() - start) / 1e9 / jobs.size();
        List<Comparison.TrainedCell> trained = new ArrayList<>();
        for (int k = 0; k < cells.size(); k++) {
            trained.add(new Comparison.TrainedCell(cells.get(k), ended.get(k), seconds));
        }
        return trained;
    }

    private RunResult compute(
            CodeSource cell,
            Trials trials,
            Conventions conventions,
            RunStore store,
            QueryFiles queries,
            Progress.Task task)
            throws IOException {
        try (SharedTask share = new SharedTask(progress, task)) {
            RandomStreams random = new RandomStreams(cell.key().seed());
            TrainingContext context = new TrainingContext(random, share, store.programFolder(cell), work);
            Run.Inspection inspection = (result, measured) -> {
                queries.keep(result, measured.queries());
                if (profiles && measured.retrieval() != null) {
                    store.keepProfile(cell, MetricsProfile.of(measured.retrieval()));
                }
            };
            RunResult result = Run.carryOut(cell, trials.of(cell), conventions, context, inspection)
                    .trainedOn(cell.trainedOn(device))
                    .chosenBy(cell.search());
            trials.finished(cell);
            store.keep(cell, result);
            return result;
        }
    }

    private static RunResult await(Future<RunResult> future) throws IOException {
        try {
            return future.get();
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
                comparison.protocol().evaluation().shown(),
                comparison.protocol().headline(),
                comparison.bits(),
                comparison.seeds(),
                comparison.summaries(),
                comparison.searches());
    }

    /** The trials of a comparison, each made when its first run starts and let go when its last run has ended. */
    private static final class Trials {
        private final Protocol protocol;
        private final FeatureData data;
        private final Splits splits;
        private final Map<Long, Integer> open = new HashMap<>();
        private final Map<Long, Trial> trials = new HashMap<>();

        Trials(Protocol protocol, FeatureData data, Splits splits, List<CodeSource> cells) {
            this.protocol = protocol;
            this.data = data;
            this.splits = splits;
            cells.forEach(cell -> open.merge(cell.key().seed(), 1, Integer::sum));
        }

        synchronized Trial of(CodeSource cell) throws IOException {
            long seed = cell.key().seed();
            Trial trial = trials.get(seed);
            if (trial == null) {
                trial = Trial.of(protocol, data, splits.draw(seed));
                trials.put(seed, trial);
            }
            return trial;
        }

        synchronized void finished(CodeSource cell) {
            long seed = cell.key().seed();
            if (open.merge(seed, -1, Integer::sum) == 0) {
                trials.remove(seed);
            }
        }
    }
}
