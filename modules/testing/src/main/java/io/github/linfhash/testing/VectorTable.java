package io.github.linfhash.testing;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** Vectors that a folder of tables has, whose layout has to be stated: semicolons, no header, and a first row that may be one. */
public final class VectorTable {
    /** The number of rows. */
    public static final int ROWS = 60;

    private static final int DIMENSION = 8;

    private final float[][] rows = new float[ROWS][DIMENSION];

    /** Draws the rows; the first is one that pandas might have written as names. */
    public VectorTable() {
        UniformRandomProvider random = new RandomStreams(1).stream("layout");
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < DIMENSION; j++) {
                rows[i][j] = i == 0 ? j : (float) (random.nextDouble() - 0.5);
            }
        }
    }

    /** Returns the first rows. */
    public FeatureMatrix first(int count) {
        return FeatureMatrix.copyOf(Arrays.copyOf(rows, count));
    }

    /** Writes all rows into tables in a folder, as Spark leaves them: parts, one of them empty, and the mark of success. */
    public void writeParts(Path folder) throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("part-0.csv"), text(0, 40));
        Files.writeString(folder.resolve("part-1.csv"), "");
        Files.writeString(folder.resolve("part-2.csv"), text(40, ROWS));
        Files.writeString(folder.resolve("_SUCCESS"), "");
    }

    /** Returns some rows as a table. */
    public String text(int from, int to) {
        return Arrays.stream(rows, from, to)
                .map(row -> IntStream.range(0, DIMENSION)
                        .mapToObj(j -> row[j] == (int) row[j] ? String.valueOf((int) row[j]) : String.valueOf(row[j]))
                        .collect(Collectors.joining(";")))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
