package io.github.linfhash.tasks;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.schema.SameRules;
import io.github.linfhash.results.schema.SubmissionCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scores a submission for a task. All checks come before anything is written: first those of the submitted files, then those that need
 * the data.
 */
public final class Scoring {
    private static final int SHOWN_AUTHORS = 5;

    private static final String OTHER_FEATURES =
            "this machine computes other features from the same data, for example because of another Java version:"
                    + " the digests of the features were not compared";

    private final Task task;
    private final SubmissionFolder folder;
    private final Protocol protocol;

    private Scoring(Task task, SubmissionFolder folder, Protocol protocol) {
        this.task = task;
        this.folder = folder;
        this.protocol = protocol;
    }

    /**
     * Checks the files of a submission, as far as possible without the data.
     *
     * @param file the file that the task was read from
     * @throws InputException if the task is of another protocol, the submission of another task, its name is that of a method, or
     *     its codes are missing or of another form
     */
    public static Scoring of(Task task, Path file, SubmissionFolder folder, Protocol protocol) throws IOException {
        task.requireOf(protocol);
        Tasks.requirePossible(protocol);
        requireOf(folder, file);
        requireFree(folder, protocol);
        folder.requireCodes(task);
        return new Scoring(task, folder, protocol);
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
     * Compares task and submission with the data, and looks for flags.
     *
     * @param against the results that the user compares the submission with, or null
     * @param known published results; those by the same rules show how good known codes are
     * @throws InputException if the task belongs to other data, one of its digests is wrong, or the results have other rules or data
     */
    public Checked check(FeatureData data, @Nullable Results against, List<Results> known) {
        if (against != null) {
            SameRules.require(protocol.name(), protocol.hash(), data.dataset(), data.features(), against);
            requireCommon(against);
        }
        task.requireOf(data);
        boolean sameFeatures = task.featuresHash().equals(data.features().hash());
        ExternalCodes codes = ExternalCodes.find(
                configuration(folder.submission(), List.of()),
                folder.codes(),
                task.bits(),
                task.seeds(),
                seed -> new TaskOrder(
                        seed, task.sizesOf(seed).queries(), task.sizesOf(seed).database()));
        List<Results> comparable = Stream.concat(Stream.ofNullable(against), known.stream())
                .filter(results -> SameRules.hold(protocol.hash(), data.dataset(), data.features(), results))
                .toList();
        Map<Long, Split> splits = data.splits(protocol).all();
        Map<String, List<RunKey>> flagged = new LinkedHashMap<>();
        for (long seed : task.seeds()) {
            Split split = Objects.requireNonNull(splits.get(seed));
            if (against != null) {
                requireSame(split, seed, against);
            }
            Tasks.Part part = Tasks.Part.of(protocol, data, split, seed);
            part.requireIn(task, sameFeatures);
            Flags flags = new Flags(protocol, seed, part.split(), splits, comparable);
            for (ExternalCodes.Pair pair : codes.pairs()) {
                if (pair.key().seed() == seed) {
                    flags.of(pair)
                            .forEach(words -> flagged.computeIfAbsent(words, unused -> new ArrayList<>())
                                    .add(pair.key()));
                }
            }
        }
        List<Flag> flags = flagged.entrySet().stream()
                .map(entry -> new Flag(entry.getKey(), entry.getValue()))
                .toList();
        return new Checked(
                this,
                data,
                codes.as(configuration(folder.submission(), flags)),
                flags,
                sameFeatures ? List.of() : List.of(OTHER_FEATURES));
    }

    /** Refuses results without a run that could be compared. */
    private void requireCommon(Results against) {
        int evaluator = against.environment().evaluator();
        if (evaluator != EvaluatorVersion.CURRENT) {
            throw new InputException("--baseline: expected results of version " + EvaluatorVersion.CURRENT
                    + " of the evaluator, found version " + evaluator
                    + "; compute them again with 'linfhash run'");
        }
        if (against.runs().stream().noneMatch(this::isCommon)) {
            throw new InputException("--baseline: expected runs of the seeds " + task.seeds() + " and lengths "
                    + task.bits() + " of the task, found none that did not fail");
        }
    }

    private boolean isCommon(RunResult run) {
        return !run.failed()
                && task.bits().contains(run.key().bits())
                && task.seeds().contains(run.key().seed());
    }

    private void requireSame(Split split, long seed, Results against) {
        String hash = split.sha256();
        for (RunResult run : against.runs()) {
            if (isCommon(run) && run.key().seed() == seed && !run.splitHash().equals(hash)) {
                throw new InputException(
                        "--baseline, seed " + seed + ": expected the split of this program, found another one");
            }
        }
    }

    /**
     * A submission that can be scored.
     *
     * @param scoring task and submission
     * @param data the data of the protocol
     * @param codes the submitted codes
     * @param flags the properties of the codes that need an explanation
     * @param notes sentences about the checks, for the user
     */
    public record Checked(
            Scoring scoring, FeatureData data, ExternalCodes codes, List<Flag> flags, List<String> notes) {
        public Checked {
            flags = List.copyOf(flags);
            notes = List.copyOf(notes);
        }

        /**
         * Measures the codes, and writes results.json, the metrics of single queries, and a copy of {@value SubmissionCard#FILE}.
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

    /** Returns the configuration of a submission in results, whose note lists the flags. */
    private static Configuration configuration(SubmissionCard card, List<Flag> flags) {
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
        flags.forEach(flag -> note.append(" Flagged: ").append(flag.sentence()).append('.'));
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
