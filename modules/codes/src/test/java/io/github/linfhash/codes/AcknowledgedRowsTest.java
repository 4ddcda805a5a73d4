package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.files.ArrayAppend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that an append or a save has acknowledged are in the file, whatever other processes do, and whoever opens and closes the file meanwhile. */
class AcknowledgedRowsTest {
    private static final int KILLS = 40;

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private FittedQuantizer quantizer;

    @BeforeEach
    void writeFiles() throws IOException {
        SampleFolders.write(folder, SampleFolders.all().get(0));
        quantizer = FittedQuantizer.load(folder);
        try (CodeIndex index = CodeIndex.empty(quantizer)) {
            index.save(folder.resolve(Appender.CODES));
        }
        Path vectors = folder.resolve(Appender.VECTORS);
        Files.write(vectors, SampleFolders.npy("<f4", new byte[0], 0, SampleFolders.DIMENSION));
        try (VectorFile empty = VectorFile.map(vectors)) {
            empty.save(vectors); // with room in its header
        }
        VectorFile.writeIds(folder.resolve(Appender.IDS));
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String kind, int number, int batches) throws IOException {
        Process process = Appender.start(folder, kind, number, batches);
        started.add(process);
        return process;
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    /** POSIX releases the locks of a process on a file when it closes the file, by whichever channel: thus the lock is on a file of its own. */
    @ParameterizedTest
    @ValueSource(strings = {Appender.CODES, Appender.VECTORS, Appender.IDS})
    void aReaderOfTheSameProcessReleasesNoLock(String name) throws Exception {
        Path file = folder.resolve(name);
        try (ArrayAppend.Locked locked = ArrayAppend.open(file)) {
            assertThat(locked.lock()).isNotNull();
            CodeIndex.open(quantizer, folder.resolve(Appender.CODES)).close();
            VectorFile.map(folder.resolve(Appender.VECTORS), folder.resolve(Appender.IDS))
                    .close();
            String refused =
                    file + ": expected one program that appends to it or saves it, found another one; try again";
            assertThat(output(Appender.java(Another.class, file.toString()))).isEqualTo(refused);
            // A second attempt of this process does not release it either.
            assertThat(Another.attempt(file)).isEqualTo(refused);
            assertThat(output(Appender.java(Another.class, file.toString()))).isEqualTo(refused);
        }
        assertThat(output(Appender.java(Another.class, file.toString()))).isEqualTo("opened");
    }

    /** Another process that appends. */
    static final class Another {
        private Another() {}

        static String attempt(Path file) {
            try (ArrayAppend.Locked locked = ArrayAppend.open(file)) {
                return locked.channel().isOpen() ? "opened" : "closed";
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }

        public static void main(String[] args) {
            System.out.println(attempt(Path.of(args[0])));
        }
    }

    /** Two processes append by turns, and save; in each of them a thread opens and closes the files all the time. */
    @ParameterizedTest
    @ValueSource(strings = {Appender.CODES, Appender.VECTORS})
    void twoProcessesLoseNothing(String kind) throws Exception {
        int batches = 20;
        Process one = start(kind, 1, batches);
        Process other = start(kind, 2, batches);
        assertThat(output(one)).isEmpty();
        assertThat(output(other)).isEmpty();
        Counts counts = requireAcknowledged(kind, List.of(1, 2));
        assertThat(counts.acknowledged()).isEqualTo(2L * batches * Appender.BATCH);
        assertThat(counts.inFile()).isEqualTo(counts.acknowledged());
    }

    /** Two processes append, of which one is killed at a random moment and replaced by a new one, {@value #KILLS} times. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {Appender.CODES, Appender.VECTORS})
    void killedProcessesLoseNothing(String kind) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        List<Integer> running = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            while (running.size() < 2 && numbers.size() < KILLS) {
                int number = numbers.size();
                start(kind, number, Integer.MAX_VALUE);
                numbers.add(number);
                running.add(number);
            }
            kill(running.remove(random.nextInt(running.size())), random);
        }
        Counts counts = requireAcknowledged(kind, numbers);
        System.out.println(kind + ": " + KILLS + " kills; " + counts.acknowledged() + " rows acknowledged, "
                + counts.found() + " of them in the file; " + (counts.inFile() - counts.acknowledged())
                + " more of appends that were killed before they returned");
        assertThat(counts.acknowledged()).isPositive();
        if (kind.equals(Appender.CODES)) {
            try (CodeIndex index = CodeIndex.open(quantizer, folder.resolve(kind))) {
                index.save(folder.resolve(kind));
            }
            assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".part"));
        }
    }

    /** Kills a process that has appended something, at a random moment. */
    private void kill(int number, SplittableRandom random) throws Exception {
        Process process = started.get(number);
        while (process.isAlive() && Appender.acknowledged(folder, number) == 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MICROSECONDS.sleep(random.nextInt(300_000));
        assertThat(process.isAlive()).as("process " + number + " goes on").isTrue();
        // Process.destroyForcibly closes the stream, which is read below.
        process.toHandle().destroyForcibly();
        assertThat(output(process)).isEmpty();
    }

    /**
     * The rows of a file.
     *
     * @param found how many of the acknowledged ones it contains
     */
    private record Counts(long acknowledged, long found, long inFile) {}

    /**
     * Each process's rows in the file are the acknowledged ones, and those of one more batch at most, which was under way when the process was
     * killed: all of it, or nothing.
     */
    private Counts requireAcknowledged(String kind, List<Integer> numbers) throws IOException {
        Map<Integer, BitSet> inFile = kind.equals(Appender.CODES) ? codesOfFile() : vectorsOfFile();
        long acknowledged = 0;
        long found = 0;
        long all = 0;
        for (int number : numbers) {
            long noted = Appender.acknowledged(folder, number);
            BitSet rows = inFile.getOrDefault(number, new BitSet());
            acknowledged += noted;
            found += Math.min(rows.nextClearBit(0), noted);
            all += rows.cardinality();
            assertThat((long) rows.nextClearBit(0))
                    .as("rows of process " + number)
                    .isIn(noted, noted + Appender.BATCH);
            assertThat(rows.length()).isEqualTo(rows.cardinality());
        }
        assertThat(numbers).containsAll(inFile.keySet());
        assertThat(found).isEqualTo(acknowledged);
        return new Counts(acknowledged, found, all);
    }

    private Map<Integer, BitSet> codesOfFile() throws IOException {
        Map<Integer, BitSet> rows = new HashMap<>();
        try (CodeIndex index = CodeIndex.open(quantizer, folder.resolve(Appender.CODES))) {
            for (long id : index.search(Appender.vector(0), Integer.MAX_VALUE).ids()) {
                note(rows, id);
                assertThat(index.code(id)).isEqualTo(quantizer.encode(Appender.vector(id)));
            }
        }
        return rows;
    }

    private Map<Integer, BitSet> vectorsOfFile() throws IOException {
        Map<Integer, BitSet> rows = new HashMap<>();
        Path ids = folder.resolve(Appender.IDS);
        try (VectorFile vectors = VectorFile.map(folder.resolve(Appender.VECTORS), ids)) {
            IdTable.View all = VectorFile.ids(ids).view();
            float[] vector = new float[SampleFolders.DIMENSION];
            for (long row = 0; row < all.rows(); row++) {
                long id = all.id(row);
                note(rows, id);
                vectors.copy(id, vector);
                assertThat(Arrays.equals(vector, Appender.vector(id)))
                        .as("the vector of id " + id)
                        .isTrue();
            }
        }
        return rows;
    }

    private static void note(Map<Integer, BitSet> rows, long id) {
        rows.computeIfAbsent((int) (id >>> 32), number -> new BitSet()).set((int) id);
    }

    /** An index that was opened before another one appended does not replace the file by its own codes. */
    @Test
    void aSaveDoesNotReplaceWhatAnotherOneAppended() throws IOException {
        Path file = folder.resolve(Appender.CODES);
        try (CodeIndex index = CodeIndex.open(quantizer, file);
                CodeIndex other = CodeIndex.open(quantizer, file)) {
            other.add(Appender.vector(1));
            other.append();
            index.add(Appender.vector(2));
            assertThat(attempt(() -> index.save(file)))
                    .isEqualTo(
                            file + ": expected the codes that this index was opened from or saved with, found more, as"
                                    + " another one appended to it; open it again, and add again what it lacks");
            other.save(file);
            assertThat(attempt(() -> index.save(file)))
                    .isEqualTo(
                            file + ": expected the file that this index was opened from or saved to, found another one"
                                    + " in its place; open it again, or save this index to another file");
            index.save(folder.resolve("other.codes"));
        }
        try (CodeIndex index = CodeIndex.open(quantizer, file)) {
            assertThat(index.code(0)).isEqualTo(quantizer.encode(Appender.vector(1)));
        }
    }

    @Test
    void vectorsDoNotReplaceWhatAnotherOneAppended() throws IOException {
        Path file = folder.resolve(Appender.VECTORS);
        try (VectorFile vectors = VectorFile.map(file);
                VectorFile other = VectorFile.map(file)) {
            other.add(Appender.vector(1));
            other.append();
            assertThat(attempt(() -> vectors.save(file)))
                    .isEqualTo(file
                            + ": expected the 0 rows that it had, found 1, as another one appended to it or replaced"
                            + " it; open it again, and add again what it lacks");
        }
        try (VectorFile vectors = VectorFile.map(file)) {
            assertThat(vectors.size()).isEqualTo(1);
        }
    }

    /** The work that is done with a file. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private static String attempt(Attempt attempt) {
        try {
            attempt.run();
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
