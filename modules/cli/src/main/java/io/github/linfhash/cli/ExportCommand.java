package io.github.linfhash.cli;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.cli.export.QuantiserFolder;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.vectors.FeatureFiles;
import io.github.linfhash.experiment.models.ModelExport;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.registry.OptionPaths;
import io.github.linfhash.io.binding.StrictYaml;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.quantisers.PortableQuantiser;
import io.github.linfhash.quantisers.QuantiserSpec;
import io.github.linfhash.quantisers.Similarity;
import io.github.linfhash.quantisers.registry.Quantisers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash export}: an encoder, or a quantiser with the codes of one's vectors, for other programs. */
@Command(
        name = "export",
        description =
                "Writes a model of a trained encoder as ONNX, preprocessing included; or a quantiser, fitted to your"
                        + " vectors, with their codes, for NumPy, faiss, ONNX and pgvector.",
        customSynopsis = {
            "linfhash export --model=F --onnx=F.onnx [--force]",
            "       linfhash export --quantiser=NAME --features=FILE --out=DIR",
            "                [--bytes=N] [--option=NAME=VALUE]... [--similarity=S]",
            "                [--seed=S] [--floats] [--force]"
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash export --model my.linfhash --onnx my.onnx",
            "      input: features, float32, batch x d, raw; outputs: outputs, float32, batch x N, and codes, uint8, batch x N,",
            "      1 where an output is greater than 0; numpy.packbits(codes, axis=1, bitorder=\"little\") packs them",
            "  linfhash export --quantiser rotated-sign --bytes 48 --features embeddings.npy --out quantiser",
            "      writes the arrays, the codes, encoder.onnx and a table for pgvector; quantiser.json says how they are used",
            "  linfhash export --quantiser rabitq --option bits=1 --option dimensions=384 --option queryBits=4 ...",
            "      with the options that 'linfhash advise' shows",
            "",
            "--force also takes away what an earlier export left in the folder and this one does not write."
        })
final class ExportCommand implements Callable<Integer> {
    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Work work;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    /** Either of two; what belongs to one is asked for below, so that options of both are told to be that. */
    private static final class Work {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Encoder encoder;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable OwnQuantiser quantiser;
    }

    /** A trained model. */
    private static final class Encoder {
        @Option(names = "--model", paramLabel = "F", description = "A model that 'linfhash train' wrote.")
        private @Nullable Path model;

        @Option(names = "--onnx", paramLabel = "F.onnx", description = "The file to write.")
        private @Nullable Path onnx;
    }

    /** A quantiser of a user's vectors. */
    private static final class OwnQuantiser {
        @Option(
                names = "--quantiser",
                paramLabel = "NAME",
                description = "sign, truncated-sign, rotated-sign, itq, rabitq, int8, pq or opq.")
        private @Nullable String name;

        @Option(
                names = "--features",
                paramLabel = "FILE",
                description = "The vectors: .npy, .npz, .fvecs, .bvecs, LIBSVM, CSV, Parquet or Arrow.")
        private @Nullable Path features;

        @Option(names = "--out", paramLabel = "DIR", description = "The folder to write.")
        private @Nullable Path out;

        @Option(names = "--similarity", paramLabel = "S", description = "cosine, dot or euclidean (default: cosine).")
        private Similarity similarity = Similarity.COSINE;

        @Option(
                names = "--bytes",
                paramLabel = "N",
                description =
                        "Bytes that a code may take; of the options that fit, as 'linfhash advise' measures them, the first"
                                + " that agree with --option.")
        private @Nullable Integer bytes;

        @Option(
                names = "--option",
                paramLabel = "NAME=VALUE",
                description =
                        "An option of the quantiser, such as distance=asymmetric; may be repeated. Without --bytes, all of"
                                + " them.")
        private List<String> options = new ArrayList<>();

        @Option(names = "--seed", paramLabel = "S", description = "Seed of what is random (default: 0).")
        private int seed;

        @Option(names = "--floats", description = "The table for pgvector has the floats, too, to rescore by.")
        private boolean floats;
    }

