package io.github.linfhash.embeddings.cli;

import io.github.linfhash.cli.LinfhashCommand;
import io.github.linfhash.cli.VectorsOutput;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linfhash embed}: vectors of texts or images by published models, as NumPy files. */
@Command(
        name = "embed",
        customSynopsis = {
            "linfhash embed [OPTIONS] --texts FILE --model M --out F.npy",
            "linfhash embed [OPTIONS] (--images DIR | --protocol P) --network FILE",
            "      --out F.npy"
        },
        description = {LinfhashCommand.EMBED, "Classes, if any, are written to .labels.npy."},
        footer = {
            "  linfhash embed --texts questions.txt --model all-minilm-l6-v2 --out questions.npy",
            "  linfhash embed --texts t.csv --column body --label-column topic --model e5-small-v2 --out t.npy",
            "  linfhash embed --images photos --network model.onnx --out photos.npy",
            "  linfhash embed --protocol cifar10 --data ~/data --network model.onnx --side 128 --out cifar10.npy",
            "",
            "Texts keep the order of the file. Images are ordered by class name, then file name, and classes are",
            "numbered from 0 in the order of their names. Text embeddings have norm 1. Embeddings are cached."
        })
final class EmbedCommand extends BaseCommand {
    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Work work;

    @Mixin
    private final VectorsOutput out = new VectorsOutput();

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    /** Either of two. */
    private static final class Work {
        @ArgGroup(exclusive = false, multiplicity = "1", heading = "%nTexts:%n")
        private @Nullable TextSource texts;

        @ArgGroup(exclusive = false, multiplicity = "1", heading = "%nImages:%n")
        private @Nullable ImageSource images;
    }

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Progress progress = progress();
        EmbeddedRows rows;
        if (work.texts != null) {
            out.check(written, List.of());
            rows = work.texts.embed(home, progress);
        } else {
            ImageSource images = Objects.requireNonNull(work.images);
            out.check(written, images.files(home));
            rows = images.embed(home, new FeatureCache(home.cache().resolve("features")), progress);
        }
        out.write(rows.vectors(), rows.labels(), err());
        return ExitCodes.OK;
    }
}
