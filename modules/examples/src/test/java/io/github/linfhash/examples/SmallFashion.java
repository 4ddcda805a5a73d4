package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The protocol fashion-mnist with a tenth of its queries and half of its labels. */
final class SmallFashion {
    private SmallFashion() {}

    /** Writes the protocol file, and returns its path. */
    static String write(Path folder) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("linfhash.home"), "protocols", "fashion-mnist.yaml"));
        String small = text.replace("queriesPerClass: 100", "queriesPerClass: 10")
                .replace("trainingPerClass: 200", "trainingPerClass: 100");
        assertThat(small).contains("queriesPerClass: 10\n", "trainingPerClass: 100\n");
        return Files.writeString(folder.resolve("fashion.yaml"), small).toString();
    }
}
