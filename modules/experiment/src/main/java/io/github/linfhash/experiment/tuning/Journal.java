package io.github.linfhash.experiment.tuning;

import io.github.linfhash.codes.files.WholeFile;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.tuning.SearchSpace.Configuration;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a search, kept line by line beside its trace, so that a search that was interrupted goes on. A line is named by a hash of all
 * that decides it: method and options, code length, fold and seed, images and code. Lines of anything else are never met, and a line that was cut is
 * measured again.
 */
public final class Journal {
    private static final char SEPARATOR = '\t';

    private final @Nullable Path file;
    private final String context;
    private final Map<String, TrialResult> known = new HashMap<>();

    private Journal(@Nullable Path file, String context) {
        this.file = file;
        this.context = context;
    }

    /** A journal that keeps nothing. */
    public static Journal none() {
        return new Journal(null, "");
    }

    /**
     * The journal of a file, which need not exist yet.
     *
     * @param context what decides all measurements alike: images, folds, seed, code
     */
    public static Journal in(Path file, String context) throws IOException {
        Journal journal = new Journal(file, context);
        List<String> whole = new ArrayList<>();
        if (Files.exists(file)) {
            // A line with other bytes than UTF-8 is damaged, and the others are good.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            // What follows the last line feed was being written when the search ended.
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                if (journal.remember(line)) {
                    whole.add(line);
                }
            }
            String kept = whole.isEmpty() ? "" : String.join("\n", whole) + "\n";
            if (!kept.equals(text)) {
                // Not in place: a full disk or a killed process must not lose what was measured.
                AtomicFiles.write(file, kept);
            }
        }
        return journal;
    }

    private boolean remember(String line) {
        int tab = line.indexOf(SEPARATOR);
        if (tab < 0) {
            return false;
        }
        try {
            byte[] json = line.substring(tab + 1).getBytes(StandardCharsets.UTF_8);
            known.put(line.substring(0, tab), StrictReader.readJson("journal", json, TrialResult.class));
            return true;
        } catch (InputException damaged) {
            // A line saves time and nothing else: without it, the same is measured again.
            return false;
        }
    }

    /** The number of measurements that are known. */
    public synchronized int size() {
        return known.size();
    }

    /** Whether something was measured before. */
    synchronized boolean has(Configuration configuration, int bits, int unit) {
        return known.containsKey(key(configuration, bits, unit));
    }

    private String key(Configuration configuration, int bits, int unit) {
        return StrictReader.hash(List.of(
                context, configuration.method().name(), configuration.method().options(), bits, unit));
    }

    /** Returns the measurement that is kept, or else measures now and keeps the result. */
    TrialResult get(Configuration configuration, int bits, int unit, Supplier<TrialResult> measure) {
        String key = key(configuration, bits, unit);
        synchronized (this) {
            TrialResult before = known.get(key);
            if (before != null) {
                return before;
            }
        }
        TrialResult measured = measure.get();
        keep(key, measured);
        return measured;
    }

    private synchronized void keep(String key, TrialResult measured) {
        known.put(key, measured);
        if (file == null) {
            return;
        }
        String line = key + SEPARATOR + StrictReader.toJsonLine(measured) + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(WholeFile.named(file, e));
        }
    }
}
