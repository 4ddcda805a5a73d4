package io.github.linfhash.experiment.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.codes.files.JsonObject;
import io.github.linfhash.codes.files.NumpyArray;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.experiment.models.TrainedModel.ModelCard;
import io.github.linfhash.experiment.models.TrainedModel.ModelCard.Program;
import io.github.linfhash.experiment.models.TrainedModel.ModelCard.Training;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.StoredArchive;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Preprocessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** The value of the key {@code schema}. */
    public static final String SCHEMA = "linfhash-model/1";

    private static final String JSON = "model.json";
    private static final int LARGEST_JSON = 1 << 20;
    private static final int MOST_MEMBERS = 512;
    private static final String PREPROCESSING = "preprocessing";
    private static final String FUNCTION = "function";

    private ModelFile() {}

    /** The content of model.json. */
    private record Content(
            String schema,
            String method,
            // Left out where there is none, as in files of before there was such a key.
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String variant,

            int bits,
            int dimension,
            Map<String, Object> options,
            long seed,
            Training training,
            Program program,
            StateJson preprocessing,
            StateJson function) {
        Content {
            if (variant != null && !MethodEntry.isVariant(variant)) {
                throw new IllegalArgumentException(
                        "expected as variant lower-case words with dashes, found '" + variant + "'");
            }
        }

        ModelCard card() {
            return new ModelCard(method, variant, bits, dimension, options, seed, training, program);
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
                card.variant(),
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

    /**
     * A {@link ModelState} as {@code model.json} has it, with its arrays in files of their own.
     *
     * @param arrays what each array is
     */
    private record StateJson(
            String kind,
            int inputs,
            int outputs,
            Map<String, Double> numbers,
            Map<String, String> words,
            Map<String, ArrayJson> arrays) {
        private static final int MOST_PARTS = 256;
        private static final int LARGEST_SIZE = 1 << 20;

        /**
         * One array.
         *
         * @param type float32, float64 or int32
         * @param shape one or two sizes
         * @param sha256 of the whole .npy file
         */
        record ArrayJson(String type, List<Integer> shape, String sha256) {}

        /** The state's JSON; its arrays are added to the members under {@code folder/NAME.npy}. */
        static StateJson of(ModelState state, String folder, Map<String, byte[]> members) {
            Map<String, ArrayJson> arrays = new LinkedHashMap<>();
            state.arrays().forEach((name, array) -> {
                byte[] file = ModelArrays.toNpy(array);
                members.put(member(folder, name), file);
                arrays.put(name, ModelArrays.describe(array, file));
            });
            return new StateJson(state.kind(), state.inputs(), state.outputs(), state.numbers(), state.words(), arrays);
        }

        /** The state with its arrays, which are taken out of the members. */
        ModelState state(String file, String folder, Map<String, byte[]> members) {
            requireSane(file + ", model.json, " + folder);
            Map<String, ModelArray> read = new LinkedHashMap<>();
            arrays.forEach((name, description) -> {
                String member = member(folder, name);
                byte[] content = members.remove(member);
                if (content == null) {
                    throw new InputException(file + ": expected a member " + member + ", found none");
                }
                read.put(name, ModelArrays.ofNpy(file + ", " + member, description, content));
            });
            return new ModelState(kind, inputs, outputs, numbers, words, read);
        }

        private static String member(String folder, String name) {
            return folder + "/" + name + ".npy";
        }

        private void requireSane(String where) {
            if (!kind.matches(ModelState.NAME) || inputs < 1 || outputs < 1) {
                throw new InputException(where + ": expected a kind and at least one input and output, found "
                        + JsonObject.shortened(kind) + ", " + inputs + " and " + outputs);
            }
            if (inputs > LARGEST_SIZE || outputs > LARGEST_SIZE) {
                throw new InputException(where + ": expected at most " + LARGEST_SIZE + " inputs and outputs, found "
                        + inputs + " and " + outputs);
            }
            Set<String> parts = new LinkedHashSet<>(numbers.keySet());
            parts.addAll(words.keySet());
            parts.addAll(arrays.keySet());
            for (String part : parts) {
                if (!part.matches(ModelState.NAME)) {
                    throw new InputException(where + ": expected names of letters, digits and hyphens, found "
                            + JsonObject.shortened(part));
                }
            }
            int count = numbers.size() + words.size() + arrays.size();
            if (parts.size() != count || count > MOST_PARTS) {
                throw new InputException(where + ": expected at most " + MOST_PARTS
                        + " numbers, words and arrays of different names, found " + count);
            }
        }

        /** The arrays of a model as .npy files. */
        private static final class ModelArrays {
            private ModelArrays() {}

            /** The bytes of an array's file. */
            static byte[] toNpy(ModelArray array) {
                NpyType type = NpyType.valueOf(array.type().name());
                int elements = array.shape().stream().reduce(1, Math::multiplyExact);
                ByteBuffer content = ByteBuffer.allocate(Math.multiplyExact(type.bytes(), elements))
                        .order(ByteOrder.LITTLE_ENDIAN);
                switch (array.type()) {
                    case FLOAT32 -> content.asFloatBuffer().put(array.floats());
                    case FLOAT64 -> content.asDoubleBuffer().put(array.doubles());
                    case INT32 -> content.asIntBuffer().put(array.ints());
                }
                return NpyFile.toBytes(NpyArray.owning(type, array.shape(), content.array()));
            }

            static StateJson.ArrayJson describe(ModelArray array, byte[] file) {
                return new StateJson.ArrayJson(name(array.type()), array.shape(), sha256(file));
            }

            private static String name(Enum<?> type) {
                return type.name().toLowerCase(Locale.ROOT);
            }

            private static String sha256(byte[] file) {
                return HexFormat.of().formatHex(Digests.sha256().digest(file));
            }

            /**
             * The array of a file.
             *
             * @param where names the file for messages
             * @param stated what model.json says of it
             */
            static ModelArray ofNpy(String where, StateJson.ArrayJson stated, byte[] file) {
                if (!sha256(file).equals(stated.sha256())) {
                    throw new InputException(
                            where + " is damaged: expected the SHA-256 that model.json states, found another");
                }
                int[] shape =
                        stated.shape().stream().mapToInt(Integer::intValue).toArray();
                try {
                    NumpyArray array = NumpyArray.of(where, file);
                    return switch (stated.type()) {
                        case "float32" -> ModelArray.floats(array.floats(shape), shape);
                        case "float64" -> ModelArray.doubles(array.doubles(shape), shape);
                        case "int32" -> ModelArray.ints(array.ints(shape), shape);
                        default ->
                            throw new InputException(where + ": expected float32, float64 or int32, found "
                                    + JsonObject.shortened(stated.type()));
                    };
                } catch (IOException e) {
                    throw new InputException(Objects.requireNonNull(e.getMessage()), e);
                }
            }
        }
    }
}
