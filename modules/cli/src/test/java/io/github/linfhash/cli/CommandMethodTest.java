package io.github.linfhash.cli;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.entries.CommandMethod;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods of a protocol that programs carry out. The program is a Java file, as Java is here and anything else may not be. */
class CommandMethodTest extends ProgramOnTinyHome {
    private static final String RUN = "run --protocol F/mine/own.yaml ";

    /**
     * Codes are the signs of the first features, which a test can make itself. What else the program does is said by its third
     * argument; each run adds a line to runs.txt, and tasks.txt has the folders that it saw.
     */
    private static final String PROGRAM = """
            import java.io.*;
            import java.nio.*;
            import java.nio.file.*;

            public class Signs {
                public static void main(String[] words) throws Exception {
                    Path task = Path.of(words[0]);
                    Path out = Path.of(words[1]);
                    String yaml = Files.readString(task.resolve("task.yaml"));
                    String seed = numberOf("seeds", yaml);
                    int bits = Integer.parseInt(numberOf("bits", yaml));
                    say("runs.txt", seed + " " + bits);
                    say("tasks.txt", task.getParent().toString());
                    switch (words[2]) {
                        case "fail" -> {
                            System.out.println("first words");
                            System.err.println("no such thing as \\u0007a bell");
                            System.exit(3);
                        }
                        case "nothing" -> { return; }
                        case "wait", "child" -> {
                            if (words[2].equals("child")) {
                                Process child = new ProcessBuilder(ProcessHandle.current().info().command().get(),
                                        "Signs.java", words[0], words[1], "wait").start();
                                say("child.txt", Long.toString(child.pid()));
                            }
                            Thread.sleep(600_000);
                        }
                        case "hold" -> {
                            byte[][] held = new byte[40][];
                            for (int i = 0; i < held.length; i++) {
                                held[i] = new byte[10 << 20];
                                java.util.Arrays.fill(held[i], (byte) 1);
                            }
                            Thread.sleep(600_000 + held.length);
                        }
                        default -> {}
                    }
                    if (words[2].equals("chatter")) {
                        for (int i = 0; i < 100_000; i++) {
                            System.out.println("a line that nobody reads");
                        }
                    }
                    Path place = Files.createDirectories(out.resolve("codes").resolve(seed).resolve("" + bits));
                    int more = words[2].equals("more") ? 1 : 0;
                    write(place.resolve("query.npy"), signs(task.resolve(seed).resolve("query_features.npy"), bits), more);
                    write(place.resolve("database.npy"), signs(task.resolve(seed).resolve("database_features.npy"), bits), 0);
                }

                static synchronized void say(String file, String line) throws IOException {
                    Files.writeString(Path.of(file), line + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }

                static String numberOf(String key, String yaml) {
                    return yaml.lines().filter(line -> line.startsWith(key + ": [")).findFirst().get().replaceAll("[^0-9]", "");
                }

                static byte[][] signs(Path npy, int bits) throws IOException {
                    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
                    int header = 10 + file.getShort(8);
                    String[] shape = new String(file.array(), 0, header).replaceAll("(?s).*'shape': [(]([0-9, ]*)[)].*", "$1").split(", *");
                    int columns = Integer.parseInt(shape[1]);
                    byte[][] codes = new byte[Integer.parseInt(shape[0])][bits];
                    for (int row = 0; row < codes.length; row++) {
                        for (int b = 0; b < bits; b++) {
                            codes[row][b] = (byte) (file.getFloat(header + 4 * (row * columns + b)) > 0 ? 1 : 0);
                        }
                    }
                    return codes;
                }

                static void write(Path npy, byte[][] codes, int more) throws IOException {
                    int rows = codes.length + more;
                    String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + rows + ", " + codes[0].length + "), }";
                    text += " ".repeat(63 - (10 + text.length()) % 64) + "\\n";
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length(), (byte) (text.length() >> 8)});
                    out.write(text.getBytes("US-ASCII"));
                    for (byte[] code : codes) {
                        out.write(code);
                    }
                    out.write(new byte[more * codes[0].length]);
                    Files.write(npy, out.toByteArray());
                }
            }
            """;

    private Path folder = Path.of("");

    @BeforeEach
    void writeProgram() throws IOException {
        folder = Files.createDirectories(root.resolve("mine"));
        Files.writeString(folder.resolve("Signs.java"), PROGRAM);
        protocol("sign", "");
    }

