package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.advisor.advice.DriftProfile;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The {@link DriftProfile} of the vectors that a quantizer was fitted to, in its folder: the numbers as {@code fitted} of {@code quantizer.json},
 * and the mean as {@value #MEAN}.
 */
public final class FittedRecord {
    static final String MEAN = "mean.npy";
    private static final String KEY = "fitted";
    private static final String SUMS = "sha256";

    private FittedRecord() {}

    /**
     * Adds the record to a folder that {@link QuantizerFolder#write} wrote.
     *
     * @throws IOException if the folder cannot be read or written
     */
    public static void write(Path folder, DriftProfile profile) throws IOException {
        Path card = folder.resolve(QuantizerFolder.CARD);
        ObjectNode json = (ObjectNode) StrictReader.tree(card.toString(), Files.readAllBytes(card));
        json.withObject("/others").put(MEAN, "the mean of x over sampled vectors, for 'linfhash advise --check'");
        json.putPOJO(KEY, profile.found());
        FeatureArrays.write(folder.resolve(MEAN), profile.mean());
        json.withObject("/" + SUMS).put(MEAN, Digests.sha256(folder.resolve(MEAN)));
        AtomicFiles.write(card, StrictReader.toJsonFile(json));
    }

    /**
     * Reads the record of a folder.
     *
     * @param dimension of the quantizer's vectors
     * @return empty if the folder has none
     * @throws InputException if the record is damaged
     * @throws IOException if the folder cannot be read
     */
    public static Optional<DriftProfile> read(Path folder, int dimension) throws IOException {
        Path card = folder.resolve(QuantizerFolder.CARD);
        JsonNode json = StrictReader.tree(card.toString(), Files.readAllBytes(card));
        JsonNode fitted = json.path(KEY);
        if (fitted.isMissingNode()) {
            return Optional.empty();
        }
        DriftProfile.Found found = StrictReader.bind(card + ", " + KEY, fitted, DriftProfile.Found.class);
        FeatureMatrix mean = FeatureArrays.read(folder.resolve(MEAN));
        if (mean.rows() != 1 || mean.dimension() != dimension) {
            throw new InputException(folder.resolve(MEAN) + ": expected one vector of dimension " + dimension
                    + ", found " + mean.rows() + " of dimension " + mean.dimension());
        }
        JsonNode sum = json.path(SUMS).path(MEAN);
        if (!sum.isMissingNode() && !sum.asText().equals(Digests.sha256(folder.resolve(MEAN)))) {
            throw new InputException(folder.resolve(MEAN) + ": expected the file that " + QuantizerFolder.CARD
                    + " describes, found another one (the SHA-256 differs); run 'linfhash quantize' again");
        }
        return Optional.of(new DriftProfile(found, mean));
    }
}
