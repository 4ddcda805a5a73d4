package io.github.linfhash.encoders;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How the tensor library computes in this process.
 *
 * @param blas the vendor of the matrix products
 * @param build how the tensor library was built
 * @param blasThreads threads of one matrix product
 * @param ompThreads threads of one other operation
 * @param maxBytes what may be allocated outside the Java heap, in bytes
 * @param maxPhysicalBytes at what size of the process allocation is refused, in bytes; 0 for never
 */
public record ArithmeticSetting(
        String blas, String build, int blasThreads, int ompThreads, long maxBytes, long maxPhysicalBytes) {
    /** The setting of this process; loads the library on the first call. */
    public static ArithmeticSetting current() {
        TensorBackend.describe();
        Blas blas = Nd4j.factory().blas();
        return new ArithmeticSetting(
                blas.getBlasVendor().toString(),
                NativeOpsHolder.getInstance()
                        .getDeviceNativeOps()
                        .buildInfo()
                        .replaceAll("\\s+", " ")
                        .strip(),
                blas.getMaxThreads(),
                NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads(),
                Pointer.maxBytes(),
                Pointer.maxPhysicalBytes());
    }
}
