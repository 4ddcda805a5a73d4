package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.npy.NpzFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of feature and label files, told apart by the ending of the file's name. */
enum VectorFormat {
    NPY(Holds.BOTH, ".npy"),
    NPZ(Holds.BOTH, ".npz"),
    FVECS(Holds.FEATURES, ".fvecs"),
    BVECS(Holds.FEATURES, ".bvecs"),
    LIBSVM(Holds.BOTH, ".libsvm .svm"),
    CSV(Holds.BOTH, ".csv .tsv"),
    PARQUET(Holds.BOTH, ".parquet .pq"),
    ARROW(Holds.BOTH, ".arrow .feather"),
    LISTS(Holds.LABELS, ".txt");

    /** What a format is for. */
    enum Holds {
        FEATURES,
        LABELS,
        BOTH
    }

    private final Holds holds;
    private final String endings;

    VectorFormat(Holds holds, String endings) {
        this.holds = holds;
        this.endings = endings;
    }

    /**
     * The format of a file.
     *
     * @param wanted what the file is to hold, features or labels
     * @throws InputException if the file's name has another ending
     */
    static VectorFormat of(Path file, Holds wanted) {
        if (NpzFile.isOne(file)) {
            return NPZ;
        }
        String name = TablePath.of(file).lowerCaseName();
        return formats(wanted)
                .filter(format -> format.endings().stream().anyMatch(name::endsWith))
                .findFirst()
                .orElseThrow(() -> new InputException(file + " is of no known format: expected "
                        + wanted.name().toLowerCase(Locale.ROOT) + " in a file that ends in "
                        + formats(wanted)
                                .flatMap(format -> format.endings().stream())
                                .collect(Collectors.joining(", "))
                        + ", found another ending"));
    }

    /** Whether it has columns that may be named. */
    boolean isTable() {
        return this == CSV || this == PARQUET || this == ARROW;
    }

    /** Whether a file, by its name, has columns that may be named. */
    static boolean isTable(Path file) {
        String name = TablePath.of(file).lowerCaseName();
        return Arrays.stream(values())
                .anyMatch(
                        format -> format.isTable() && format.endings().stream().anyMatch(name::endsWith));
    }

    private static Stream<VectorFormat> formats(Holds wanted) {
        return Arrays.stream(values()).filter(format -> format.holds == wanted || format.holds == Holds.BOTH);
    }

    private List<String> endings() {
        return List.of(endings.split(" ", -1));
    }
}
