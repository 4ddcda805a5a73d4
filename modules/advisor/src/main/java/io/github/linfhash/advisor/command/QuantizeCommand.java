package io.github.linfhash.advisor.command;

import io.github.linfhash.advisor.advice.DriftProfile;
import io.github.linfhash.advisor.export.FittedRecord;
import io.github.linfhash.advisor.export.QuantizerFolder;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.VectorIds;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NumberList;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash quantize}: a quantizer with the codes of a user's vectors, for other programs. */
@Command(
        name = "quantize",
        description =
                "Fits a quantizer to your embeddings and writes it with their codes for NumPy, faiss, ONNX and pgvector.",
        footer = {
            "  linfhash quantize --quantizer rotated-sign --bytes 48 --vectors embeddings.npy --out quantizer",
            "      writes arrays, codes, encoder.onnx and a pgvector table; quantizer.json describes them",
            "  linfhash quantize --quantizer rabitq --option bits=1 --option dimensions=384 --option queryBits=4 ...",
            "      with options that 'linfhash advise' printed",
            "",
            "Vectors in an .npy or .fbin file, or contiguous in an HDF5 file, are read in parts, so that the file may be",
            "larger than memory.",
            "--force also deletes files of an earlier call in the folder that this call does not write."
        })
public final class QuantizeCommand extends BaseCommand {
    /** How many other combinations of options are named. */
    private static final int MOST_NAMED = 3;

    @Mixin
    private final QuantizerOptions quantizer = new QuantizerOptions();

    @Mixin
    private final VectorsOption input = new VectorsOption();

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            description =
                    "Queries for the recall that 'linfhash advise --check' compares with (default: sampled from the"
                            + " vectors). Nothing is fitted to them.")
    private @Nullable Path queries;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--prefix",
            paramLabel = "N",
            description =
                    "Take the first N dimensions of all vectors, for models that are trained for shorter embeddings.")
    private @Nullable Integer prefix;

    @Option(
            names = "--with-vectors",
            description = "Include full-precision vectors in the pgvector table, for rescoring.")
    private boolean withVectors;

    @Option(
            names = "--ids",
            paramLabel = "FILE",
            description = "Ids for the pgvector table, one per line (default: row numbers from 0).")
    private @Nullable Path ids;

    @Option(
            names = "--no-check-record",
            description =
                    "Do not fit a second quantizer and record its recall, which 'linfhash advise --check' compares with.")
    private boolean unrecorded;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        quantizer.check("quantize");
        if (withVectors && prefix != null) {
            throw new InputException(
                    "--with-vectors: expected no --prefix, as the table would contain the first dimensions only");
        }
        if (unrecorded && queries != null) {
            throw new InputException("--queries: expected no --no-check-record, as only the record uses them");
        }
        queries = queries == null ? null : FeatureFiles.ofQueries(queries);
        input.requireUse(queries);
        written.checkIn("--out", out, QuantizerFolder.FILES, List.of());
        try (FeatureFiles.Opened opened = FeatureFiles.open(input.vectors(), input.layout(), progress())) {
            FeatureMatrix given = opened.features();
            if (prefix != null) {
                NumberList.requireWithin("--prefix", prefix, 1, given.dimension() - 1L);
            }
            quantize(given, prefix == null ? given : Prefix.first(given, prefix));
        }
        return ExitCodes.OK;
    }

    /**
     * Writes the folder.
     *
     * @param given as they are in the file
     * @param vectors the same, or their first coordinates
     */
    private void quantize(FeatureMatrix given, FeatureMatrix vectors) throws IOException {
        FeatureMatrix asked = queries == null
                ? null
                : FeatureFiles.read(queries, input.layout().ofDimension(given.dimension()), progress());
        if (asked != null && (asked.dimension() != given.dimension() || asked.rows() < 2)) {
            throw new InputException(queries + ": expected at least two vectors of dimension " + given.dimension()
                    + " as in " + input.vectors() + ", found " + asked.rows() + " of dimension " + asked.dimension());
        }
        if (asked != null && prefix != null) {
            asked = Prefix.first(asked, prefix);
        }
        FeatureMatrix prepared = PreparedVectors.of(
                quantizer.similarity(), vectors, input.vectors().toString());
        List<String> named = ids == null
                ? List.of()
                : VectorIds.read(ids, input.vectors().toString(), vectors.rows(), progress())
                        .inOrder();
        QuantizerSpec.Configured configured = quantizer.configured(vectors.dimension());
        PortableQuantizer fitted = quantizer.fit(configured, prepared);
        QuantizerFolder folder = new QuantizerFolder(
                configured,
                quantizer.similarity(),
                quantizer.seed(),
                withVectors,
                named,
                ShownCommand.of(spec()),
                prefix == null ? null : given.dimension());
        folder.check(fitted, prepared);
        try (OutputFolder open = OutputFolder.openForFiles(out)) {
            folder.write(open.path(), vectors, prepared, fitted);
            if (unrecorded) {
                say("Recall for 'linfhash advise --check' is not recorded.");
            } else if (vectors.rows() >= DriftProfile.LEAST_TO_FIT) {
                FittedRecord.write(open.path(), profile(configured, vectors, prepared, asked));
            } else {
                say("Recall for 'linfhash advise --check' is recorded of " + DriftProfile.LEAST_TO_FIT
                        + " vectors or more.");
            }
        }
        say("wrote " + out + ": " + configured.name() + " "
                + StrictReader.toYamlFlow(QuantizerFolder.options(configured.options())) + ", " + vectors.rows()
                + " codes of " + fitted.bytes() + " bytes");
        List<String> others = quantizer.alternatives(vectors.dimension()).stream()
                .map(StrictReader::toYamlFlow)
                .toList();
        if (!others.isEmpty()) {
            int more = others.size() - MOST_NAMED;
            say("Other options fit into --bytes, too: "
                    + String.join(" or ", others.subList(0, Math.min(MOST_NAMED, others.size())))
                    + (more > 0 ? " or one of " + more + " more" : "")
                    + ". Name those that 'linfhash advise' chose with --option.");
        }
        folder.notes(fitted.parts()).forEach(this::say);
    }

    /** Of a second quantizer, fitted to other vectors than those that it searches. */
    private DriftProfile profile(
            QuantizerSpec.Configured configured,
            FeatureMatrix vectors,
            FeatureMatrix prepared,
            @Nullable FeatureMatrix asked) {
        RandomStreams random = new RandomStreams(quantizer.seed());
        DriftProfile.Draw draw = DriftProfile.Draw.toFit(vectors.rows(), asked != null, random);
        DriftProfile.Sample sample = DriftProfile.Sample.of(vectors.select(draw.measured()), draw, asked, random);
        try (Progress.Task task = progress().begin("recall for later checks", 2)) {
            PortableQuantizer second = quantizer.fit(configured, prepared.select(draw.others()));
            task.advance(1);
            DriftProfile profile = DriftProfile.of(
                    DriftProfile.Coder.of(second, quantizer.similarity()),
                    quantizer.similarity(),
                    sample,
                    DriftProfile.NEIGHBORS,
                    DriftProfile.sizes(draw.searched()));
            task.advance(1);
            return profile;
        }
    }
}
