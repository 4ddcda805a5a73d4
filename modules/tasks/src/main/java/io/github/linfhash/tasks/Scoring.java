package io.github.linfhash.tasks;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.schema.SameRules;
import io.github.linfhash.results.schema.SubmissionCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scores a submission for a task. Everything is checked before anything is written, in two steps: what the files tell alone, and what
 * needs the data.
 */
public final class Scoring {
    private final Task task;
    private final SubmissionFolder folder;
    private final Protocol protocol;

    private Scoring(Task task, SubmissionFolder folder, Protocol protocol) {
        this.task = task;
        this.folder = folder;
        this.protocol = protocol;
    }

    /**
     * The scoring of a submission, as far as its files can be checked without the data.
     *
     * @param task the folder of the task
     * @throws InputException if the task is of another protocol, the submission of another task, its name is that of a method, or
     *     its codes are missing or of another form
     */
    public static Scoring of(Path task, SubmissionFolder folder, Protocol protocol) throws IOException {
        Task read = Task.read(task);
        read.requireOf(protocol);
        Tasks.requirePossible(protocol);
        requireOf(folder, task.resolve(Task.FILE));
        requireFree(folder, protocol);
        folder.requireCodes(read);
        return new Scoring(read, folder, protocol);
    }

    private static void requireOf(SubmissionFolder folder, Path task) throws IOException {
        String named = folder.submission().task();
        String found = Digests.sha256(task);
        if (named != null && !named.equals(found)) {
            throw new InputException(folder.path().resolve(SubmissionCard.FILE) + ", task: expected " + found
                    + ", the SHA-256 of " + task + ", found " + named + "; these codes were made for another task");
        }
    }

    private static void requireFree(SubmissionFolder folder, Protocol protocol) {
        String name = folder.submission().name();
        boolean taken = MethodRegistry.standard().all().stream()
                        .anyMatch(method -> method.name().equals(name))
                || protocol.quantizers().stream()
                        .anyMatch(quantizer -> quantizer.name().equals(name));
        if (taken) {
            throw new InputException(folder.path().resolve(SubmissionCard.FILE)
                    + ", name: expected a name that no method of linfhash has, found '" + name + "'");
        }
    }

    /**
     * Checks what needs the data.
     *
     * @param against results that the submission is to be compared with, or null
     * @param known results that are kept, of which those by the same rules tell how good codes are elsewhere
     * @throws InputException if the task is of other data, or its digests are others; or if the results are of other rules or data
     */
    public Checked check(FeatureData data, @Nullable Results against, List<Results> known) {
        Splits splits = data.splits(protocol);
        if (against != null) {
            SameRules.require(protocol.name(), protocol.hash(), data.dataset(), data.features(), against);
            requireCommon(against, splits);
        }
        task.requireOf(data, splits);
        List<String> notes = Tasks.check(task, protocol, data, splits);
        ExternalCodes codes = ExternalCodes.find(
                SubmissionRow.of(folder.submission(), List.of()),
                folder.codes(),
                task.bits(),
                task.seeds(),
                seed -> new TaskOrder(seed, task.sizesOf(seed)));
        codes.requireFit(splits);
        List<Results> comparable = Stream.concat(Stream.ofNullable(against), known.stream())
                .filter(results -> SameRules.hold(protocol.hash(), data.dataset(), data.features(), results))
                .toList();
        List<Flag> flags = Flags.of(codes, protocol, data, splits, comparable);
        return new Checked(this, data, codes.as(SubmissionRow.of(folder.submission(), flags)), flags, notes);
    }

    /** Results that no run could be compared with are noticed before anything is written. */
    private void requireCommon(Results against, Splits splits) {
        int evaluator = against.environment().evaluator();
        if (evaluator != EvaluatorVersion.CURRENT) {
            throw new InputException("--baseline: expected results of version " + EvaluatorVersion.CURRENT
                    + " of the evaluator, found version " + evaluator
                    + "; compute them again with 'linfhash run'");
        }
        List<RunResult> common = against.runs().stream()
                .filter(run -> !run.failed()
                        && task.bits().contains(run.key().bits())
                        && task.seeds().contains(run.key().seed()))
                .toList();
        if (common.isEmpty()) {
            throw new InputException("--baseline: expected runs of the seeds " + task.seeds() + " and lengths "
                    + task.bits() + " of the task, found none that did not fail");
        }
        for (RunResult run : common) {
            if (!run.splitHash().equals(splits.draw(run.key().seed()).sha256())) {
                throw new InputException("--baseline, seed " + run.key().seed()
                        + ": expected the split of this program, found another one");
            }
        }
    }

    /**
     * A submission that can be scored.
     *
     * @param scoring what is scored
     * @param data the rows
     * @param codes its codes, as a row of a comparison
     * @param flags what has to be explained
     * @param notes what a reader should know
     */
    public record Checked(
            Scoring scoring, FeatureData data, ExternalCodes codes, List<Flag> flags, List<String> notes) {
        public Checked {
            flags = List.copyOf(flags);
            notes = List.copyOf(notes);
        }

        /**
         * Measures it, and writes results.json, the metrics of single queries, and the submission's own file.
         *
         * @throws IOException if a file cannot be written
         */
        public Results score(Runner runner, OutputFolder output) throws IOException {
            Task task = scoring.task;
            Comparison comparison = new Comparison(scoring.protocol, List.of(codes), task.bits(), task.seeds());
            Results results = runner.carryOut(comparison, data, output, Runner.Interim.NONE);
            byte[] submission = Files.readAllBytes(scoring.folder.path().resolve(SubmissionCard.FILE));
            AtomicFiles.write(output.path().resolve(SubmissionCard.FILE), out -> out.write(submission));
            ResultsJson.write(output.path().resolve(ResultsJson.FILE), results);
            return results;
        }
    }

    /** The configuration that stands for a submission in results. */
    private static final class SubmissionRow {
        private static final int SHOWN_AUTHORS = 5;

        private SubmissionRow() {}

        /** The row, whose note has the flags. */
        static Configuration of(SubmissionCard card, List<Flag> flags) {
            String title = card.title() == null ? card.name() : card.title();
            return new Configuration(card.name(), title, citation(card), Supervision.EXTERNAL, Map.of(), Map.of())
                    .asVariant("", note(card, flags), Map.of());
        }

        private static String citation(SubmissionCard card) {
            List<String> authors = card.authors();
            String shown = String.join(", ", authors.subList(0, Math.min(SHOWN_AUTHORS, authors.size())));
            String others = authors.size() > SHOWN_AUTHORS ? " and " + (authors.size() - SHOWN_AUTHORS) + " more" : "";
            return shown + others + ". " + card.code() + ". License: " + card.license();
        }

        private static String note(SubmissionCard card, List<Flag> flags) {
            StringBuilder note =
                    new StringBuilder("A submission: its authors computed the codes from a task, and linfhash measured"
                            + " them like all others.");
            String learnedFrom = card.learnedFrom();
            note.append(
                    learnedFrom == null
                            ? " They state no other training data."
                            : " They state that it also learned from: " + sentence(learnedFrom));
            flags.forEach(
                    flag -> note.append(" Flagged: ").append(flag.sentence()).append('.'));
            String remarks = card.remarks();
            if (remarks != null) {
                note.append(" They remark: ").append(sentence(remarks));
            }
            return note.toString();
        }

        private static String sentence(String text) {
            return text.endsWith(".") ? text : text + ".";
        }
    }
}