    private void protocol(String mode, String more) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Files.writeString(
                folder.resolve("own.yaml"),
                Files.readString(root.resolve("protocols/tiny.yaml"))
                        .replaceFirst("(?s)  - name: nnh.*quick:", String.format(Locale.ROOT, """
                                  - name: signs
                                    command: ['%s', -Xmx1g, Signs.java, "{task}", "{out}", %s]
                                    note: The signs of the first features.
                                %squick:""", java, mode, more)));
    }

    private Results results() {
        return ResultsJson.read(folder.resolve("own-results/results.json"));
    }

    private List<String> lines(String file) throws IOException {
        return Files.exists(folder.resolve(file)) ? Files.readAllLines(folder.resolve(file)) : List.of();
    }

    private static BinaryCodes signs(FeatureMatrix rows, int bits) {
        float[] first = new float[rows.rows() * bits];
        for (int row = 0; row < rows.rows(); row++) {
            for (int b = 0; b < bits; b++) {
                first[row * bits + b] = rows.get(row, b);
            }
        }
        return BinaryCodes.ofSigns(rows.rows(), bits, first);
    }

    private String expectedCodes(int bits, long seed) throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = new ProtocolFiles(home.protocols()).read("tiny");
        FeatureData data = new Preparation(home, home.protocols(), Progress.NONE).prepare(protocol, null);
        PreparedSplit trial = PreparedSplit.of(protocol, data, seed);
        var digest = Digests.sha256();
        digest.update(signs(trial.queries(), bits).toBytes());
        digest.update(signs(trial.database(), bits).toBytes());
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void codesAreThoseOfTheProgramInTheOrderOfTheSplit() throws IOException {
        succeed(RUN + "--allow-commands --bits=8 --seeds=0,1 --metrics-profile");

        assertThat(lines("runs.txt")).containsExactlyInAnyOrder("0 8", "1 8");
        Results results = results();
        assertThat(results.protocol().methodNames()).containsExactly("ksh", "signs");
        assertThat(results.runs("signs", 8)).hasSize(2);
        for (RunResult run : results.runs("signs", 8)) {
            assertThat(run.codesHash()).isEqualTo(expectedCodes(8, run.key().seed()));
            assertThat(run.metrics()).containsKeys("map", "precision@2");
            assertThat(run.seconds()).containsOnlyKeys("train", "evaluate");
        }
        MethodSummary signs = results.protocol().methods().get(1);
        assertThat(signs.supervision()).isEqualTo(Supervision.EXTERNAL);
        assertThat(signs.madeByCommand()).isTrue();
        assertThat(signs.note()).contains("A program outside linfhash", "The signs of the first features.");
        assertThat(String.valueOf(signs.options().get("command"))).contains("Signs.java {task} {out} sign");
        assertThat(Files.readString(folder.resolve("own-results/index.html")))
                .contains("if the external program followed the rules", "--allow-commands");
        for (String task : lines("tasks.txt")) {
            assertThat(Path.of(task)).doesNotExist();
        }
    }

    @Test
    void aRunIsKeptAsLongAsTheProgramIsTheSame() throws IOException {
        String options = "--allow-commands --methods=signs --bits=8 --seeds=0";
        succeed(RUN + options);
        succeed(RUN + options);
        assertThat(lines("runs.txt")).hasSize(1);

        // What may not be run now is shown none the less.
        succeed(RUN + "--methods=ksh --bits=8 --seeds=0");
        assertThat(results().protocol().methodNames()).containsExactly("ksh", "signs");

        Files.writeString(folder.resolve("Signs.java"), PROGRAM + "// another version\n");
        succeed(RUN + options);
        assertThat(lines("runs.txt")).hasSize(2);
    }

    @Test
    void nothingIsRunThatNobodyAllowed() throws IOException {
        assertThat(badInput(RUN + "--bits=8 --seeds=0"))
                .contains(
                        "Protocol own runs external programs with your permissions: signs ('",
                        "Signs.java {task} {out} sign'). Review them, then pass --allow-commands.");
        assertThat(lines("runs.txt")).isEmpty();
        assertThat(folder.resolve("own-results")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fail    |                                          | expected exit code 0, found 3; its last output: no such thing as a bell
                    nothing |                                          | {out}: expected codes of each seed and length of the task, found no codes/0/8/query.npy
                    more    |                                          | {out}/codes/0/8/query.npy: expected a code for each of the 15 queries of seed 0, found 16
                    wait    | limits: {minutes: 0.03, gigabytes: 4}    | stopped because it exceeded its limit of 0.03 minutes
                    hold    | limits: {minutes: 10, gigabytes: 0.25}   | stopped because it exceeded its limit of 0.25 gigabytes of memory, using
                    sign    | files: [lib/none.txt]                    | expected the file lib/none.txt in the folder of the protocol's file, found none
                    """)
    void aProgramThatFailsIsAFailedRun(String mode, String more, String reason) throws IOException {
        protocol(mode, more == null ? "" : "    " + more + "\n");

        assertThat(call(RUN + "--allow-commands --bits=8 --seeds=0")).isEqualTo(ExitCodes.FAILED);

        Results results = results();
        assertThat(results.runs().stream().filter(run -> !run.failed()))
                .singleElement()
                .satisfies(run -> assertThat(run.key().method()).isEqualTo("ksh"));
        assertThat(results.runs().stream().filter(RunResult::failed))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.failure())
                            .startsWith("command of signs")
                            .contains(reason)
                            .doesNotContain(root.toString());
                    assertThat(run.metrics()).isEmpty();
                });
        for (String task : lines("tasks.txt")) {
            assertThat(Path.of(task)).doesNotExist();
        }
    }

    @Test
    void whatAProgramStartedEndsWithIt() throws Exception {
        protocol("child", "    limits: {minutes: 0.1, gigabytes: 4}\n");

        assertThat(call(RUN + "--allow-commands --methods=signs --bits=8 --seeds=0"))
                .isEqualTo(ExitCodes.FAILED);

        long child = Long.parseLong(lines("child.txt").get(0));
        ProcessHandle.of(child).ifPresent(alive -> alive.onExit().join());
        assertThat(ProcessHandle.of(child)).isEmpty();
    }

    @Test
    void manyWordsHinderNobody() throws IOException {
        protocol("chatter", "");
        succeed(RUN + "--allow-commands --methods=signs --bits=8 --seeds=0");
    }

    @Test
    void aProgramThatIsNotThereIsASentence() throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(
                file, Files.readString(file).replaceFirst("command: \\[[^,]*,", "command: [no-such-program,"));
        assertThat(call(RUN + "--allow-commands --methods=signs --bits=8 --seeds=0"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(results().runs())
                .singleElement()
                .satisfies(run -> assertThat(run.failure()).contains("cannot start 'no-such-program'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name: signs          | name: ksh-2            | {task}  | {tusk} | expected a word with {task} in the command of ksh-2, found none
                    name: signs          | name: signs            | {out}   | out    | expected a word with {out} in the command of signs, found none
                    name: signs          | name: Signs            | sign]   | sign]  | expected as name of a command lower-case letters, digits and '-', first a letter, found 'Signs'
                    name: signs          | name: lsh              | sign]   | sign]  | expected a name for the command that no method of linfhash has, found 'lsh'
                    note:                | options: {a: 1} #      | sign]   | sign]  | expected no options for the command of signs
                    note:                | files: [../out.py] #   | sign]   | sign]  | expected as files of signs paths below the folder of the protocol's file, found '../out.py'
                    note:                | limits: {minutes: 0, gigabytes: 1} # | sign] | sign] | expected limits of more than 0
                    options: {anchors: 20} | limits: {minutes: 1, gigabytes: 1} | sign] | sign] | expected the key 'command' beside the files and limits of ksh, found none
                    """)
    void whatAProtocolMaySayOfACommandIsChecked(String from, String to, String from2, String to2, String reason)
            throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, Files.readString(file).replace(from, to).replace(from2, to2));
        assertThat(badInput(RUN + "--allow-commands --bits=8 --seeds=0")).contains(reason);
        assertThat(lines("runs.txt")).isEmpty();
    }

    @Test
    void noProgramSeesQueriesThatAreInTheDatabase() throws IOException {
        Protocol inDatabase = new ProtocolFiles(realHome().resolve("protocols")).read("nus-wide-legacy");
        MethodEntry command = new MethodEntry(
                "signs", null, null, null, null, null, null, null, null, null, List.of("{task}", "{out}"), null, null);
        assertBadInput(() -> CommandMethod.requirePossible(inDatabase, List.of(command), true))
                .hasMessageContaining("a task requires queries that are not in the database");
    }

    @Test
    void aRowThatThereIsNotIsASentence() {
        assertThat(badInput(RUN + "--allow-commands --methods=signs:other"))
                .contains("configurations of signs: expected one of signs, found 'signs:other'");
    }

    @Test
    void regressHoldsProgramsAgainstWhatTheyMade() throws IOException {
        succeed(RUN + "--allow-commands --bits=8 --seeds=0");
        succeed("results accept --protocol F/mine/own.yaml --allow-commands --bits=8 --seeds=0");
        succeed("results check --protocol F/mine/own.yaml --allow-commands --bits=8 --seeds=0");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).contains("own.expected.yaml");
        }
        assertThat(Files.readString(folder.resolve("own.expected.yaml"))).contains("signs");
    }
}
