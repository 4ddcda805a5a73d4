package io.github.linfhash.codes;

/** Cosines along components: output b is cos(frequency_b y_c(b)) for the components y = W x + offsets. */
public final class Cosines {
    private final AffineMap map;
    private final int[] components;
    private final double[] frequencies;

    /**
     * Cosines.
     *
     * @param map to y
     * @param components the place in y of each output
     * @param frequencies of each output
     */
    public Cosines(AffineMap map, int[] components, double[] frequencies) {
        this.map = map;
        this.components = components.clone();
        this.frequencies = frequencies.clone();
    }

    static Cosines read(ModelValues in) throws InvalidFileException {
        AffineMap map = AffineMap.read(in, in.rows("offsets"));
        return new Cosines(
                map, in.indices("components", map.outputs(), in.outputs()), in.doubles("frequencies", in.outputs()));
    }

    /** Maps k x d values, row-major, to k x N. */
    public float[] apply(float[] rows) {
        int count = rows.length / map.inputs();
        float[] projected = new float[count * map.outputs()];
        map.apply(rows, 0, count, projected, 0);
        int bits = components.length;
        float[] cosines = new float[count * bits];
        for (int b = 0; b < bits; b++) {
            for (int i = 0; i < count; i++) {
                cosines[i * bits + b] = (float) Math.cos(frequencies[b] * projected[i * map.outputs() + components[b]]);
            }
        }
        return cosines;
    }
}
