package io.github.linfhash.core.method;

import io.github.linfhash.codes.ModelValues;
import io.github.linfhash.core.errors.InputException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a {@link ModelState} apart and refuses what is missing, of another type or shape, out of range, or left over.
 *
 * <p>Every failure is an {@link InputException}, for states come from files that may come from anywhere.
 */
public final class StateReader implements ModelValues {
    private final ModelState state;
    private final Set<String> taken = new LinkedHashSet<>();

    private StateReader(ModelState state) {
        this.state = state;
    }

    /** A reader of a state that must be of the given kind. */
    public static StateReader of(ModelState state, String kind) {
        if (!state.kind().equals(kind)) {
            throw new InputException("kind: expected " + kind + ", found " + state.kind());
        }
        return new StateReader(state);
    }

    @Override
    public int inputs() {
        return state.inputs();
    }

    @Override
    public int outputs() {
        return state.outputs();
    }

    @Override
    public boolean hasNumber(String name) {
        return state.numbers().containsKey(name);
    }

    /** A number within bounds, both included. */
    @Override
    public double number(String name, double least, double most) {
        Double value = state.numbers().get(name);
        taken.add(name);
        if (value == null || !(value >= least && value <= most)) {
            throw wrong(name, "a number from " + least + " to " + most, value == null ? "none" : value.toString());
        }
        return value;
    }

    /** A whole number within bounds, both included. */
    @Override
    public int count(String name, int least, int most) {
        double value = number(name, least, most);
        if (value != (int) value) {
            throw wrong(name, "a whole number", Double.toString(value));
        }
        return (int) value;
    }

    /** One of several words. */
    @Override
    public String word(String name, List<String> allowed) {
        String value = state.words().get(name);
        taken.add(name);
        if (value == null || !allowed.contains(value)) {
            throw wrong(name, "one of " + String.join(", ", allowed), value == null ? "none" : "'" + value + "'");
        }
        return value;
    }

    /** One of several words, or another one where files of earlier versions have none. */
    @Override
    public String word(String name, List<String> allowed, String absent) {
        return state.words().containsKey(name) ? word(name, allowed) : absent;
    }

    /** The number of rows of an array that must be there, at least 1. */
    @Override
    public int rows(String name) {
        ModelArray array = state.arrays().get(name);
        if (array == null || array.shape().get(0) < 1) {
            throw wrong(name, "an array with at least one row", array == null ? "none" : array.toString());
        }
        return array.shape().get(0);
    }

    /** The values of a float32 array of the given shape, in a new array. */
    @Override
    public float[] floats(String name, int... shape) {
        return array(name, ModelArray.Type.FLOAT32, shape).floats();
    }

    /** The values of a float64 array of the given shape, in a new array. */
    @Override
    public double[] doubles(String name, int... shape) {
        return array(name, ModelArray.Type.FLOAT64, shape).doubles();
    }

    /** The values of an int32 array of the given shape, each from 0 to {@code below} - 1, in a new array. */
    @Override
    public int[] indices(String name, int below, int... shape) {
        int[] values = array(name, ModelArray.Type.INT32, shape).ints();
        for (int value : values) {
            if (value < 0 || value >= below) {
                throw wrong(name, "numbers from 0 to " + (below - 1), Integer.toString(value));
            }
        }
        return values;
    }

    private ModelArray array(String name, ModelArray.Type type, int[] shape) {
        ModelArray array = state.arrays().get(name);
        taken.add(name);
        List<Integer> sizes = Arrays.stream(shape).boxed().toList();
        if (array == null || array.type() != type || !array.shape().equals(sizes)) {
            throw wrong(name, ModelArray.describe(type, sizes), array == null ? "none" : array.toString());
        }
        return array;
    }

    /** Checks that nothing is left that was not asked for. */
    public void end() {
        String left = Stream.of(state.numbers(), state.words(), state.arrays())
                .flatMap(map -> map.keySet().stream())
                .filter(name -> !taken.contains(name))
                .collect(Collectors.joining(", "));
        if (!left.isEmpty()) {
            throw new InputException(
                    state.kind() + ": expected nothing but " + String.join(", ", taken) + ", found " + left);
        }
    }

    private InputException wrong(String name, String expected, String found) {
        return new InputException(state.kind() + ", " + name + ": expected " + expected + ", found " + found);
    }
}
