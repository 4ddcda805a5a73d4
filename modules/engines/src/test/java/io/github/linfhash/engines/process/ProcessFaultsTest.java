package io.github.linfhash.engines.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.Measurer;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.engines.measure.VectorCollection.Searched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of a process, each of which is one sentence, after which it is of use again. */
class ProcessFaultsTest {
    private static final double PATIENCE = 20;
    private static final int SIGTERM = 128 + 15;
    private static final float[][] ROWS = {{1, 0}, {0, 1}, {1, 1}, {2, 1}, {1, 3}};
    private static final float[][] QUERIES = {{1, 0.1f}, {0.1f, 1}};

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private static ProcessEngine engine(String fault, double patience) throws IOException {
        return new ProcessEngine("fake", FakeEngine.command(fault), null, patience);
    }

    private static OperatingPoint load(ProcessEngine engine) throws IOException {
        engine.load(FeatureMatrix.copyOf(ROWS), Similarity.EUCLIDEAN, Map.of(), 1);
        IndexSpec spec =
                engine.grid(engine.types().get(0), ROWS.length, 2, 2).builds().get(0);
        return new OperatingPoint(spec, 1, 2);
    }

    private static List<Searched> search(ProcessEngine engine, OperatingPoint point) throws IOException {
        ProcessEngine.Rows rows = engine.all(point.index().type());
        assertThat(rows.build(point.index(), PATIENCE)).isPresent();
        return rows.search(List.of(point, point), QUERIES, 2);
    }

    private static String failure(String fault, double patience) throws IOException {
        ProcessEngine engine = engine(fault, patience);
        List<ProcessHandle> handles = new ArrayList<>(engine.process().handles());
        try {
            OperatingPoint point = load(engine);
            String[] sentence = new String[1];
            assertThatThrownBy(() -> search(engine, point))
                    .isInstanceOf(InputException.class)
                    .satisfies(e -> sentence[0] = e.getMessage());
            // The next type is measured with the same engine.
            assertThat(engine.recovers()).isTrue();
            handles.addAll(engine.process().handles());
            assertThat(engine.grid(engine.types().get(0), ROWS.length, 2, 2).efforts())
                    .containsExactly(1);
            engine.all(point.index().type()).dropIndex();
            return sentence[0];
        } finally {
            assertThat(engine.remove()).isEmpty();
            assertThat(handles).noneMatch(ProcessHandle::isAlive);
            assertThat(engine.process().arrays().folder()).doesNotExist();
        }
    }

    /** A field that is not known, and a later minor version, do not matter. */
    @Test
    void anEngineWithoutFaultsSearches() throws IOException {
        ProcessEngine engine = engine("none", PATIENCE);
        try {
            OperatingPoint point = load(engine);
            List<Searched> found = search(engine, point);
            assertThat(found).hasSize(2);
            assertThat(found.get(1).lists()).containsExactly(new int[] {0, 2}, new int[] {1, 2});
            assertThat(found.get(1).millis()).containsExactly(0.25, 0.25);
            assertThat(engine.server().heap()).isEqualTo("everything else that lasts");
            assertThat(engine.hasFilters()).isFalse();
            List<String> lines = new ArrayList<>();
            assertThat(SelfTest.run(engine, lines::add)).as(lines.toString()).isTrue();
            assertThat(lines).allMatch(line -> line.startsWith("ok    ")).hasSizeGreaterThan(8);
        } finally {
            assertThat(engine.remove()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dies|The process of fake ended in \"build\" with exit code 3: MemoryError: no room for the graph",
                "negative|fake answered \"build\" wrongly: expected index_bytes as a whole number from 0 to 9223372036854775807, found -3",
                "no JSON|fake answered \"search\" wrongly: expected one JSON object on a line of at most 1 MB, found 'searching for the neighbors'",
                "out of range|fake answered \"search\" wrongly: expected ids from -1 to 4, found 5 in list 1",
                "below|fake answered \"search\" wrongly: expected ids from -1 to 4, found -2 in list 1",
                "twice|fake answered \"search\" wrongly: expected each of the ids once in a list, found 1 twice in list 1",
                "too few|fake answered \"search\" wrongly: expected ids of int64 and shape [4, 2], found int64 of shape [3, 2]",
                "NaN|fake answered \"search\" wrongly: expected millis that are finite and not negative, found NaN of search 1",
                "link|fake answered \"search\" wrongly: ids: expected the name of a file in the scratch folder, which is no link, found 'linked.npy'",
                "outside|fake answered \"search\" wrongly: ids: expected the name of a file in the scratch folder, which is no link, found '../ids.npy'"
            })
    void aFaultIsOneSentence(String fault, String sentence) throws IOException {
        assertThat(failure(fault, PATIENCE)).isEqualTo(sentence);
    }

    @Test
    void aLongLineIsNotKept() throws IOException {
        assertThat(failure("long line", PATIENCE))
                .startsWith(
                        "fake answered \"search\" wrongly: expected one JSON object on a line of at most 1 MB, found '{");
    }

    @Test
    void aCallThatHangsIsEnded() throws IOException {
        assertThat(failure("hangs", 2))
                .isEqualTo("fake, \"search\": expected an answer within 2 s, found none, and ended the process");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version|fake: expected an engine that speaks linfhash-engine/1, found linfhash-engine/2. Use the linfhash_engine.py of this version of linfhash",
                "two keys|measure.json, found 'links'",
                "known key|measure.json, found 'indexBytes'"
            })
    void anEngineThatCannotBeUsedIsRefused(String fault, String sentence) {
        assertThatThrownBy(() -> engine(fault, PATIENCE))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(sentence);
    }

