package io.github.linfhash.cli;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.data.vectors.FeatureFiles;
import io.github.linfhash.experiment.export.QuantizerFolder;
import io.github.linfhash.experiment.models.ModelExport;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash export}: an encoder, or a quantizer with the codes of one's vectors, for other programs. */
@Command(
        name = "export",
        description =
                "Writes a model of a trained encoder as ONNX, preprocessing included; or a quantizer, fitted to your"
                        + " vectors, with their codes, for NumPy, faiss, ONNX and pgvector.",
        customSynopsis = {
            "linfhash export --model=F --onnx=F.onnx [--force]",
            "       linfhash export --quantizer=NAME --features=FILE --out=DIR",
            "                [--bytes=N] [--option=NAME=VALUE]... [--similarity=S]",
            "                [--seed=S] [--floats] [--force]"
        },
        footer = {
            "  linfhash export --model my.linfhash --onnx my.onnx",
            "      input: features, float32, batch x d, raw; outputs: outputs, float32, batch x N, and codes, uint8, batch x N,",
            "      1 where an output is greater than 0; numpy.packbits(codes, axis=1, bitorder=\"little\") packs them",
            "  linfhash export --quantizer rotated-sign --bytes 48 --features embeddings.npy --out quantizer",
            "      writes the arrays, the codes, encoder.onnx and a table for pgvector; quantizer.json says how they are used",
            "  linfhash export --quantizer rabitq --option bits=1 --option dimensions=384 --option queryBits=4 ...",
            "      with the options that 'linfhash advise' shows",
            "",
            "--force also takes away what an earlier export left in the folder and this one does not write."
        })
final class ExportCommand extends BaseCommand {
    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Work work;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    /** Either of two; what belongs to one is asked for below, so that options of both are told to be that. */
    private static final class Work {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Encoder encoder;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable OwnQuantizer quantizer;
    }

    /** A trained model. */
    private static final class Encoder {
        @Option(names = "--model", paramLabel = "F", description = "A model that 'linfhash train' wrote.")
        private @Nullable Path model;

        @Option(names = "--onnx", paramLabel = "F.onnx", description = "The file to write.")
        private @Nullable Path onnx;
    }

    /** A quantizer of a user's vectors. */
    private static final class OwnQuantizer extends QuantizerOptions {
        @Option(
                names = "--features",
                paramLabel = "FILE",
                description = "The vectors: .npy, .npz, .fvecs, .bvecs, LIBSVM, CSV, Parquet or Arrow.")
        private @Nullable Path features;

        @Option(names = "--out", paramLabel = "DIR", description = "The folder to write.")
        private @Nullable Path out;

        @Option(names = "--floats", description = "The table for pgvector has the floats, too, to rescore by.")
        private boolean floats;
    }

    @Override
    public Integer call() throws IOException {
        if (work.encoder != null) {
            export(work.encoder);
        }
        if (work.quantizer != null) {
            export(work.quantizer);
        }
        return ExitCodes.OK;
    }

    private static <T> T required(String option, String form, @Nullable T value) {
        if (value == null) {
            throw new InputException("export: expected " + option + " as well, as " + form + " need each other");
        }
        return value;
    }

    private void export(Encoder encoder) throws IOException {
        String form = "--model and --onnx";
        Path model = required("--model", form, encoder.model);
        Path onnx = required("--onnx", form, encoder.onnx);
        written.check("--onnx", onnx);
        byte[] content = ModelExport.onnx(Models.read(model), model.toString());
        AtomicFiles.write(onnx, out -> out.write(content));
        say("wrote " + onnx + " (" + content.length + " bytes)");
    }

    private void export(OwnQuantizer own) throws IOException {
        String form = "--quantizer, --features and --out";
        String name = required("--quantizer", form, own.name());
        Path features = required("--features", form, own.features);
        Path out = required("--out", form, own.out);
        own.check("export");
        written.checkIn("--out", out, QuantizerFolder.FILES, List.of());
        BlasCheck.requireSound();
        FeatureMatrix vectors = FeatureFiles.read(features, progress());
        FeatureMatrix prepared = own.similarity().prepare(vectors, features.toString());
        QuantizerSpec.Configured configured = own.configured(vectors.dimension());
        PortableQuantizer fitted = own.fit(configured, prepared);
        QuantizerFolder folder =
                new QuantizerFolder(configured, own.similarity(), own.seed(), own.floats, CommandWords.command(spec()));
        folder.write(out, vectors, prepared, fitted);
        say("wrote " + out + ": " + name + " "
                + StrictReader.toYamlFlow(QuantizerFolder.options(configured.options())) + ", " + vectors.rows()
                + " codes of " + fitted.bytes() + " bytes");
        List<String> others = own.alternatives(vectors.dimension()).stream()
                .map(StrictReader::toYamlFlow)
                .toList();
        if (!others.isEmpty()) {
            say("Other options fit into --bytes, too: " + String.join(" or ", others)
                    + ". Name those that 'linfhash advise' chose with --option.");
        }
        folder.notes(fitted.parts()).forEach(this::say);
    }
}
