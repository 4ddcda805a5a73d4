package io.github.linfhash.cli;

import io.github.linfhash.cli.templates.DataSketch;
import io.github.linfhash.cli.templates.ProtocolDraft;
import io.github.linfhash.cli.templates.YamlText;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.ProtocolName;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.data.gist.Gist;
import io.github.linfhash.data.gist.GistOptions;
import io.github.linfhash.data.images.ImageFolder;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.DataWarnings;
import io.github.linfhash.formats.vectors.TableForm;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash init}: a protocol file for a user's own data. */
@Command(
        name = "init",
        customSynopsis = "linfhash init [OPTIONS] (--vectors FILE | --images DIR) --out FILE.yaml",
        description = "Inspects your data and writes a ready-to-run protocol file.",
        footer = {
            "  linfhash init --vectors x.npy --labels y.npy --out my.yaml",
            "  linfhash init --vectors data.libsvm --labels data.libsvm --out my.yaml",
            "  linfhash init --vectors data.csv --label-column species --id-column id --delimiter ';' --out my.yaml",
            "  linfhash init --vectors data.parquet:embedding --labels data.parquet:digit --out my.yaml",
            "  linfhash init --images photos --side 64 --out photos.yaml",
            "  linfhash run --protocol my.yaml --quick",
            "",
            "Vectors: .npy, .npz (FILE.npz:NAME), .fvecs, .bvecs, .fbin, .ibin, .u8bin, .i8bin, .hdf5 or .h5",
            "(FILE.hdf5:NAME), .libsvm, .svm, .csv, .tsv or .parquet (FILE.parquet:COLUMN). Labels: .npy,",
            ".npz, LIBSVM, tables, or .txt with a class or space-separated labels per line. In a table with both, labels are",
            "in the column label, class or target, or in --label-column. Images: .jpg, .jpeg, .png and .webp in one folder",
            "per class."
        })
final class InitCommand extends BaseCommand {
    private static final String ENDING = ".yaml";
    private static final GistOptions GIST = GistOptions.DEFAULT;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Source source;

    /** Vectors or images. */
    static final class Source {
        @ArgGroup(exclusive = false)
        private @Nullable LabeledVectors vectors;

        @ArgGroup(exclusive = false)
        private @Nullable Images images;
    }

    /** Images in a folder for each class. */
    static final class Images {
        @Option(
                names = "--images",
                paramLabel = "DIR",
                required = true,
                description = "Folder with one subfolder of images per class.")
        @SuppressWarnings("NullAway.Init")
        private Path folder;

        @Option(names = "--side", paramLabel = "N", description = "Scale images to N x N pixels (default: 64).")
        private int side = 64;

        @Option(
                names = "--skip-unreadable",
                description = "Skip and list files that cannot be read as images, now and in all runs of the protocol.")
        private boolean skipUnreadable;
    }

    @Option(names = "--out", paramLabel = "FILE.yaml", required = true, description = "Protocol file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        requireName();
        written.check("--out", out);
        Progress progress = progress();
        ProtocolDraft draft = source.vectors != null
                ? ofVectors(source.vectors, progress)
                : ofImages(Objects.requireNonNull(source.images), progress);
        DataWarnings.of(draft.data().labels()).forEach(this::note);
        AtomicFiles.write(out, draft.toYaml());
        say(draft.data().title() + "; " + draft.sizes());
        say("wrote " + out + "; './linfhash run --protocol " + out + " --quick' tries it");
        return ExitCodes.OK;
    }

    private void requireName() {
        String file = String.valueOf(out.getFileName());
        if (!file.endsWith(ENDING) || !ProtocolName.is(file.substring(0, file.length() - ENDING.length()))) {
            throw new InputException("--out: expected a file name of " + ProtocolName.FORM + " that ends in " + ENDING
                    + ", found '" + file + "'");
        }
    }

    private ProtocolDraft ofVectors(LabeledVectors vectors, Progress progress) {
        String title = String.valueOf(vectors.vectors().getFileName());
        DataSketch data = DataSketch.of(title, vectors.read(progress));
        return new ProtocolDraft(sourceLines(vectors), List.of(), data);
    }

    private List<String> sourceLines(LabeledVectors vectors) {
        List<String> lines = new ArrayList<>();
        lines.add("features: " + YamlText.quoted(fromProtocol(vectors.vectors())));
        lines.add("labels: " + YamlText.quoted(fromProtocol(vectors.labels())));
        TableForm layout = vectors.stated();
        addIfNamed(lines, "labelColumn", layout.labelColumn());
        addIfNamed(lines, "idColumn", layout.idColumn());
        addIfNamed(lines, "delimiter", layout.delimiter());
        addIfStated(lines, "header", layout.header());
        addIfStated(lines, "indexBase", layout.indexBase());
        addIfStated(lines, "dimension", layout.dimension());
        return lines;
    }

    private static void addIfNamed(List<String> lines, String key, @Nullable String value) {
        if (value != null) {
            lines.add(key + ": " + YamlText.quoted(value));
        }
    }

    private static void addIfStated(List<String> lines, String key, @Nullable Object value) {
        if (value != null) {
            lines.add(key + ": " + value);
        }
    }

    private ProtocolDraft ofImages(Images images, Progress progress) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "images: " + YamlText.quoted(fromProtocol(images.folder)),
                "# Each image becomes a square of so many pixels.",
                "side: " + images.side));
        if (images.skipUnreadable) {
            lines.add("# Files that cannot be read as images are left out and listed.");
            lines.add("skipUnreadable: true");
        }
        List<String> gist = List.of(
                "convention: lmgist",
                "orientationsPerScale: " + GIST.orientationsPerScale(),
                "blocks: " + GIST.blocks(),
                "prefilterCycles: " + GIST.prefilterCycles());
        String title = String.valueOf(images.folder.toAbsolutePath().normalize().getFileName());
        ImageFolder.Found found = ImageFolder.read(
                images.folder,
                images.side,
                images.skipUnreadable ? ImageFolder.Unreadable.LEFT_OUT : ImageFolder.Unreadable.REFUSED,
                progress);
        found.leftOut().forEach(fault -> progress.note("left out: " + fault));
        found.facts().forEach(err()::println);
        FeatureCache cache = new FeatureCache(ProjectHome.find().cache().resolve("features"));
        DataSketch data = DataSketch.of(title, found.images(), new Gist(GIST).extract(found.images(), cache, progress));
        return new ProtocolDraft(lines, gist, data);
    }

    /** A path as the protocol file is to name it: absolute if the user did so, otherwise from the file's folder. */
    private String fromProtocol(Path path) {
        if (path.isAbsolute()) {
            return path.normalize().toString();
        }
        Path folder = out.toAbsolutePath().normalize().getParent();
        Path target = path.toAbsolutePath().normalize();
        return (folder == null ? target : folder.relativize(target)).toString();
    }
}
