package io.github.linfhash.encoders;

import org.nd4j.linalg.factory.Nd4j;

/** What the encoders compute on. */
public final class TensorBackend {
    private TensorBackend() {}

    /** The backend's name and ND4J's version, such as "CpuBackend, ND4J 1.0.0-M2.1"; loads it on the first call. */
    public static String describe() {
        String version = Nd4j.class.getPackage().getImplementationVersion();
        return Nd4j.getBackend().getClass().getSimpleName() + ", ND4J" + (version == null ? "" : " " + version);
    }
}
