package io.github.linfhash.spark.program;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts arrays into folders of .npy files. */
public final class Shards {
    private Shards() {}

    /** Row numbers in parts of the given sizes; the last part takes what is left. */
    private static List<int[]> parts(int rows, int... sizes) {
        List<int[]> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            parts.add(IntStream.range(from, from + size).toArray());
            from += size;
        }
        parts.add(IntStream.range(from, rows).toArray());
        return parts;
    }

    private static Path file(Path folder, int part) {
        return folder.resolve("part-" + (char) ('a' + part) + ".npy");
    }

    public static Path features(Path folder, FeatureMatrix features, int... sizes) throws IOException {
        List<int[]> parts = parts(features.rows(), sizes);
        for (int part = 0; part < parts.size(); part++) {
            FeatureArrays.write(file(folder, part), features.select(parts.get(part)));
        }
        return folder;
    }

    public static Path codes(Path folder, BinaryCodes codes, int... sizes) throws IOException {
        List<int[]> parts = parts(codes.size(), sizes);
        for (int part = 0; part < parts.size(); part++) {
            CodeArrays.write(file(folder, part), codes.select(parts.get(part)));
        }
        return folder;
    }

    public static Path labels(Path folder, Labels labels, int... sizes) throws IOException {
        List<int[]> parts = parts(labels.size(), sizes);
        for (int part = 0; part < parts.size(); part++) {
            LabelArrays.write(file(folder, part), labels.select(parts.get(part)));
        }
        return folder;
    }
}