    @Test
    void aRefusalIsQuotedWithoutControlCharacters() throws IOException {
        ProcessEngine engine = engine("refuses", PATIENCE);
        assertThatThrownBy(() -> load(engine)).hasMessage("fake, \"load\": no room for the vectors ?[31m");
        assertThat(engine.remove()).isEmpty();
    }

    @Test
    void aRefusalHasToBeAText() throws IOException {
        assertThat(failure("an error that is no text", PATIENCE))
                .isEqualTo("fake answered \"build\" wrongly: expected error as a text, found {\"code\":7}");
    }

    /** A pipe holds 64 KiB, and whoever writes more waits. */
    @Test
    @Timeout(60)
    void aProcessThatDoesNotReadIsEnded() throws IOException {
        EngineProcess process = new EngineProcess("deaf", (in, environment) -> List.of("sleep", "600"));
        assertThat(process.call("load", Map.of("vectors", "x".repeat(200_000)), 0.5))
                .isEmpty();
        assertThat(process.handles()).noneMatch(ProcessHandle::isAlive);
        assertThat(process.close()).isEmpty();
    }

    @Test
    void aBuildOutsideOfItsRangeIsRefused() throws IOException {
        ProcessEngine engine = engine("many links", PATIENCE);
        assertThatThrownBy(() -> load(engine))
                .hasMessage("fake answered \"grid\" wrongly: expected links as a whole number from 2 to 8, found 99");
        assertThat(engine.remove()).isEmpty();
    }

    @Test
    void aSimilarityThatIsMissingNamesTheOthers() throws IOException {
        ProcessEngine engine = engine("euclidean", PATIENCE);
        assertThatThrownBy(() -> engine.load(FeatureMatrix.copyOf(ROWS), Similarity.COSINE, Map.of(), 1))
                .isInstanceOf(InputException.class)
                .hasMessage("--similarity: expected one that a fake has, which are euclidean, dot, found cosine");
        assertThat(engine.remove()).isEmpty();
    }

