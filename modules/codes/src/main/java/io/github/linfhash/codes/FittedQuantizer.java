package io.github.linfhash.codes;

import io.github.linfhash.codes.files.FolderSums;
import io.github.linfhash.codes.files.JsonObject;
import io.github.linfhash.codes.files.NumpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fitted quantizer, loaded from a folder that {@code linfhash quantize} wrote. It encodes single vectors, and estimates distances from
 * queries to codes. Immutable and safe for threads.
 *
 * <p>Its codes and distances equal those that linfhash measures to the last bit, as both add in the order of {@link AffineMap}. The exception is a
 * fast Hadamard rotation, which is a matrix here: a value of a code may differ where it lies next to a threshold.
 *
 * <pre>{@code
 * FittedQuantizer quantizer = FittedQuantizer.load(Path.of("index"));
 * byte[] code = quantizer.encode(vector);
 * float distance = quantizer.query(other).distance(code);
 * }</pre>
 */
public final class FittedQuantizer {
    static final String CARD = "quantizer.json";
    private static final int MOST = 1 << 16;

    private final String name;
    private final Similarity similarity;
    private final int dimension;
    private final @Nullable AffineMap map;
    private final float @Nullable [] center;
    private final CodeScheme scheme;

    private FittedQuantizer(
            String name,
            Similarity similarity,
            int dimension,
            @Nullable AffineMap map,
            float @Nullable [] center,
            CodeScheme scheme) {
        this.name = name;
        this.similarity = similarity;
        this.dimension = dimension;
        this.map = map;
        this.center = center;
        this.scheme = scheme;
    }

    /**
     * Loads a quantizer.
     *
     * @param folder as {@code linfhash quantize} writes it
     * @throws InvalidFileException if a file is missing, damaged, or not the one that was written with the others
     * @throws IOException if one cannot be read
     */
    public static FittedQuantizer load(Path folder) throws IOException {
        return new Reader(folder).quantizer();
    }

    /** The quantizer's name, such as {@code rabitq}. */
    public String name() {
        return name;
    }

    /** The measure by which vectors are compared. */
    public Similarity similarity() {
        return similarity;
    }

    /** The dimension d of vectors. */
    public int dimension() {
        return dimension;
    }

    /** The bytes of a code including its per-vector metadata. */
    public int bytes() {
        return scheme.bytes();
    }

    /**
     * Encodes a raw vector: its row of {@code codes.npy}, followed by its per-vector metadata, little-endian.
     *
     * @param vector d values
     * @throws IllegalArgumentException if it has another dimension, a value that is not finite, only zeros for the cosine, or such large
     *     values that its metadata would exceed float16 or float32
     */
    public byte[] encode(float[] vector) {
        byte[] code = new byte[bytes()];
        encode(vector, code, 0);
        return code;
    }

