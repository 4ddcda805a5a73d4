package io.github.linfhash.experiment.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.experiment.models.ModelCard.Program;
import io.github.linfhash.experiment.models.ModelCard.Training;
import io.github.linfhash.io.archive.StoredArchive;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Preprocessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trained models as files {@code NAME.linfhash}; docs/model-format.md describes them.
 *
 * <p>A file is a zip archive of {@code model.json}, and an .npy file for each array of the preprocessing and of the
 * learned function, all stored as they are. Files are untrusted: nothing in them names a class or a path, and what they
 * claim is checked before it is used.
 */
public final class ModelFile {
    /** How file names end. */
    public static final String ENDING = ".linfhash";

    /** What the key {@code schema} says. */
    public static final String SCHEMA = "linfhash-model/1";

    private static final String JSON = "model.json";
    private static final int LARGEST_JSON = 1 << 20;
    private static final int MOST_MEMBERS = 512;
    private static final String PREPROCESSING = "preprocessing";
    private static final String FUNCTION = "function";

    private ModelFile() {}

    /** What model.json holds. */
    private record Content(
            String schema,
            String method,
            // Left out where there is none, as in files of before there was such a key.
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String row,

            int bits,
            int dimension,
            Map<String, Object> options,
            long seed,
            Training training,
            Program program,
            StateJson preprocessing,
            StateJson function) {
        Content {
            if (row != null && !MethodEntry.isRow(row)) {
                throw new IllegalArgumentException("expected as row lower-case words with dashes, found '" + row + "'");
            }
        }

        ModelCard card() {
            return new ModelCard(method, row, bits, dimension, options, seed, training, program);
        }
    }

    /**
     * Replaces a file by a model, whole or not at all.
     *
     * @throws IOException if writing fails
     */
    public static void write(Path file, TrainedModel model) throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        ModelCard card = model.card();
        Content content = new Content(
                SCHEMA,
                card.method(),
                card.row(),
                card.bits(),
                card.dimension(),
                card.options(),
                card.seed(),
                card.training(),
                card.program(),
                StateJson.of(model.preprocessor().state(), PREPROCESSING, arrays),
                StateJson.of(model.function().state(), FUNCTION, arrays));
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put(JSON, (StrictReader.toJson(content) + "\n").getBytes(StandardCharsets.UTF_8));
        members.putAll(arrays);
        StoredArchive.write(file, members);
    }

    /**
     * Reads a model.
     *
     * @param methods the registered method of a name; fails with an {@link InputException} where there is none
     * @throws InputException if the file is missing or is anything else than a model that linfhash can restore
     */
    public static TrainedModel read(Path file, Function<String, MethodSpec<?>> methods) {
        Map<String, byte[]> members = StoredArchive.read(file, "a model of linfhash", MOST_MEMBERS);
        Content content = content(file, members.remove(JSON));
        var preprocessing = content.preprocessing().state(file.toString(), PREPROCESSING, members);
        var function = content.function().state(file.toString(), FUNCTION, members);
        if (!members.isEmpty()) {
            throw new InputException(
                    file + ": expected the arrays that model.json lists, found " + members.size() + " more members");
        }
        try {
            return new TrainedModel(
                    content.card(),
                    Preprocessor.restore(preprocessing),
                    methods.apply(content.method()).restore(function));
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private static Content content(Path file, byte @Nullable [] json) {
        if (json == null || json.length > LARGEST_JSON) {
            throw new InputException(file + ": expected a member " + JSON + " of at most 1 MiB, found "
                    + (json == null ? "none" : "one of " + json.length + " bytes"));
        }
        Content content = StrictReader.readJson(file + ", " + JSON, json, Content.class);
        if (!content.schema().equals(SCHEMA)) {
            throw new InputException(file + ", " + JSON + ", schema: expected " + SCHEMA + ", found another");
        }
        return content;
    }
}
