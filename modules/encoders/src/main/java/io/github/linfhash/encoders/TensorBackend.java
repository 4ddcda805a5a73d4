package io.github.linfhash.encoders;

import io.github.linfhash.core.arithmetic.NativeLibraries;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/** What the encoders compute on. */
public final class TensorBackend {
    private static final String ND4J = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";
    private static final String OPENBLAS = "/META-INF/maven/org.bytedeco/openblas/pom.properties";

    private TensorBackend() {}

    /**
     * The backend's name with the versions of ND4J and of the BLAS beside it, such as "CpuBackend, ND4J 1.0.0-M2.1,
     * OpenBLAS 0.3.31-1.5.13", and the kernel of BLAS where the user has chosen one instead of the processor's own: it
     * decides last bits as they do. Loads the backend on the first call.
     *
     * @throws InputException if the native libraries cannot be unpacked or loaded, such as on a full disk
     */
    public static String describe() {
        try {
            return Nd4j.getBackend().getClass().getSimpleName() + ", ND4J " + version(ND4J) + ", OpenBLAS "
                    + version(OPENBLAS) + chosenKernel(System.getenv("OPENBLAS_CORETYPE"));
        } catch (LinkageError | RuntimeException e) {
            throw NativeLibraries.notLoaded("ND4J", e);
        }
    }

    static String chosenKernel(@Nullable String coreType) {
        return coreType == null || coreType.isBlank() ? "" : " with OPENBLAS_CORETYPE=" + coreType.strip();
    }

    private static String version(String artifact) {
        try (InputStream in = Nd4j.class.getResourceAsStream(artifact)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "of unknown version");
        } catch (IOException e) {
            throw new UncheckedIOException("the version in " + artifact + " cannot be read", e);
        }
    }
}
