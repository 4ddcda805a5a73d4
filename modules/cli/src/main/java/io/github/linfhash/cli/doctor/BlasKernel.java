package io.github.linfhash.cli.doctor;

import io.github.linfhash.encoders.algebra.TensorBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel that OpenBLAS takes for this processor, such as SkylakeX. It has no function that Java can reach for this, but
 * prints the name when it is loaded with OPENBLAS_VERBOSE=2, which a process of its own does.
 */
final class BlasKernel {
    private static final Pattern LINE = Pattern.compile("(?m)^Core: (\\S+)");
    private static final int MOST_OUTPUT = 1 << 16;

    private BlasKernel() {}

    /** The name, or a word on why there is none. */
    static String name() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        String unpacked = System.getProperty("org.bytedeco.javacpp.cachedir");
        if (unpacked != null) {
            command.add("-Dorg.bytedeco.javacpp.cachedir=" + unpacked);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TensorBackend.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OPENBLAS_VERBOSE", "2");
        Process process = builder.redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            return in(new String(process.getInputStream().readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    static String in(String output) {
        Matcher line = LINE.matcher(output);
        return line.find() ? line.group(1) : "not reported by this BLAS";
    }
}
