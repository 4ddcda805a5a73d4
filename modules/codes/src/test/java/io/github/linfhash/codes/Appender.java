package io.github.linfhash.codes;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process that appends to files which others append to as well, and notes after each append how many rows were acknowledged. Meanwhile a
 * thread of it opens and closes the same files again and again, as a service does that reloads.
 */
final class Appender {
    /** How many rows are appended at once. */
    static final int BATCH = 50;

    static final String CODES = "index.codes";
    static final String VECTORS = "vectors.npy";
    static final String IDS = "ids.npy";

    /** Each how many batches an index is saved, in place of appended to. */
    private static final int SAVED = 7;

    private final Path folder;
    private final int number;
    private final FittedQuantizer quantizer;

    private Appender(Path folder, int number) throws IOException {
        this.folder = folder;
        this.number = number;
        this.quantizer = FittedQuantizer.load(folder);
    }

    /**
     * Starts a process.
     *
     * @param folder with a quantizer and the files
     * @param kind {@link #CODES} or {@link #VECTORS}
     * @param number distinguishes its rows from those of other processes
     * @param batches how many to append
     */
    static Process start(Path folder, String kind, int number, int batches) throws IOException {
        return java(Appender.class, folder.toString(), kind, String.valueOf(number), String.valueOf(batches));
    }

    /** Runs a class of the tests in a process of its own, whose output is merged and read by this one. */
    static Process java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                place(CodeIndex.class) + File.pathSeparator + place(Appender.class),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    /** The file of the numbers that were acknowledged, each in eight bytes. */
    static Path notes(Path folder, int number) {
        return folder.resolve("acknowledged." + number);
    }

    /** Returns how many rows of a process were acknowledged. */
    static long acknowledged(Path folder, int number) throws IOException {
        Path notes = notes(folder, number);
        return Files.exists(notes) ? BATCH * (Files.size(notes) / Long.BYTES) : 0;
    }

    static long id(int number, long row) {
        return (long) number << 32 | row;
    }

    static float[] vector(long id) {
        return SampleFolders.random(SampleFolders.DIMENSION, new SplittableRandom(id));
    }

    public static void main(String[] args) throws IOException {
        Appender appender = new Appender(Path.of(args[0]), Integer.parseInt(args[2]));
        boolean codes = args[1].equals(CODES);
        Thread reader = new Thread(() -> {
            while (true) {
                appender.reopen(codes);
            }
        });
        reader.setDaemon(true);
        reader.start();
        appender.run(codes, Integer.parseInt(args[3]));
    }

    /** Ends the process with a failure if the files cannot be read: they are whole at every moment. */
    private void reopen(boolean codes) {
        try {
            if (codes) {
                CodeIndex.open(quantizer, folder.resolve(CODES)).close();
            } else {
                VectorFile.map(folder.resolve(VECTORS), folder.resolve(IDS)).close();
            }
        } catch (IOException | RuntimeException e) {
            System.out.println("a reader found: " + e);
            Runtime.getRuntime().halt(3);
        }
    }

    private void run(boolean codes, int batches) throws IOException {
        try (FileChannel notes =
                FileChannel.open(notes(folder, number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int batch = 0; batch < batches; ) {
                try {
                    if (codes) {
                        appendCodes(batch);
                    } else {
                        appendVectors(batch);
                    }
                    notes.write(ByteBuffer.allocate(Long.BYTES).putLong(0, batch));
                    batch++;
                } catch (IOException e) {
                    String message = String.valueOf(e.getMessage());
                    if (!message.contains("; try again") && !message.contains("; open it again")) {
                        throw e;
                    }
                }
            }
        }
    }

    private void appendCodes(int batch) throws IOException {
        Path file = folder.resolve(CODES);
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            for (int i = 0; i < BATCH; i++) {
                long id = id(number, (long) BATCH * batch + i);
                index.put(id, vector(id));
            }
            if (batch % SAVED == SAVED - 1) {
                index.save(file);
            } else {
                index.append();
            }
        }
    }

    private void appendVectors(int batch) throws IOException {
        try (VectorFile vectors = VectorFile.map(folder.resolve(VECTORS), folder.resolve(IDS))) {
            for (int i = 0; i < BATCH; i++) {
                long id = id(number, (long) BATCH * batch + i);
                vectors.put(id, vector(id));
            }
            vectors.append();
        }
    }
}
