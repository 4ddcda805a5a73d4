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
 * One method of a protocol's comparison, or one of its rows: a registered method with options, or a program of any language that makes
 * codes of a task that is handed out to it.
 *
 * @param name its registered name, or that of the program's row
 * @param row the name of this entry among those of the method: lower-case words with dashes; may be left out where the
 *     method is there once
 * @param options the options that differ from the method's defaults
 * @param optionsAt by code length, what differs there from {@code options}, group by group
 * @param bits the code lengths at which it is run, where not at all of the protocol's
 * @param seeds the seeds with which it is run, where not with all of the protocol's
 * @param note a sentence for people on what this row is; shown beside its numbers
 * @param tunedBy the command that chose the options, where one did
 * @param search the file of that search's trace, by its path in the project or beside the protocol's file; may be left out
 * @param replicates the configuration that this row is one of several searches of: the row is called {@code REPLICATES-N} with the number N of
 *     its search, and results have one line for all of them; null for a row that stands alone
 * @param command the words of a command that makes the codes, of which one has {@value #TASK} and one {@value #OUT}; null for a registered
 *     method
 * @param files of a command, files beside those that its words name whose content decides its codes, below the folder of the protocol's
 *     file
 * @param limits of a command, what it may take for one seed at one code length
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
     * What a command may take for one seed at one code length; it is ended where it takes more.
     *
     * @param minutes of time
     * @param gigabytes of memory that it and all that it starts hold, in units of 2^30 bytes
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
