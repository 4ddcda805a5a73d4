package io.github.linfhash.data.fetch;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.manifest.DatasetFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Fetches one file from the first address that gives it, and only if it is the right one.
 *
 * @param log told which address is given up, and why
 */
record Download(Web web, Patience patience, Attempts.Pause pause, Progress progress, Consumer<String> log) {
    /**
     * Fetches a file, or the rest of it.
     *
     * @param file its size must be known
     * @param sources addresses, the best first
     * @param target its name once it is whole and checked
     * @throws FetchException if no address gives it
     * @throws FileSystemException if it cannot be written, or there is no room for it
     */
    void fetch(DatasetFile file, List<URI> sources, Path target) throws IOException {
        long size = Objects.requireNonNull(file.size());
        try (PartFile part = PartFile.open(target)) {
            requireRoom(part, size);
            try (Progress.Task task = progress.begin("fetching " + target.getFileName(), size)) {
                Forward forward = new Forward(task);
                forward.reach(Math.min(part.size(), size));
                fromOneOf(sources, file, new Transfer(web, part, size, forward));
            } catch (FetchException e) {
                if (part.size() == 0) {
                    part.discard();
                }
                throw e;
            }
            part.finish();
        }
    }

    private void fromOneOf(List<URI> sources, DatasetFile file, Transfer transfer) throws IOException {
        Attempts attempts = new Attempts(file, patience, pause, log);
        List<String> refusals = new ArrayList<>();
        for (URI source : sources) {
            try {
                attempts.insist(transfer, source);
                return;
            } catch (RefusedSource e) {
                refusals.add(source + " " + e.getMessage());
                log.accept(source + " " + e.getMessage());
            }
        }
        throw new FetchException(file.path() + " could not be fetched: expected it at one of its addresses, found that "
                + String.join("; that ", refusals));
    }

    private static void requireRoom(PartFile part, long size) throws IOException {
        long needed = size - part.size();
        long free = Files.getFileStore(part.path()).getUsableSpace();
        if (needed > free) {
            throw new FileSystemException(
                    part.path().toString(), null, "it needs " + needed + " bytes more, and " + free + " are free");
        }
    }
}
