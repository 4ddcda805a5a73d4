package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The losses of encoders as a user has them: listed, shown, described, searched, trained with, and refused. */
class LossCommandsTest extends ProgramOnTinyHome {
    private static final Blobs VECTORS = Blobs.labelSets(new Blobs.Sizes(5, 16, 120, 1), 4);

    private String[] train(String labels, LossKind loss) throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), VECTORS.train());
        return new String[] {
            "train",
            "--vectors=" + root.resolve("x.npy"),
            "--labels=" + root.resolve(labels),
            "--method=" + (loss == LossKind.REGRESSION ? "deep-linf" : "nnh"),
            "--bits=8",
            "--option=training.epochs=1",
            "--option=training.batch.steps=5",
            "--option=training.loss=" + loss.word(),
            "--out=" + root.resolve("m.linfhash")
        };
    }

    @ParameterizedTest
    @EnumSource(LossKind.class)
    void isListedShownAndDescribed(LossKind loss) throws IOException {
        succeed("list losses");
        assertThat(succeed("show %s", loss.word()))
                .containsSubsequence(loss.word(), loss.title(), loss.citation(), "training.loss: " + loss.word());
        String page = Files.readString(realHome().resolve("docs/losses.md"));
        assertThat(page).contains("`" + loss.word() + "`");
        for (OptionEntry option : loss.options()) {
            assertThat(out.toString()).contains(option.name());
            assertThat(page).contains("`" + option.name() + "`");
        }
    }

    @ParameterizedTest
    @EnumSource(LossKind.class)
    void trainsAModelThatSaysSo(LossKind loss) throws IOException {
        int[] classes = new int[120];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = i % 5;
        }
        LabelArrays.write(root.resolve("y.npy"), ClassLabels.of(classes));
        assertThat(run(train("y.npy", loss))).as(err.toString()).isZero();
        assertThat(succeed("show F/m.linfhash")).contains("loss=" + loss.word() + ",");
    }

    @Test
    void severalLabelsAreRefusedBeforeTrainingByALossOfOneClass() throws IOException {
        LabelArrays.write(root.resolve("sets.npy"), (LabelSets) VECTORS.trainLabels());
        assertThat(run(train("sets.npy", LossKind.GREEDYHASH))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString())
                .contains("training.loss: greedyhash takes one class of each image, found 2 labels of image 0");
        assertThat(root.resolve("m.linfhash")).doesNotExist();

        Path protocol = root.resolve("my.yaml");
        succeed("init --vectors=F/x.npy --labels=F/sets.npy --out=%s", protocol);
        String text = Files.readString(protocol);
        assertThat(text).contains("pairs: in-batch");
        Files.writeString(protocol, text.replace("pairs: in-batch", "pairs: in-batch, loss: greedyhash"));
        assertThat(badInput("run --protocol=%s --methods=nnh --out=F/out", protocol))
                .contains("training.loss: greedyhash takes one class of each image");
    }
}
