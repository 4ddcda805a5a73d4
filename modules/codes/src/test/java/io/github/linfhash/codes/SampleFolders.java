package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Folders as {@code linfhash quantize} writes them, with random numbers for rotations and centers. */
final class SampleFolders {
    static final int DIMENSION = 21;

    private SampleFolders() {}

    /** A quantizer: its name, options as JSON, and the sizes of its codes. */
    record Sample(String name, String options, String similarity, int numbers, int bits, int bytes) {}

    static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        for (String similarity : List.of("cosine", "dot", "euclidean")) {
            all.add(new Sample("sign", "{\"distance\": \"hamming\"}", similarity, DIMENSION, 1, 3));
            all.add(new Sample("rotated-sign", "{\"distance\": \"asymmetric\"}", similarity, 70, 1, 9));
            all.add(new Sample("int8", "{}", similarity, 17, 8, 21));
            all.add(new Sample("pq", "{}", similarity, 4, 8, 4));
            all.add(new Sample("pq", "{}", similarity, 4, 4, 2));
            all.add(new Sample("pq", "{}", similarity, 5, 4, 3));
            for (int bits = 1; bits <= 4; bits++) {
                for (int queryBits : new int[] {0, 4, 7}) {
                    int termBits = queryBits == 7 ? 16 : 32;
                    String options = "{\"bits\": " + bits + ", \"queryBits\": " + queryBits + ", \"termBits\": "
                            + termBits + "}";
                    int bytes = (bits * 19 + 7) / 8 + termBits / 4;
                    all.add(new Sample("rabitq", options, similarity, 19, bits, bytes));
                }
            }
        }
        return all;
    }

    /** Writes a folder without codes. */
    static void write(Path folder, Sample sample) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        Map<String, String> arrays = new LinkedHashMap<>();
        Files.createDirectories(folder);
        boolean rotated = !sample.name().equals("sign") && !sample.name().equals("pq");
        if (rotated) {
            float[] rotation = random(sample.numbers() * DIMENSION, random);
            add(folder, arrays, "rotation", "<f4", bytes(rotation), sample.numbers(), DIMENSION);
            add(folder, arrays, "center", "<f4", bytes(random(DIMENSION, random)), DIMENSION);
        } else if (sample.name().equals("pq")) {
            int count = sample.bits() == 8 ? 200 : 13;
            add(folder, arrays, "codebooks", "<f4", bytes(random(count * DIMENSION, random)), count, DIMENSION);
            int parts = sample.numbers();
            ByteBuffer starts = ByteBuffer.allocate(4 * parts + 4).order(ByteOrder.LITTLE_ENDIAN);
            starts.asIntBuffer()
                    .put(parts == 4 ? new int[] {0, 6, 11, 16, DIMENSION} : new int[] {0, 5, 9, 13, 17, DIMENSION});
            add(folder, arrays, "starts", "<i4", starts.array(), parts + 1);
        }
        String described = arrays.entrySet().stream()
                .map(array -> "\"" + array.getKey() + ".npy\": {\"shape\": " + array.getValue() + "}")
                .collect(Collectors.joining(", "));
        String card = "{\"schema\": \"linfhash-quantizer/1\", \"quantizer\": \"" + sample.name() + "\", \"options\": "
                + sample.options() + ", \"similarity\": \"" + sample.similarity() + "\", \"vectors\": {\"dimension\": "
                + DIMENSION + "}, \"bytes\": " + sample.bytes() + ", \"codes\": {\"numbers\": " + sample.numbers()
                + ", \"bits\": " + sample.bits() + "}, \"arrays\": {" + described + "}}";
        Files.writeString(folder.resolve("quantizer.json"), card);
    }

    /** Writes a folder of signs of so many dimensions, whose codes are of a bit each. */
    static void writeSigns(Path folder, int dimension) throws IOException {
        Files.writeString(
                folder.resolve("quantizer.json"),
                "{\"schema\": \"linfhash-quantizer/1\", \"quantizer\": \"sign\", \"options\": {\"distance\": \"hamming\"}, "
                        + "\"similarity\": \"euclidean\", \"vectors\": {\"dimension\": " + dimension + "}, \"bytes\": "
                        + dimension / 8 + ", \"codes\": {\"numbers\": " + dimension
                        + ", \"bits\": 1}, \"arrays\": {}}");
    }

    /** Requires a process with the main method of a class to end well in a small heap, and to print nothing. */
    static void assertSilent(Class<?> program, Path folder) throws Exception {
        Process process = Appender.java(program, folder.toString());
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    static float[] random(int size, SplittableRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static void add(
            Path folder, Map<String, String> arrays, String name, String type, byte[] content, int... shape)
            throws IOException {
        arrays.put(name, Arrays.toString(shape));
        Files.write(folder.resolve(name + ".npy"), npy(type, content, shape));
    }

    /** The bytes of an .npy file, as NEP 1 describes them. */
    static byte[] npy(String type, byte[] content, int... shape) {
        String sizes = Arrays.stream(shape).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sizes + "), }\n";
        byte[] header = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file =
                ByteBuffer.allocate(10 + header.length + content.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        return file.putShort((short) header.length).put(header).put(content).array();
    }
}