    /** No vector is read before there is space for all. */
    @Test
    void tooLittleSpaceIsASentence() throws IOException {
        ProcessEngine engine = engine("none", PATIENCE);
        FeatureMatrix many = FeatureMatrix.reading(Integer.MAX_VALUE, 100_000, (from, count, target, offset) -> {
            throw new IllegalStateException("rows are read");
        });
        Measurer.Request request = new Measurer.Request(
                many, many, true, Similarity.DOT, 10, List.of(0.9), engine.types(), 60, 0, null, 0);
        assertThatThrownBy(() -> engine.load(request, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(" MB of free space for temporary files in ")
                .hasMessageEndingWith(" MB. Measure fewer vectors with --max-vectors, or make more room");
        assertThat(engine.remove()).isEmpty();
    }

    /** A process that does not end with its input is killed, with those that it started. */
    @ParameterizedTest
    @CsvSource({"slow", "deaf"})
    void aBuildThatTakesTooLongIsStopped(String fault) throws IOException {
        ProcessEngine engine = engine(fault, PATIENCE);
        OperatingPoint point = load(engine);
        EngineProcess before = engine.process();
        assertThat(engine.all(point.index().type()).build(point.index(), 0.5)).isEmpty();
        assertThat(engine.process()).isNotSameAs(before);
        assertThat(before.fault().isEmpty()).isEqualTo(fault.equals("slow"));
        assertThat(before.handles()).noneMatch(ProcessHandle::isAlive);
        assertThat(before.arrays().folder()).doesNotExist();
        assertThat(engine.call("drop", Map.of()).json()).isEmpty();
        assertThat(engine.remove()).isEmpty();
    }

    @Test
    void aProgramThatIsMissingIsNamed() {
        assertThatThrownBy(() -> new ProcessEngine(
                        "mine.py", new PythonCommand("/nowhere/python", "mine.py", Path.of("mine.py")), null, 1))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "The program /nowhere/python of mine.py cannot be run: set LINFHASH_PYTHON to the program of"
                                + " Python 3.10 or newer with NumPy");
        assertThatThrownBy(() -> PythonCommand.of("nothing", Map.of()))
                .hasMessage(
                        "--engine: expected the name of an engine, or the path of a script that ends in .py, found 'nothing'");
        assertThatThrownBy(() -> PythonCommand.of("/nowhere/mine.py", Map.of()))
                .hasMessageEndingWith("found no file /nowhere/mine.py");
    }

    /** As a user does who loses patience: kill -9 of the process that measures, while an index is built. */
    @Test
    void aKilledMeasurementLeavesNothing() throws Exception {
        Path told = folder.resolve("told");
        Process measuring = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Building.class.getName(),
                        told.toString())
                .inheritIO()
                .start();
        while (!Files.exists(told) || !Files.readString(told).endsWith("\n")) {
            assertThat(measuring.isAlive()).isTrue();
            Thread.sleep(20);
        }
        String[] words = Files.readString(told).strip().split(" ", 3);
        measuring.destroyForcibly().waitFor();
        for (int left = 500; left > 0 && Files.exists(Path.of(words[2])); left--) {
            Thread.sleep(20);
        }
        assertThat(Path.of(words[2])).doesNotExist();
        for (int left = 500; left > 0 && running(words[0]); left--) {
            Thread.sleep(20);
        }
        assertThat(running(words[0])).isFalse();
        ProcessHandle.of(Long.parseLong(words[1])).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The thread that measures goes on meanwhile, as that of a command does which prints what was measured. */
    @ParameterizedTest
    @CsvSource({
        "before hello",
        "in hello",
        "after hello",
        "in grid",
        "in load",
        "after load",
        "in build",
        "after build",
        "in search",
        "after search",
        "in candidates",
        "in drop",
        "after drop"
    })
    void aSignalLeavesNothing(String moment) throws Exception {
        Path said = folder.resolve("said");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Process measuring = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Measuring.class.getName(),
                        moment)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(measuring.waitFor()).isEqualTo(SIGTERM);
        assertThat(temporary).isEmptyDirectory();
        assertThat(said)
                .content()
                .contains("linfhash: The files of fake were removed.")
                .contains("nterrupted")
                .doesNotContain("\tat ");
    }

    private static boolean running(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    /** A program that measures with an engine that interrupts it. It ends when it has said what was measured, or why nothing was. */
    public static final class Measuring {
        private Measuring() {}

        /** @param arguments the moment of the interrupt */
        public static void main(String[] arguments) throws Exception {
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    main.join(10_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            FeatureMatrix rows = FeatureMatrix.copyOf(new Random(1)
                    .ints(400)
                    .mapToObj(i -> new float[] {i & 255, i >> 8 & 255})
                    .toArray(float[][]::new));
            try {
                ProcessEngine engine = engine(arguments[0], PATIENCE);
                Measurer.Request request = new Measurer.Request(
                        rows, rows, true, Similarity.EUCLIDEAN, 2, List.of(0.5), engine.types(), 60, 1, null, 0);
                System.out.println(new Measurer(engine, request, Progress.NONE, soFar -> {})
                        .measure()
                        .leftOut());
            } catch (InputException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** A program that builds an index, which does not end. */
    public static final class Building {
        private Building() {}

        /** @param arguments a file that the engine writes when it builds */
        public static void main(String[] arguments) throws IOException {
            ProcessEngine engine = engine("slow " + arguments[0], PATIENCE);
            OperatingPoint point = load(engine);
            engine.all(point.index().type()).build(point.index(), 60);
        }
    }
}
