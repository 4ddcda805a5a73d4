package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.shell.ExitCodes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a library's user has it: jars on a class path, an empty folder, no checkout that anything names. */
@Tag("slow")
class JarsOnlyTest {
    @TempDir
    private static Path jars;

    private static String classPath = "";

    @TempDir
    private Path work;

    /** The modules as they are packed; libraries are jars already. */
    @BeforeAll
    static void pack() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (!Files.isDirectory(path)) {
                entries.add(entry);
            } else if (!path.endsWith("test-classes")) {
                Path jar = jars.resolve("linfhash-" + entries.size() + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            }
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(folder).sorted();
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files.filter(file -> !file.equals(folder)).toList()) {
                boolean inner = Files.isDirectory(file);
                out.putNextEntry(new JarEntry(folder.relativize(file) + (inner ? "/" : "")));
                if (!inner) {
                    Files.copy(file, out);
                }
            }
        }
    }

    @Test
    void aProtocolRunsAndItsResultsGoIntoTheCurrentFolder() throws Exception {
        Ended run = run("run", "--quick", "--bits", "16", "--seeds", "0", "--methods", "lsh");
        assertThat(run.code()).as(run.text()).isZero();
        Path results = work.resolve("linfhash-results").resolve("fashion-mnist-quick");
        assertThat(run.text()).contains("wrote linfhash-results/fashion-mnist-quick/index.html");
        assertThat(results.resolve("index.html")).isNotEmptyFile();
        assertThat(results.resolve("results.json")).content().contains("\"lsh\"");
    }

    @Test
    void dataSetsAndProtocolsAreThere() throws Exception {
        assertThat(run("list", "datasets").text()).contains("fashion-mnist", "cifar10", "nus-wide", "corel16k");
        assertThat(run("list", "protocols").text()).contains("fashion-mnist", "cifar10-sparse", "nus-wide-legacy");
    }

    @Test
    void whatIsForCheckoutsIsRefused() throws Exception {
        Ended run = run("results", "accept");
        assertThat(run.code()).as(run.text()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.text()).containsOnlyOnce("\n").contains("expected a checkout of linfhash");
        assertThat(work).isEmptyDirectory();
    }

    private record Ended(int code, String text) {}

    private Ended run(String... words) throws IOException, InterruptedException {
        Path output = jars.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dlinfhash.cache=" + jars.resolve("cache"),
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(Arrays.asList(words));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
