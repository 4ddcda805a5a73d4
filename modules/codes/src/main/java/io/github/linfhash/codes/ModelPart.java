package io.github.linfhash.codes;

import io.github.linfhash.codes.files.JsonObject;
import io.github.linfhash.codes.files.NumpyArray;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One of the two maps of a model file, {@code preprocessing} or {@code function}, with its arrays. */
final class ModelPart implements ModelValues {
    private static final int LARGEST_SIZE = 1 << 20;

    private final String where;
    private final JsonObject json;
    private final JsonObject numbers;
    private final JsonObject words;
    private final Map<String, NumpyArray> arrays = new LinkedHashMap<>();

    /**
     * Reads a part.
     *
     * @param file names the file for messages
     * @param name of the part
     * @param members of the archive; the arrays of this part are taken out of them
     */
    ModelPart(String file, String name, JsonObject model, Map<String, byte[]> members) throws IOException {
        this.where = file + ", " + name;
        this.json = model.object(name);
        this.numbers = json.object("numbers");
        this.words = json.object("words");
        JsonObject described = json.object("arrays");
        for (String array : described.names()) {
            String member = name + "/" + array + ".npy";
            byte[] content = members.remove(member);
            if (content == null) {
                throw new InvalidFileException(
                        file + ": expected a member for each array that model.json lists, found none for " + name);
            }
            if (!described.object(array).text("sha256").equals(sha256(content))) {
                throw new InvalidFileException(file + ", " + member
                        + " is damaged: expected the SHA-256 that model.json states, found another");
            }
            arrays.put(array, NumpyArray.of(file + ", " + member, content));
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Which form of map it is. */
    String kind(List<String> allowed) throws InvalidFileException {
        return json.oneOf("kind", allowed);
    }

    /** Checks the sizes before anything is made of them. */
    void requireSizes() throws InvalidFileException {
        json.count("inputs", 1, LARGEST_SIZE);
        json.count("outputs", 1, LARGEST_SIZE);
    }

    private int size(String name) {
        try {
            return json.count(name, 1, LARGEST_SIZE);
        } catch (InvalidFileException e) {
            throw new IllegalStateException("sizes are checked first", e);
        }
    }

    @Override
    public int inputs() {
        return size("inputs");
    }

    @Override
    public int outputs() {
        return size("outputs");
    }

    @Override
    public boolean hasNumber(String name) {
        return numbers.has(name);
    }

    @Override
    public double number(String name, double least, double most) throws InvalidFileException {
        return numbers.number(name, least, most);
    }

    @Override
    public int count(String name, int least, int most) throws InvalidFileException {
        return numbers.count(name, least, most);
    }

    @Override
    public String word(String name, List<String> allowed) throws InvalidFileException {
        return words.oneOf(name, allowed);
    }

    @Override
    public String word(String name, List<String> allowed, String absent) throws InvalidFileException {
        return words.has(name) ? words.oneOf(name, allowed) : absent;
    }

    @Override
    public int rows(String name) throws InvalidFileException {
        int rows = array(name).shape().get(0);
        if (rows < 1) {
            throw new InvalidFileException(where + ", " + name + ": expected at least one row, found none");
        }
        return rows;
    }

    @Override
    public float[] floats(String name, int... shape) throws InvalidFileException {
        return array(name).floats(shape);
    }

    @Override
    public double[] doubles(String name, int... shape) throws InvalidFileException {
        return array(name).doubles(shape);
    }

    @Override
    public int[] indices(String name, int below, int... shape) throws InvalidFileException {
        int[] values = array(name).ints(shape);
        for (int value : values) {
            if (value < 0 || value >= below) {
                throw new InvalidFileException(
                        where + ", " + name + ": expected numbers from 0 to " + (below - 1) + ", found " + value);
            }
        }
        return values;
    }

    /** Whether there is an array of a name. */
    boolean hasArray(String name) {
        return arrays.containsKey(name);
    }

    /** An error about the kind or a size. */
    InvalidFileException wrong(String name, String expected) {
        return json.wrong(name, expected);
    }

    private NumpyArray array(String name) throws InvalidFileException {
        if (!hasArray(name)) {
            throw new InvalidFileException(where + ": expected an array " + name + ", found none");
        }
        return Objects.requireNonNull(arrays.get(name));
    }
}