    /**
     * Encodes a raw vector into a larger array.
     *
     * @param target receives {@link #bytes} from {@code at} on
     * @throws IllegalArgumentException as for {@link #encode(float[])}
     * @throws IndexOutOfBoundsException if the target has no room
     */
    public void encode(float[] vector, byte[] target, int at) {
        float[] x = prepared(vector);
        scheme.encode(x, mapped(x), target, at);
        String fault = scheme.fault(target, at);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("expected a vector within the range of " + name + ", found one with "
                    + fault + "; scale the vectors");
        }
    }

    /**
     * Prepares a raw query, once for its distances to many codes.
     *
     * @throws IllegalArgumentException as for {@link #encode}
     */
    public Query query(float[] vector) {
        return scheme.query(mapped(prepared(vector)));
    }

    private float[] prepared(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "expected a vector of dimension " + dimension + ", found " + vector.length);
        }
        float[] x = vector.clone();
        double squares = Similarity.squaredLength(x, 0, dimension);
        if (!Double.isFinite(squares)) {
            throw new IllegalArgumentException("expected a vector of finite values, found others");
        }
        if (similarity == Similarity.COSINE && squares == 0) {
            throw new IllegalArgumentException("expected a non-zero vector for cosine similarity, found only zeros");
        }
        similarity.prepare(x, 0, dimension, squares);
        return x;
    }

    private float[] mapped(float[] x) {
        if (map != null) {
            return map.apply(x);
        }
        float[] y = new float[scheme.inputs()];
        for (int j = 0; j < y.length; j++) {
            y[j] = center == null ? x[j] : x[j] - center[j];
        }
        return y;
    }

    CodeScheme scheme() {
        return scheme;
    }

    /** The parts of a code, in the order of the arrays of a folder. */
    List<CodeScheme.Column> columns() {
        return scheme.columns();
    }

    /** Describes what is wrong with a code of another program; empty if it is valid. */
    String fault(byte[] code, int at) {
        return scheme.fault(code, at);
    }

    /** SHA-256 of everything that codes and distances depend on, so that no index is searched with another quantizer. */
    byte[] fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            CodeScheme.add(digest, similarity.name(), dimension, center == null ? 0 : 1, map == null ? 0 : 1);
            if (center != null) {
                CodeScheme.add(digest, center);
            }
            if (map != null) {
                CodeScheme.add(digest, map.weights());
            }
            scheme.describe(digest);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Reads the folder, and compares the sizes that its files state before it allocates memory for them. */
    private static final class Reader {
        private final Path folder;
        private final JsonObject card;
        private final JsonObject arrays;
        private final FolderSums sums;
        private final int dimension;
        private final Similarity similarity;

        Reader(Path folder) throws IOException {
            this.folder = folder;
            this.card = JsonObject.read(folder.resolve(CARD));
            card.oneOf("schema", List.of("linfhash-quantizer/1"));
            this.arrays = card.object("arrays");
            this.sums = new FolderSums(card);
            this.dimension = card.object("vectors").count("dimension", 1, MOST);
            this.similarity = Similarity.valueOf(card.oneOf("similarity", List.of("cosine", "dot", "euclidean"))
                    .toUpperCase(Locale.ROOT));
        }

        FittedQuantizer quantizer() throws IOException {
            String name = card.oneOf(
                    "quantizer",
                    List.of(
                            "sign",
                            "truncated-sign",
                            "rotated-sign",
                            "itq",
                            "pca-sign",
                            "rabitq",
                            "int8",
                            "pq",
                            "opq"));
            boolean products = name.equals("pq") || name.equals("opq");
            int numbers = card.object("codes").count("numbers", 1, MOST);
            int outputs = products ? dimension : numbers;
            boolean rotated = arrays.has("rotation.npy");
            if (!rotated && outputs > dimension) {
                throw card.object("codes").wrong("numbers", "at most " + dimension + ", the dimension of vectors");
            }
            float[] center = arrays.has("center.npy") ? array("center").floats(rotated ? dimension : outputs) : null;
            CodeScheme scheme = switch (name) {
                case "rabitq" -> grid(numbers, center);
                case "int8" -> new Int8Scheme(numbers, similarity);
                case "pq", "opq" -> product(numbers);
                case "sign", "truncated-sign", "rotated-sign", "itq", "pca-sign" -> signs(numbers);
                default -> throw new IllegalStateException("quantizer: a word of the list without codes");
            };
            int bytes = card.count("bytes", 1, Integer.MAX_VALUE);
            if (bytes != scheme.bytes()) {
                throw card.wrong("bytes", scheme.bytes() + ", as the options say");
            }
            AffineMap map = rotated
                    ? AffineMap.of(array("rotation").floats(outputs, dimension), dimension, center, null)
                    : null;
            return new FittedQuantizer(name, similarity, dimension, map, center, scheme);
        }

        private NumpyArray array(String name) throws IOException {
            Path file = folder.resolve(name + ".npy");
            sums.require(file);
            return NumpyArray.read(file);
        }

        private CodeScheme signs(int numbers) throws IOException {
            String distance = card.object("options").oneOf("distance", List.of("hamming", "asymmetric"));
            return new SignScheme(numbers, distance.equals("hamming"));
        }

        private CodeScheme grid(int numbers, float @Nullable [] center) throws IOException {
            JsonObject options = card.object("options");
            int termBits = options.has("termBits") ? options.count("termBits", 16, 32) : 32;
            if (termBits != 16 && termBits != 32) {
                throw options.wrong("termBits", "32 or 16");
            }
            if (!arrays.has("rotation.npy")) {
                throw arrays.wrong("rotation.npy", "the rotation of rabitq");
            }
            return new RaBitQScheme(
                    numbers,
                    options.count("bits", 1, 8),
                    options.count("queryBits", 0, 8),
                    termBits == 16,
                    center == null ? new float[dimension] : center,
                    similarity);
        }

        private CodeScheme product(int parts) throws IOException {
            if (parts > dimension) {
                throw card.object("codes").wrong("numbers", "at most " + dimension + " parts");
            }
            int bits = card.object("codes").count("bits", 4, 8);
            if (bits != 4 && bits != 8) {
                throw card.object("codes").wrong("bits", "4 or 8");
            }
            int[] starts = array("starts").ints(parts + 1);
            boolean ascending = starts[0] == 0 && starts[parts] == dimension;
            for (int part = 0; part < parts; part++) {
                ascending &= starts[part] < starts[part + 1];
            }
            if (!ascending) {
                throw new InvalidFileException(folder.resolve("starts.npy") + ": expected ascending numbers from 0 to "
                        + dimension + ", found others");
            }
            NumpyArray codebooks = array("codebooks");
            int count = codebooks.shape().get(0);
            if (count < 1 || count > 1 << bits) {
                throw new InvalidFileException(folder.resolve("codebooks.npy") + ": expected from 1 to " + (1 << bits)
                        + " rows, found " + count);
            }
            float[] rows = codebooks.floats(count, dimension);
            float[][] centers = new float[parts][];
            for (int part = 0; part < parts; part++) {
                int width = starts[part + 1] - starts[part];
                centers[part] = new float[count * width];
                for (int c = 0; c < count; c++) {
                    System.arraycopy(rows, c * dimension + starts[part], centers[part], c * width, width);
                }
            }
            return new ProductScheme(starts, centers, bits, similarity);
        }
    }
}
