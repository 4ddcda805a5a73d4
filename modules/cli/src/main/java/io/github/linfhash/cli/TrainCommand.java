package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.models.ModelFile;
import io.github.linfhash.experiment.models.ModelTrainer;
import io.github.linfhash.experiment.models.TrainedModel;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import io.github.linfhash.io.binding.OptionPaths;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash train}: a model that is kept. */
@Command(
        name = "train",
        customSynopsis = {
            "linfhash train [OPTIONS] (--vectors FILE | --protocol P) --method M",
            "      --bits N --out F.linfhash"
        },
        description = "Trains a method and writes a model that encodes raw feature vectors.",
        footer = {
            "  linfhash train --vectors f.npy --labels l.npy --method deep-linf --bits 64 --out my.linfhash",
            "      trains on all of your vectors, centered and scaled to unit norm",
            "  linfhash train ... --method deep-linf --option training.epochs=40 --option lambda=0.1",
            "      with other options than the defaults, which 'linfhash show deep-linf' lists",
            "  linfhash train --protocol cifar10 --data ~/data --method ksh --bits 48 --seed 0 --out ksh.linfhash",
            "      on the training set of a protocol's split, as in 'linfhash run'",
            "",
            "Labels are one class per vector, or label sets such as a 0/1 matrix; a shared label means similar."
        })
final class TrainCommand extends BaseCommand {
    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Source source;

    @Option(
            names = "--method",
            paramLabel = "M",
            required = true,
            description =
                    "Method to train; with --protocol, also a configuration METHOD:VARIANT (default: METHOD:tuned).")
    private String method = "";

    @Option(names = "--bits", paramLabel = "N", required = true, description = "Code length.")
    private int bits;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of split and training (default: 0).")
    private long seed;

    @Option(names = "--out", paramLabel = "F.linfhash", required = true, description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    /** Either of two. */
    private static final class Source {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable OwnFiles own;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable SelectionWithNetwork selection;
    }

    /** A user's labeled vectors. */
    private static final class OwnFiles extends LabeledVectors {
        @Option(
                names = "--option",
                paramLabel = "NAME=VALUE",
                description =
                        "Option of the method, such as training.epochs=5; repeatable. 'linfhash show METHOD' lists"
                                + " all with defaults for your own data.")
        private List<String> options = new ArrayList<>();
    }

    @Override
    public Integer call() throws IOException {
        WrittenFiles.requireEnding(out, ModelFile.ENDING);
        if (source.own != null) {
            written.check("--out", out);
        }
        Progress progress = progress();
        ModelTrainer trainer = new ModelTrainer(ShownCommand.of(spec()), progress);
        TrainedModel model = source.own != null
                ? onVectors(trainer, source.own, progress)
                : onProtocol(trainer, source.selection == null ? new ProtocolSelection() : source.selection, progress);
        ModelFile.write(out, model);
        say("wrote " + out + ": " + model.card().method() + ", codes of "
                + model.card().bits() + " bits from vectors of dimension "
                + model.card().dimension());
        return ExitCodes.OK;
    }

    private TrainedModel onVectors(ModelTrainer trainer, OwnFiles own, Progress progress) {
        ConfiguredMethod<?> configured = MethodRegistry.standard()
                .configureForOwnData(method, OptionPaths.parse("--option", own.options), "--option");
        ProtocolSelection.requireCell(bits, seed);
        if (!own.hasLabels()) {
            if (configured.supervision() == MethodSpec.Supervision.SUPERVISED) {
                throw new InputException("--labels: expected a file, or --label-column, as " + method
                        + " learns from labels, found neither");
            }
            FeatureMatrix unlabeled = own.readVectors(progress);
            return trainer.onVectors(unlabeled, null, configured, bits, seed);
        }
        LabeledFeatures vectors = own.read(progress);
        return trainer.onVectors(vectors.features(), vectors.labels(), configured, bits, seed);
    }

    private TrainedModel onProtocol(ModelTrainer trainer, ProtocolSelection selection, Progress progress)
            throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        MethodRun cell = ProtocolSelection.cell(protocol, method, bits, seed);
        written.check("--out", List.of(out), selection.files(home, protocol));
        return trainer.onProtocol(protocol, selection.prepare(home, protocol, progress, err()), cell);
    }
}
