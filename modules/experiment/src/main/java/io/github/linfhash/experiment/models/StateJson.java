package io.github.linfhash.experiment.models;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@link ModelState} as {@code model.json} has it, with its arrays in files of their own.
 *
 * @param arrays what each array is
 */
record StateJson(
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
                    + shortened(kind) + ", " + inputs + " and " + outputs);
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
                throw new InputException(
                        where + ": expected names of letters, digits and hyphens, found " + shortened(part));
            }
        }
        int count = numbers.size() + words.size() + arrays.size();
        if (parts.size() != count || count > MOST_PARTS) {
            throw new InputException(where + ": expected at most " + MOST_PARTS
                    + " numbers, words and arrays of different names, found " + count);
        }
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return "'" + (plain.length() > 40 ? plain.substring(0, 40) + "..." : plain) + "'";
    }
}
