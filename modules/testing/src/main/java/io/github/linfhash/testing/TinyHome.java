package io.github.linfhash.testing;

import io.github.linfhash.core.random.RandomStreams;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.rng.UniformRandomProvider;

/** A checkout with one small data set (stripes of three directions, 40 images each) and a protocol for it. */
public final class TinyHome {
    /** The width and height of an image. */
    public static final int SIDE = 16;

    private static final int PER_CLASS = 40;
    private static final int CLASSES = 3;

    /** The first numbers of IDX files of bytes: of images, which have three dimensions, and of labels. */
    private static final int IMAGES_MAGIC = 0x803;

    private static final int LABELS_MAGIC = 0x801;

    private TinyHome() {}

    /**
     * Makes the checkout in a folder, and makes it that of the program, with a cache in it.
     *
     * @return the folder of the real project, for {@link #leave}
     */
    public static Path enter(Path root) throws IOException {
        Path real = Path.of(System.getProperty("linfhash.home"));
        create(root);
        System.setProperty("linfhash.home", root.toString());
        System.setProperty("linfhash.cache", root.resolve("cache").toString());
        return real;
    }

    /** Makes the real project that of the program again. */
    public static void leave(Path real) {
        System.setProperty("linfhash.home", real.toString());
        System.clearProperty("linfhash.cache");
    }

    /** Makes the checkout in a folder. */
    public static void create(Path root) throws IOException {
        Path datasets = Files.createDirectories(root.resolve("datasets").resolve("stripes"));
        write(datasets, images(80, 30));
        Files.writeString(root.resolve("datasets").resolve("stripes.yaml"), MANIFEST);
        Path protocols = Files.createDirectories(root.resolve("protocols"));
        Files.writeString(protocols.resolve("tiny.yaml"), PROTOCOL);
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Path published = Files.createDirectories(root.resolve("reports").resolve("published"));
        String tables = "wang2016-tables-2-and-3.csv";
        Files.copy(
                Path.of(System.getProperty("linfhash.home"), "reports", "published", tables),
                published.resolve(tables));
        Path claims = Path.of("reports", "claims", "wang2016.yaml");
        Files.createDirectories(root.resolve(claims).getParent());
        Files.copy(Path.of(System.getProperty("linfhash.home")).resolve(claims), root.resolve(claims));
    }

    /** Puts stripes that are hard to tell apart in the place of the easy ones. */
    public static void blur(Path root) throws IOException {
        Path datasets = root.resolve("datasets").resolve("stripes");
        write(datasets, images(20, 200));
    }

    private static void write(Path folder, byte[] pixels) throws IOException {
        int n = PER_CLASS * CLASSES;
        try (DataOutputStream out = gzip(folder.resolve("images.gz"))) {
            for (int number : new int[] {IMAGES_MAGIC, n, SIDE, SIDE}) {
                out.writeInt(number);
            }
            out.write(pixels);
        }
        try (DataOutputStream out = gzip(folder.resolve("labels.gz"))) {
            out.writeInt(LABELS_MAGIC);
            out.writeInt(n);
            for (int i = 0; i < n; i++) {
                out.writeByte(i % CLASSES);
            }
        }
    }

    private static DataOutputStream gzip(Path file) throws IOException {
        return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)));
    }

    private static byte[] images(double contrast, double noise) {
        UniformRandomProvider random = new RandomStreams(0).stream("stripes");
        byte[] pixels = new byte[PER_CLASS * CLASSES * SIDE * SIDE];
        for (int i = 0; i < PER_CLASS * CLASSES; i++) {
            double phase = random.nextDouble() * Math.PI;
            for (int p = 0; p < SIDE * SIDE; p++) {
                double x = i % CLASSES == 1 ? 0 : p % SIDE;
                double y = i % CLASSES == 0 ? 0 : p / SIDE;
                double gray = 128 + contrast * Math.sin(0.8 * (x + y) + phase) + noise * (random.nextDouble() - 0.5);
                pixels[i * SIDE * SIDE + p] = (byte) gray;
            }
        }
        return pixels;
    }

    private static final String MANIFEST = """
            name: stripes
            title: Stripes
            origin: {homepage: "https://example.org", license: none, citation: made for this test}
            content: {format: idx, images: 120, shape: {width: 16, height: 16, channels: 1}, classes: [across, down, diagonal]}
            files:
              layouts: [[images.gz, labels.gz]]
              files:
                - path: images.gz
                  urls: []
                  size: 1000
                  checksums: {md5: 0123456789abcdef0123456789abcdef}
              sources: []
              instructions: run the test
            """;

    private static final String PROTOCOL = """
            schema: linfhash-protocol/1
            name: tiny
            title: Stripes <b>of</b> three directions
            description: For a test.
            published: {table: T2, sameData: false}
            data: {set: stripes}
            features: {convention: lmgist, orientationsPerScale: [4, 4], blocks: 2, prefilterCycles: 4}
            preprocessing: {center: training-mean, normalize: l2}
            split: {kind: class-balanced, queriesPerClass: 5, trainingPerClass: 20, trainingRows: in-database}
            evaluation: {relevance: same-class, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            bits: [8, 12]
            seeds: [0, 1]
            methods:
              - name: ksh
                options: {anchors: 20}
              - name: nnh
                options: {training: {epochs: 2, pairsPerEpoch: 1280}}
              - name: deep-linf
                options: {training: {epochs: 2, pairsPerEpoch: 1280}}
            quick:
              bits: [8]
              seeds: [0]
            """;
}
