package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;
import java.util.List;

/** ActivationLayer with a learned scale above 0 for each unit, kept as its logarithm: z = f(u, exp(rho)). */
abstract class ScaledActivation implements ActivationLayer {
    private final int units;
    private final UnitParameter rho;

    /**
     * Units that share one initial scale.
     *
     * @param name of the parameter rho
     * @param scale the initial scale, above 0
     */
    ScaledActivation(String name, int units, double scale) {
        this.units = units;
        this.rho = new UnitParameter(name, units, Math.log(scale));
    }

    @Override
    public final List<UnitParameter> parameters() {
        return List.of(rho);
    }

    @Override
    public final Activation activation() {
        float[] scales = scales(1);
        return (u, z) -> apply(scales, u, z);
    }

    @Override
    public final Kernel kernel(int columns) {
        return new ScaledKernel(columns);
    }

    /** The scales of a block, as they are now. */
    final float[] scales(int columns) {
        float[] scales = new float[units * columns];
        Positive.tileExponentials(rho, scales);
        return scales;
    }

    /** Sets z to f(u) for a whole block, with a scale for each value. */
    abstract void apply(float[] scales, float[] u, float[] z);

    /**
     * Multiplies the gradient of a whole block by the slope in u, and sets what each value adds to the gradient of rho.
     *
     * @param gradient modified
     * @param scaleGradient overwritten
     */
    abstract void differentiate(float[] scales, float[] u, float[] z, float[] gradient, float[] scaleGradient);

    /** Whether a neuron passes no gradient to its input, or next to none. */
    abstract boolean saturated(float scale, float u, float z);

    private final class ScaledKernel implements Kernel {
        private final float[] scales;
        private final float[] scaleGradient;

        ScaledKernel(int columns) {
            this.scales = new float[units * columns];
            this.scaleGradient = new float[units * columns];
        }

        @Override
        public void forward(float[] u, float[] z) {
            Positive.tileExponentials(rho, scales);
            apply(scales, u, z);
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            differentiate(scales, u, z, gradient, scaleGradient);
            rho.accumulate(scaleGradient);
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return ScaledActivation.this.saturated(scales[index], u[index], z[index]);
        }
    }
}
