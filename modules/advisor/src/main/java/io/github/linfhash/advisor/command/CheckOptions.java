package io.github.linfhash.advisor.command;

import io.github.linfhash.advisor.advice.Check;
import io.github.linfhash.advisor.advice.DriftProfile;
import io.github.linfhash.advisor.advice.MeanByChance;
import io.github.linfhash.advisor.export.FittedRecord;
import io.github.linfhash.advisor.export.QuantizerFolder;
import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.InvalidFileException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.shell.ConsoleProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code advise --check}, which measures a quantizer that was fitted before on vectors of today. */
final class CheckOptions {
    /** The options that agree with {@code --check}. */
    private static final Set<String> ALLOWED = Set.of(
            "--check",
            "--target",
            "--max-shift",
            "--oversampling",
            "--vectors",
            "--queries",
            "--prefix",
            "--k",
            "--seeds",
            "--skip-invalid",
            "--delimiter",
            "--header",
            "--index-base",
            "--dimension",
            "--format",
            ConsoleProgress.QUIET);

    @Option(
            names = "--check",
            paramLabel = "INDEX",
            description =
                    "Check a quantizer that you fitted before on new --vectors: the folder that 'linfhash quantize' wrote,"
                            + " or an index file in it.")
    private @Nullable Path index;

    @Option(
            names = "--target",
            paramLabel = "R",
            description =
                    "The recall to choose for (default: 0.95 and 0.99). With --check: exit code 3 if recall is lower than R"
                            + " (default: if it is significantly lower than when fitted).")
    private @Nullable Double least;

    @Option(
            names = "--max-shift",
            paramLabel = "X",
            description =
                    "With --check: exit code 3 if the mean moved by more than X standard deviations of the vectors (default:"
                            + " if by more than chance explains). Large samples reveal small real shifts; state what you accept.")
    private @Nullable Double most;

    @Option(
            names = "--oversampling",
            paramLabel = "F",
            description = "With --check: the oversampling of your searches, 1, 2, 3, 5, 10, 20 or 50 (default: 1).")
    private @Nullable Integer oversampling;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The recall of {@code --target}, if it is given. */
    Optional<Double> target() {
        return Optional.ofNullable(least);
    }

    boolean given() {
        return index != null;
    }

    /** A check, and the quantizer that was checked. */
    record Checked(Check check, FittedQuantizer quantizer) {}

    /** Checks what can be told before anything is read. */
    void requireSound() {
        if (index == null) {
            if (most != null || oversampling != null) {
                throw new InputException((most != null ? "--max-shift" : "--oversampling")
                        + " requires --check: name the folder that 'linfhash quantize' wrote");
            }
            if (least != null && !(least > 0 && least < 1)) {
                throw new InputException("--target: expected a number between 0 and 1, found " + least);
            }
            return;
        }
        for (ArgSpec argument : spec.commandLine().getParseResult().matchedArgs()) {
            if (argument instanceof OptionSpec option && !ALLOWED.contains(option.longestName())) {
                throw new InputException(
                        "--check: expected none of the options that choose or write a quantizer, found "
                                + option.longestName());
            }
        }
        if (oversampling != null && !DriftProfile.OVERSAMPLINGS.contains(oversampling)) {
            throw new InputException(
                    "--oversampling: expected one of " + DriftProfile.OVERSAMPLINGS + ", found " + oversampling);
        }
        requireRecall(least);
        if (most != null && !(most > 0 && Double.isFinite(most))) {
            throw new InputException("--max-shift: expected a number above 0, found " + most);
        }
    }

    /** Checks a {@code --target}, if there is one. */
    static void requireRecall(@Nullable Double least) {
        if (least != null && !(least > 0 && least <= 1)) {
            throw new InputException("--target: expected a number above 0 and at most 1, found " + least);
        }
    }

