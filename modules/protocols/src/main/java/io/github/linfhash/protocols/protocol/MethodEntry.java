package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.results.RunKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A method of a comparison, or one of its configurations: a registered method with options, or an external program
 * that computes codes for a blind task.
 *
 * @param name registered name, or any other name for a program
 * @param row name of this configuration: lower-case words with dashes; required if the method appears several times
 * @param options options that differ from the method's defaults
 * @param optionsAt by code length, options that differ from {@code options}, merged group by group
 * @param bits code lengths to run (default: all of the protocol)
 * @param seeds seeds to run (default: all of the protocol)
 * @param note remark about this configuration, shown with its numbers
 * @param tunedBy command that selected the options
 * @param search trace of the search that selected the options; path within the project or relative to the protocol
 *     file
 * @param replicates configuration that was searched several times, of which this is one: the row is called
 *     {@code REPLICATES-N} with the number N of its search, and results show all of them as one (default: none)
 * @param command words of a command that computes the codes; one contains {@value #TASK} and one {@value #OUT};
 *     left out for a registered method
 * @param files further files that determine the codes of a command, in the folder of the protocol file
 * @param limits limits of a command, per seed and code length
 */
public record MethodEntry(
        String name,
        @Nullable String row,
        @Nullable Map<String, Object> options,
        @Nullable Map<Integer, Map<String, Object>> optionsAt,
        @Nullable List<Integer> bits,
        @Nullable List<Long> seeds,
        @Nullable String note,
        @Nullable String tunedBy,
        @Nullable String search,
        @Nullable String replicates,
        @Nullable List<String> command,
        @Nullable List<String> files,
        @Nullable Limits limits) {
    /** Stands in a command's words for the folder of the task. */
    public static final String TASK = "{task}";

    /** Stands in a command's words for the folder that the codes go to. */
    public static final String OUT = "{out}";

    public MethodEntry {
        ProtocolChecks.require(
                row == null || isRow(row),
                "expected as row of " + name + " lower-case words with dashes, found '" + row + "'");
        ProtocolChecks.require(
                note == null || !note.isBlank(), "expected as note of " + name + " a sentence, found none");
        if (command == null) {
            ProtocolChecks.require(
                    files == null && limits == null,
                    "expected the key 'command' beside the files and limits of " + name + ", found none");
        } else {
            requireCommand(name, command);
            ProtocolChecks.require(
                    Stream.of(options, optionsAt, tunedBy, search, replicates).noneMatch(part -> part != null),
                    "expected no options for the command of " + name
                            + ", as its words say all that it is told, found some");
            command = List.copyOf(command);
            files = files == null ? List.of() : requireFiles(name, files);
            limits = limits == null ? Limits.DEFAULT : limits;
        }
        options = options == null ? Map.of() : Map.copyOf(options);
        optionsAt = optionsAt == null ? Map.of() : Map.copyOf(optionsAt);
        if (search != null) {
            requirePath(
                    "search of " + name + " a path below the folder of the project or of the protocol's file", search);
            ProtocolChecks.require(
                    tunedBy != null, "expected the key 'tunedBy' beside the search of " + name + ", found none");
        }
        if (replicates != null) {
            ProtocolChecks.require(
                    tunedBy != null && row != null && row.matches(Pattern.quote(replicates) + "-[1-9][0-9]{0,8}"),
                    "expected the key 'tunedBy' and the row " + replicates + "-N, with the number of the search, of "
                            + name + " that replicates " + replicates + ", found the row '" + row + "'");
        }
        bits = bits == null ? null : List.copyOf(bits);
        seeds = seeds == null ? null : List.copyOf(seeds);
    }

    private static void requireCommand(String name, List<String> command) {
        ProtocolChecks.require(
                MethodSpec.isName(name),
                "expected as name of a command lower-case letters, digits and '-', first a letter, found '" + name
                        + "'");
        ProtocolChecks.require(
                !command.isEmpty() && command.stream().noneMatch(word -> word.isBlank() || word.indexOf('\0') >= 0),
                "expected as command of " + name + " words that are not empty, found " + command);
        for (String place : List.of(TASK, OUT)) {
            ProtocolChecks.require(
                    command.stream().anyMatch(word -> word.contains(place)),
                    "expected a word with " + place + " in the command of " + name + ", found none in " + command);
        }
    }

    private static List<String> requireFiles(String name, List<String> files) {
        for (String file : files) {
            requirePath("files of " + name + " paths below the folder of the protocol's file", file);
        }
        return List.copyOf(files);
    }

    private static void requirePath(String what, String file) {
        Path path = Path.of(file).normalize();
        ProtocolChecks.require(
                !file.isBlank() && !path.isAbsolute() && !path.startsWith(".."),
                "expected as " + what + ", found '" + file + "'");
    }

    /**
     * The limits of a command per seed and code length; it is stopped if it exceeds them.
     *
     * @param minutes run time in minutes
     * @param gigabytes memory of the process and its children, in units of 2^30 bytes
     */
    public record Limits(double minutes, double gigabytes) {
        static final Limits DEFAULT = new Limits(60, 8);
        private static final double MOST = 1e5;

        public Limits {
            ProtocolChecks.require(
                    minutes > 0 && minutes <= MOST && gigabytes > 0 && gigabytes <= MOST,
                    "expected limits of more than 0 and at most " + MOST + ", found " + minutes + " minutes and "
                            + gigabytes + " gigabytes");
        }
    }

    boolean runs(int length, long seed) {
        return (bits == null || bits.contains(length)) && (seeds == null || seeds.contains(seed));
    }

    /** Whether a text may name a row. */
    public static boolean isRow(String text) {
        // The loop gives nothing back; Java would keep a way back for each word, on a stack too small for thousands.
        return text.matches("[a-z][a-z0-9]*(?:-[a-z0-9]+)*+");
    }

    /** A method with its default options. */
    public static MethodEntry of(String name) {
        return new MethodEntry(name, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Override
    public Map<String, Object> options() {
        return options == null ? Map.of() : options;
    }

    @Override
    public Map<Integer, Map<String, Object>> optionsAt() {
        return optionsAt == null ? Map.of() : optionsAt;
    }

    @Override
    public List<String> files() {
        return files == null ? List.of() : files;
    }

    /** What results call it: {@code METHOD}, or {@code METHOD:ROW} where it has a row. */
    public String entry() {
        return RunKey.entry(name, row == null ? "" : row);
    }
}
