package io.github.linfhash.formats.fuzz;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.JudgmentFile;
import io.github.linfhash.formats.vectors.LabelFiles;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import io.github.linfhash.formats.vectors.LabeledTexts;
import io.github.linfhash.formats.vectors.NeighborLists;
import io.github.linfhash.formats.vectors.TableForm;
import io.github.linfhash.formats.vectors.VectorIds;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.NpzFile;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.FuzzTargets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Readers of vectors, labels and codes. */
public final class FormatsTargets implements FuzzTargets {
    private static final byte[] FLOATS = Seeds.npy("<f4", "(2, 2)", Seeds.floats(1, -2, 0.5f, 3e8f));
    private static final byte[] CLASSES = Seeds.npy("<i8", "(3,)", Seeds.longs(0, 2, 1));
    private static final byte[] SETS = Seeds.npy("|b1", "(2, 2)", new byte[] {1, 0, 1, 1});
    private static final byte[] IDS = Seeds.npy("<i8", "(2, 2)", Seeds.longs(3, 0, 1, 2));
    private static final byte[] CODES = Seeds.npy("|u1", "(2, 1)", new byte[] {5, (byte) 0xff});

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                features(
                        "npy-features",
                        "x.npy",
                        () -> Map.of("float32", FLOATS, "int64", Seeds.npy("<i8", "(1, 2)", Seeds.longs(7, -7)))),
                labels("npy-labels", "y.npy", () -> Map.of("classes", CLASSES, "sets", SETS)),
                FuzzTarget.ofFile("npy-codes", "c.npy", CodeArrays::read, () -> Map.of("packed", CODES)),
                features("npz-features", "x.npz", () -> Map.of("compressed", Seeds.zip("X.npy", FLOATS))),
                labels("npz-labels", "y.npz", () -> Map.of("compressed", Seeds.zip("y.npy", CLASSES))),
                FuzzTarget.ofFile(
                        "npz-ids",
                        "n.npz",
                        path -> NpzFile.of(path).ids(),
                        () -> Map.of("neighbors", Seeds.zip("ids.npy", IDS))),
                features("fvecs", "x.fvecs", () -> Map.of("two", Seeds.fvecs())),
                features("bvecs", "x.bvecs", () -> Map.of("two", Seeds.bvecs())),
                features("fbin", "x.fbin", () -> Map.of("two", Seeds.bigAnn())),
                features(
                        "hdf5",
                        "x.h5",
                        () -> Map.of(
                                "contiguous", Seeds.resource("/hdf5/contiguous.hdf5"),
                                "chunks", Seeds.resource("/hdf5/chunks.h5"),
                                "shuffle", Seeds.resource("/hdf5/shuffle.h5"),
                                "many-chunks", Seeds.resource("/hdf5/many-chunks.h5"),
                                "version-1.8", Seeds.resource("/hdf5/version-1.8.h5"),
                                "latest", Seeds.resource("/hdf5/latest.h5"))),
                FuzzTarget.ofFile(
                        "hdf5-neighbors",
                        "n.hdf5",
                        path -> NeighborLists.read(path, VectorIds.numbers("x.hdf5", 12), Progress.NONE),
                        () -> Map.of(
                                "contiguous", Seeds.resource("/hdf5/contiguous.hdf5"),
                                "gzip", Seeds.resource("/hdf5/gzip.hdf5"))),
                features(
                        "libsvm-features",
                        "x.svm",
                        () -> Map.of("sparse", Seeds.text("1 1:0.5 3:-2e-1\n-1 2:1 # a comment\n1,2 1:.5\n"))),
                labels(
                        "libsvm-labels",
                        "y.svm",
                        () -> Map.of(
                                "classes",
                                Seeds.text("1 1:0.5 3:2\n-1 2:1\n"),
                                "sets",
                                Seeds.text("1,2 1:1\n2 1:2\n"))),
                features("csv-features", "x.csv", () -> Map.of("header", Seeds.text("a,b\n1,-2.5e3\n\"3\",.5\n"))),
                features("tsv-features", "x.tsv", () -> Map.of("no-header", Seeds.text("1\t2\n3\t4\n"))),
                new FuzzTarget(
                        "csv-table",
                        (folder, input) -> {
                            Path file = Files.write(folder.resolve("t.csv"), input);
                            LabeledFeatures.read(
                                    file, file, new TableForm(null, "id", ";", null, null, null), Progress.NONE);
                        },
                        () -> Map.of("header", Seeds.text("id;class;a;b\nr;cat;1;-2\ns;\"dog; big\";3;.5\n"))),
                features(
                        "parquet-features",
                        "x.parquet",
                        () -> Map.of(
                                "snappy", Seeds.resource("/columnar/duckdb-snappy.parquet"),
                                "zstd", Seeds.resource("/columnar/duckdb-zstd.parquet"),
                                "lz4", Seeds.resource("/columnar/duckdb-lz4_raw.parquet"),
                                "gzip", Seeds.resource("/columnar/duckdb-gzip.parquet"),
                                "plain", Seeds.resource("/columnar/duckdb-uncompressed.parquet"),
                                "polars", Seeds.resource("/columnar/polars.parquet"))),
                labels(
                        "parquet-labels",
                        "y.parquet",
                        () -> Map.of(
                                "classes", Seeds.resource("/columnar/duckdb-snappy.parquet"),
                                "names", Seeds.resource("/columnar/duckdb-scalars.parquet"),
                                "sets", Seeds.resource("/columnar/duckdb-tags.parquet"))),
                texts("text-lines", "t.txt", () -> Map.of("two", Seeds.text("a text, short\nund noch einer: äöü\n"))),
                texts(
                        "text-table",
                        "t.csv",
                        () -> Map.of(
                                "classes",
                                Seeds.text("id,text,category\n1,\"a, b\",x\n2,\"c\nd\",y\n"),
                                "texts",
                                Seeds.text("text\nä b\n"))),
                FuzzTarget.ofFile(
                        "row-ids",
                        "x.ids",
                        path -> VectorIds.read(path, "x.npy", 3, Progress.NONE),
                        () -> Map.of("three", Seeds.text("doc-1\r\n <dbpedia:Ärger>\n3\n"))),
                new FuzzTarget(
                        "judgments",
                        (folder, input) -> {
                            Path ids = Files.writeString(folder.resolve("x.ids"), "a\nb\nc\n");
                            JudgmentFile.read(
                                    Files.write(folder.resolve("q.tsv"), input),
                                    VectorIds.numbers("q.npy", 4),
                                    VectorIds.read(ids, "x.npy", 3, Progress.NONE),
                                    Progress.NONE);
                        },
                        () -> Map.of(
                                "trec",
                                Seeds.text("0 0 a 1\n0 0 b -1\n1\tQ0\td\t2\n"),
                                "beir",
                                Seeds.text("query-id\tcorpus-id\tscore\n0\tc\t1\n3\ta\t2.0\n"))),
                labels(
                        "csv-labels",
                        "y.csv",
                        () -> Map.of(
                                "classes",
                                Seeds.text("class\ncat\ndog\n\"cat\"\n"),
                                "sets",
                                Seeds.text("sky,sea\n1,0\n1,1\n"))),
                labels(
                        "label-lists",
                        "y.txt",
                        () -> Map.of("classes", Seeds.text("cat\ndog\ncat\n"), "sets", Seeds.text("sky sea\nsea\n"))));
    }

    private static FuzzTarget features(String name, String file, FuzzTarget.Seeds seeds) {
        return FuzzTarget.ofFile(name, file, path -> FeatureFiles.read(path, Progress.NONE), seeds);
    }

    private static FuzzTarget texts(String name, String file, FuzzTarget.Seeds seeds) {
        return FuzzTarget.ofFile(name, file, path -> LabeledTexts.read(path, null, null, Progress.NONE), seeds);
    }

    private static FuzzTarget labels(String name, String file, FuzzTarget.Seeds seeds) {
        return FuzzTarget.ofFile(name, file, path -> LabelFiles.read(path, Progress.NONE), seeds);
    }
}
