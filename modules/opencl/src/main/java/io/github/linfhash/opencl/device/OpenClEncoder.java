package io.github.linfhash.opencl.device;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.opencl.device.OpenClSession.Array;
import io.github.linfhash.opencl.trainings.NetworkForm;
import java.util.List;

/**
 * The outputs of one network for any number of vectors, on an OpenCL device: blocks of vectors take the place that models have in
 * trainings, and share one model's values. A vector's outputs do not depend on those beside it.
 */
public final class OpenClEncoder implements AutoCloseable {
    private static final int IMAGES = 256;
    private static final int BLOCKS = 32;
    private static final int TILE_ROWS = 16;
    private static final int TILE_COLUMNS = 64;

    /** Numbers of a model in training.cl, and the places of those that a forward pass reads. */
    private static final int NUMBERS = 10;

    private static final int GAIN = 0;
    private static final int SLOPE = 8;

    private final NetworkForm form;
    private final OpenClSession session;
    private final Array numbers;
    private final Array values;
    private final Array images;
    private final Array u;
    private final Array z;

    /**
     * Puts a network on a device.
     *
     * @param gain g of its input
     * @param outputTanh c of a tanh behind the last layer, or 0
     * @param learned its values, in the order of {@link NetworkForm}
     */
    public OpenClEncoder(OpenClDevice device, NetworkForm form, double gain, double outputTanh, float[] learned) {
        if (learned.length != form.size()) {
            throw new IllegalArgumentException("a network of " + form.size() + " values cannot have " + learned.length);
        }
        this.form = form;
        this.session = new OpenClSession(
                device, "training.cl", TrainingGroup.defines(form, IMAGES, TrainingGroup.tiledMemory(device)));
        float[] perBlock = new float[BLOCKS * NUMBERS];
        for (int block = 0; block < BLOCKS; block++) {
            perBlock[block * NUMBERS + GAIN] = (float) gain;
            perBlock[block * NUMBERS + SLOPE] = (float) outputTanh;
        }
        long layers = (long) BLOCKS * (form.stages() + 1) * form.units() * IMAGES;
        this.numbers = session.floats(perBlock);
        this.values = session.floats(learned);
        this.images = session.zeros((long) BLOCKS * IMAGES * form.inputs(), Float.BYTES);
        this.u = session.zeros(layers, Float.BYTES);
        this.z = session.zeros(layers, Float.BYTES);
    }

    /**
     * The outputs.
     *
     * @param features m x n
     * @return m x N, row-major
     */
    public float[] outputs(FeatureMatrix features) {
        if (features.dimension() != form.inputs()) {
            throw new IllegalArgumentException(
                    "features of dimension " + features.dimension() + " do not fit an encoder of " + form.inputs());
        }
        int units = form.units();
        float[] outputs = new float[Math.multiplyExact(features.rows(), units)];
        float[] in = new float[BLOCKS * IMAGES * form.inputs()];
        float[] out = new float[BLOCKS * (form.stages() + 1) * units * IMAGES];
        for (int from = 0; from < features.rows(); from += BLOCKS * IMAGES) {
            int count = Math.min(BLOCKS * IMAGES, features.rows() - from);
            features.copyRows(from, count, in, 0);
            session.write(images, in);
            forward((count + IMAGES - 1) / IMAGES);
            session.read(z, out);
            for (int first = 0; first < count; first += IMAGES) {
                int last = (first / IMAGES * (form.stages() + 1) + form.stages()) * units * IMAGES;
                int some = Math.min(IMAGES, count - first);
                System.arraycopy(out, last, outputs, (from + first) * units, some * units);
            }
        }
        return outputs;
    }

    private void forward(int blocks) {
        List<Integer> groups =
                List.of((form.units() + TILE_ROWS - 1) / TILE_ROWS, (IMAGES + TILE_COLUMNS - 1) / TILE_COLUMNS, blocks);
        List<Integer> group = List.of(2, 16, 1);
        session.run("inputLayer", groups, group, numbers, values, images, u, z, 0);
        for (int stage = 1; stage <= form.stages(); stage++) {
            session.run("stageLayer", groups, group, numbers, values, u, z, stage, 0);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
