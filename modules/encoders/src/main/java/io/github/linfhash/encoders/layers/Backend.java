package io.github.linfhash.encoders.layers;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.errors.InputException;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The numeric backend that ND4J has loaded. */
public final class Backend {
    private static final int OLDEST = 37;
    private static final int NEWEST = 89;

    private Backend() {}

    /** Whether products run on a GPU. */
    public static boolean onGpu() {
        return Nd4j.getExecutioner().type() == ExecutionerType.CUDA;
    }

    /**
     * Checks that the loaded backend has code for the GPU it uses, if it uses one, and computes right.
     *
     * @throws InputException if the GPU's compute capability is not from 3.7 to 8.9, or products are wrong
     */
    public static void requireUsable() {
        if (onGpu()) {
            NativeOps device = NativeOpsHolder.getInstance().getDeviceNativeOps();
            int number = Nd4j.getAffinityManager().getDeviceForCurrentThread();
            requireComputeCapability(device.getDeviceMajor(number), device.getDeviceMinor(number));
        }
        ArithmeticCheck.requireNone(
                "the tensor library", ProductCheck.faults(), "linfhash doctor shows what it computes with");
    }

    /** ND4J 1.0.0-M2.1 holds machine code for compute capability 3.7 to 8.6, which 8.9 runs too, and nothing to compile. */
    static void requireComputeCapability(int major, int minor) {
        int capability = 10 * major + minor;
        if (capability < OLDEST || capability > NEWEST) {
            throw new InputException("The CUDA backend runs on GPUs of compute capability 3.7 to 8.9, but this one has "
                    + major + "." + minor + "; build without the Maven profile cuda to use the CPU.");
        }
    }
}
