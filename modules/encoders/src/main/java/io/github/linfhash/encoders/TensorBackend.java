package io.github.linfhash.encoders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;

/** What the encoders compute on. */
public final class TensorBackend {
    private static final String VERSION = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

    private TensorBackend() {}

    /** The backend's name and ND4J's version, such as "CpuBackend, ND4J 1.0.0-M2.1"; loads it on the first call. */
    public static String describe() {
        return Nd4j.getBackend().getClass().getSimpleName() + ", ND4J " + version();
    }

    private static String version() {
        try (InputStream in = Nd4j.class.getResourceAsStream(VERSION)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "of unknown version");
        } catch (IOException e) {
            throw new UncheckedIOException("ND4J's version cannot be read", e);
        }
    }
}
