package io.github.linfhash.experiment.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A model that commit fccb02fb wrote, whose card has keys in British spelling, gives the codes that it gave there. */
class OldModelTest {
    private static final float[] VECTORS = {
        1.288f, 1.449f, 0.066f, -0.765f, -1.092f, 0.031f, 0.978f, 0.563f, 2.199f, 2.133f, 2.546f, 1.086f,
    };

    @Test
    void itsCodesStay() throws URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(OldModelTest.class.getResource("before-us-spelling.linfhash"))
                .toURI());
        TrainedModel model = Models.read(file);
        BinaryCodes codes = model.encode(FeatureMatrix.owning(2, 6, VECTORS), "here");
        assertThat(codes.toBytes()).containsExactly(249, 253);
    }
}