    /**
     * Measures.
     *
     * @param queries null to draw them
     * @param prefix how many of the first dimensions are taken; null for all
     * @throws InputException if the quantizer cannot be read, the vectors do not fit it, or there is nothing to compare their recall with
     */
    Checked check(MeasuredVectors vectors, @Nullable Path queries, @Nullable Integer prefix, Progress progress)
            throws IOException {
        FittedQuantizer quantizer;
        DriftProfile fitted;
        try {
            Path folder = folder();
            quantizer = FittedQuantizer.load(folder);
            if (index != null && Files.isRegularFile(index)) {
                CodeIndex.open(quantizer, index).close();
            }
            fitted = FittedRecord.read(folder, quantizer.dimension()).orElse(null);
        } catch (InvalidFileException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
        DriftProfile.Found before = fitted == null ? null : fitted.found();
        // Before the vectors are read, however many there are.
        obstacle(before, vectors.neighbors(), queries == null, Integer.MAX_VALUE);
        if (most != null && (before == null || before.spread() == 0)) {
            throw new InputException(
                    "--max-shift: expected a folder with the mean of vectors that differ, found none in " + folder()
                            + " (run 'linfhash quantize' again)");
        }
        Similarity similarity = quantizer.similarity();
        vectors.compareBy(similarity);
        if (prefix == null) {
            vectors.fitTo(quantizer.dimension());
        }
        FeatureMatrix asked = queries == null
                ? null
                : fitting(quantizer, queries, vectors.read(queries, progress).vectors(), prefix);
        RandomStreams random = new RandomStreams(vectors.seeds().get(0));
        MeasuredVectors.Rows<DriftProfile.Draw> read = vectors.read(
                vectors.vectors(),
                valid -> {
                    if (valid.size() < DriftProfile.LEAST) {
                        throw new InputException(vectors.vectors() + ": expected at least " + DriftProfile.LEAST
                                + " vectors, found " + valid.size());
                    }
                    return DriftProfile.Draw.ofNew(valid.size(), asked != null, random);
                },
                (draw, valid) -> draw.rows().stream().mapToInt(valid::row).toArray(),
                progress);
        FeatureMatrix sampled = fitting(quantizer, vectors.vectors(), read.vectors(), prefix);
        DriftProfile.Sample sample = DriftProfile.Sample.of(sampled, read.draw(), asked, random);
        int rows = sample.database().rows();
        String obstacle = obstacle(before, vectors.neighbors(), asked == null, rows);
        int size = before == null || !obstacle.isEmpty()
                ? rows
                : before.largestWithin(rows).orElseThrow();
        vectors.checkNeighbors(1, size);
        DriftProfile now = DriftProfile.of(
                DriftProfile.Coder.of(quantizer), similarity, sample, vectors.neighbors(), List.of(size));
        MeanByChance chance = MeanByChance.of(PreparedVectors.of(
                similarity, sample.database().part(0, Math.min(rows, MeanByChance.MOST_VECTORS)), "vectors"));
        return new Checked(
                new Check(
                        now,
                        fitted,
                        obstacle,
                        oversampling == null ? 1 : oversampling,
                        new Check.Limits(least, most),
                        chance),
                quantizer);
    }

    /** The folder of the quantizer, which is that of an index. */
    private Path folder() {
        Path given = Objects.requireNonNull(index);
        Path folder = Files.isRegularFile(given) ? given.toAbsolutePath().getParent() : given;
        if (folder == null || !Files.isRegularFile(folder.resolve(QuantizerFolder.CARD))) {
            throw new InputException(
                    "--check: expected the folder that 'linfhash quantize' wrote, or an index file in it, found "
                            + (Files.exists(given)
                                    ? "no " + QuantizerFolder.CARD + " in " + folder
                                    : "nothing at " + given));
        }
        return folder;
    }

    /** Why recall cannot be compared with that when fitted, which is no fault if a wanted recall is given. */
    private String obstacle(DriftProfile.@Nullable Found fitted, int neighbors, boolean drawn, int rows) {
        String obstacle = Check.obstacle(fitted, neighbors, drawn, rows);
        if (!obstacle.isEmpty() && least == null) {
            throw new InputException("--check: recall now cannot be compared with recall when fitted: " + obstacle
                    + "; to compare with a recall of your choice, add --target");
        }
        return obstacle;
    }

    private static FeatureMatrix fitting(
            FittedQuantizer quantizer, Path file, FeatureMatrix given, @Nullable Integer prefix) {
        FeatureMatrix vectors =
                prefix == null ? given : Prefix.first(given, prefix).inMemory();
        if (vectors.dimension() != quantizer.dimension()) {
            throw new InputException(file + ": expected vectors of dimension " + quantizer.dimension()
                    + ", as the quantizer was fitted to, found " + vectors.dimension());
        }
        return vectors;
    }
}
