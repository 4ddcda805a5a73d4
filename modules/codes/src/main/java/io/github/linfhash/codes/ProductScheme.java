package io.github.linfhash.codes;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * Product quantization: the nearest of at most 256 centers of each part of the coordinates, a byte each, and distances that are sums of a
 * table's values.
 */
public final class ProductScheme extends CodeScheme {
    /** The number of values of a byte, and of a table's entries for it. */
    public static final int VALUES = 256;

    private final int[] starts;
    private final float[][] centers;
    private final NarrowPoints[] points;
    private final VectorSimilarity similarity;

    /**
     * Codebooks of parts.
     *
     * @param starts where each of m parts begins, and N behind them
     * @param centers of each part, row-major, at most 256; not copied
     * @throws IllegalArgumentException if a part has no coordinates, or not 1 to 256 centers of as many
     */
    public ProductScheme(int[] starts, float[][] centers, VectorSimilarity similarity) {
        if (starts.length != centers.length + 1) {
            throw new IllegalArgumentException("expected the starts of " + centers.length + " parts and the end, found "
                    + starts.length + " numbers");
        }
        for (int part = 0; part < centers.length; part++) {
            int width = starts[part + 1] - starts[part];
            int values = centers[part].length;
            if (width < 1 || values < width || values % width != 0 || values / width > VALUES) {
                throw new IllegalArgumentException("part " + part + ": expected 1 to " + VALUES
                        + " centers of at least one coordinate, found " + values + " values for " + width
                        + " coordinates");
            }
        }
        this.starts = starts.clone();
        this.centers = centers.clone();
        this.similarity = similarity;
        this.points = new NarrowPoints[centers.length];
        for (int part = 0; part < points.length; part++) {
            points[part] = new NarrowPoints(centers[part], starts[part + 1] - starts[part]);
        }
    }

    /**
     * For each part and center, the squared distance to a query's coordinates, or the negative inner product with them: m x {@value #VALUES}.
     */
    public float[] table(float[] query) {
        float[] table = new float[centers.length * VALUES];
        for (int part = 0; part < centers.length; part++) {
            int width = starts[part + 1] - starts[part];
            float[] values = centers[part];
            for (int c = 0; c < values.length / width; c++) {
                float sum = 0;
                for (int j = 0; j < width; j++) {
                    sum += similarity.share(values[c * width + j], query[starts[part] + j]);
                }
                table[part * VALUES + c] = sum;
            }
        }
        return table;
    }

    /** The sum of the values of a table, m x {@value #VALUES}, that the m bytes of a code choose, in their order. */
    public static float sum(float[] table, byte[] codes, int at, int width) {
        float sum = 0;
        for (int k = 0; k < width; k++) {
            sum += table[k * VALUES + (codes[at + k] & 255)];
        }
        return sum;
    }

    @Override
    int inputs() {
        return starts[centers.length];
    }

    @Override
    int bytes() {
        return centers.length;
    }

    @Override
    void encode(float[] x, float[] y, byte[] target, int at) {
        for (int part = 0; part < centers.length; part++) {
            float[] columns = Arrays.copyOfRange(y, starts[part], starts[part + 1]);
            target[at + part] = (byte) points[part].of(columns).point(0);
        }
    }

    @Override
    List<Column> columns() {
        return List.of(Column.codes(bytes()));
    }

    @Override
    Query query(float[] z) {
        float[] table = table(z);
        int width = bytes();
        return new Query() {
            @Override
            public void distances(byte[] codes, int from, int count, float[] target) {
                for (int i = 0; i < count; i++) {
                    target[i] = sum(table, codes, from + i * width, width);
                }
            }
        };
    }

    @Override
    String fault(byte[] code, int at) {
        for (int part = 0; part < centers.length; part++) {
            if ((code[at + part] & 255) >= points[part].count()) {
                return "the number " + (code[at + part] & 255) + " of one of " + points[part].count() + " centers";
            }
        }
        return "";
    }

    @Override
    void describe(MessageDigest digest) {
        add(digest, "pq", starts);
        for (float[] ofPart : centers) {
            add(digest, ofPart);
        }
    }
}