    @Override
    public Integer call() throws IOException {
        if (work.encoder != null) {
            export(work.encoder);
        }
        if (work.quantiser != null) {
            export(work.quantiser);
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
        spec.commandLine().getErr().println("wrote " + onnx + " (" + content.length + " bytes)");
    }

    private void export(OwnQuantiser own) throws IOException {
        String form = "--quantiser, --features and --out";
        String name = required("--quantiser", form, own.name);
        Path features = required("--features", form, own.features);
        Path out = required("--out", form, own.out);
        QuantiserSpec<?> registered = registered(name);
        Map<String, Object> given = OptionPaths.parse("--option", own.options);
        if (own.bytes == null && given.isEmpty()) {
            throw new InputException(
                    "export: expected --bytes, or the options of " + name + " as --option, found neither");
        }
        NumberList.requireWithin("--seed", own.seed, 0, Integer.MAX_VALUE);
        if (own.bytes != null) {
            NumberList.requireWithin("--bytes", own.bytes, 1, QuantiserSpec.MOST_BYTES);
        }
        written.checkIn("--out", out, QuantiserFolder.FILES, List.of());
        BlasCheck.requireSound();
        FeatureMatrix vectors = FeatureFiles.read(features, ConsoleProgress.standard());
        FeatureMatrix prepared = own.similarity.prepare(vectors, features.toString());
        QuantiserSpec.Configured configured = own.bytes == null
                ? bound(registered, vectors.dimension(), given)
                : fitting(registered, vectors.dimension(), own.bytes, given);
        if (!(configured.quantiser() instanceof PortableQuantiser portable)) {
            throw new IllegalStateException(name + " cannot be exported");
        }
        PortableQuantiser.Fitted fitted = portable.fit(prepared, own.similarity, new RandomStreams(own.seed));
        new QuantiserFolder(configured, own.similarity, own.seed, own.floats, CommandWords.command(spec))
                .write(out, vectors, prepared, fitted);
        spec.commandLine()
                .getErr()
                .println("wrote " + out + ": " + name + " "
                        + StrictYaml.toYamlFlow(QuantiserFolder.options(configured.options())) + ", " + vectors.rows()
                        + " codes of " + fitted.bytes() + " bytes");
    }

    private static QuantiserSpec<?> registered(String name) {
        List<String> portable = Quantisers.portable();
        return Quantisers.ALL.stream()
                .filter(one -> one.name().equals(name) && portable.contains(name))
                .findFirst()
                .orElseThrow(
                        () -> new InputException("--quantiser: expected one of those that other programs can take, "
                                + String.join(", ", portable) + ", found '" + name + "'"));
    }

    /** The quantiser with all of its options given. */
    private static QuantiserSpec.Configured bound(QuantiserSpec<?> registered, int d, Map<String, Object> given) {
        return registered
                .bound(d, type -> StrictYaml.convert("--option, quantiser " + registered.name(), given, type))
                .orElseThrow(() -> new InputException(
                        "--features: expected vectors of a dimension that " + registered.name() + " fits, found " + d));
    }

    /** The first of those that fit into bytes that agrees with the options given. */
    private static QuantiserSpec.Configured fitting(
            QuantiserSpec<?> registered, int d, int bytes, Map<String, Object> given) {
        List<QuantiserSpec.Configured> fitting = registered.within(d, bytes);
        if (fitting.isEmpty()) {
            throw new InputException("--bytes: expected bytes into which " + registered.name()
                    + " of vectors of dimension " + d + " fits, and as many as it can use, found " + bytes);
        }
        return fitting.stream()
                .filter(one -> QuantiserFolder.options(one.options()).entrySet().containsAll(given.entrySet()))
                .findFirst()
                .orElseThrow(() -> new InputException("--option: expected options of " + registered.name() + " in "
                        + bytes + " bytes, "
                        + fitting.stream()
                                .map(one -> StrictYaml.toYamlFlow(QuantiserFolder.options(one.options())))
                                .collect(Collectors.joining(" or "))
                        + ", found " + StrictYaml.toYamlFlow(given)));
    }
}
