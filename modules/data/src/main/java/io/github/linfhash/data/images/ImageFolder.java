package io.github.linfhash.data.images;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabeledImages.ImageDigest;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of images, {@code DIR/CLASS/*.jpg|jpeg|png|webp}: the folders' names are the classes, and both classes and files
 * are in the order of their names.
 *
 * <p>Names that begin with a point are passed over, and so are files beside the class folders.
 */
public final class ImageFolder implements ColorImages {
    private static final int LARGEST_SIDE = 512;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 64;
    private static final int MOST_NAMED = 10;
    private static final int VALUES_AT_A_TIME = 1 << 26;
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".webp");
    private static final String KINDS = ".jpg, .jpeg, .png or .webp files";

    private final Path folder;
    private final ImageShape shape;
    private final ImageDecoder decoder;
    private final List<String> classes = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    private ImageFolder(Path folder, int side) {
        this.folder = folder;
        this.shape = new ImageShape(side, side, 3);
        this.decoder = new ImageDecoder(side);
    }

    /** The treatment of files that cannot be read as images. */
    public enum Unreadable {
        /** The folder is refused. */
        REFUSED,
        /** They are left out. */
        LEFT_OUT
    }

    /**
     * The content of a folder.
     *
     * @param images those that could be read
     * @param leftOut a sentence for each file that was left out, in the order of the files: its place and what is wrong with it
     */
    public record Found(LabeledImages images, List<String> leftOut) {
        public Found {
            leftOut = List.copyOf(leftOut);
        }

        /** A sentence that counts what was left out; none where nothing was. */
        public List<String> facts() {
            return leftOut.isEmpty()
                    ? List.of()
                    : List.of(leftOut.size() + " of " + (images.size() + leftOut.size())
                            + " files could not be read as images and were left out");
        }
    }

    /**
     * Reads all images, or all that can be read.
     *
     * <p>Several images are decoded at a time, but only one of more than 4 million pixels.
     *
     * @param side the side of the squares in pixels, 1 to 512
     * @throws InputException if there is no such folder, a class has no image that can be read, or all of them do not fit into
     *     half of the memory; and, unless they are left out, if files of other kinds are in class folders or images are damaged
     *     or too large, of which the sentence names the first ten
     */
    public static Found read(Path folder, int side, Unreadable unreadable, Progress progress) {
        return list(folder, side).decode(unreadable, progress);
    }

    /**
     * Lists a folder whose images are to be decoded each time that they are asked for, as squares in RGB, so that no more of them
     * than are asked for at a time are in memory.
     *
     * @param side the side of the squares in pixels, 1 to 512
     * @throws InputException if there is no such folder, or a class has no file
     */
    public static ImageFolder list(Path folder, int side) {
        if (side < 1 || side > LARGEST_SIDE) {
            throw new InputException(
                    "the side of images is not right: expected 1 to " + LARGEST_SIDE + " pixels, found " + side);
        }
        ImageFolder found = new ImageFolder(folder, side);
        found.list();
        return found;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    /** The class of each image. */
    public ClassLabels labels() {
        return ClassLabels.of(labels.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * Decodes an image.
     *
     * @throws InputException if it cannot be read as one
     */
    @Override
    public void copyValues(int index, byte[] target) {
        requireImage(files.get(index));
        decoder.decode(files.get(index), target, 0);
    }

    /**
     * {@link LabeledImages#sha256} of all images; each is decoded, at most 64 MiB of them at a time.
     *
     * @throws InputException if any cannot be read as images; the sentence names the first ten
     */
    public String sha256(Progress progress) {
        return sha256(Math.max(1, VALUES_AT_A_TIME / shape.values()), progress);
    }

    /** Returns {@link LabeledImages#sha256} of all images, decoding so many at a time. */
    String sha256(int atATime, Progress progress) {
        ImageDigest digest = new ImageDigest(size(), shape);
        SortedMap<Integer, InputException> faults = new ConcurrentSkipListMap<>();
        byte[] values = new byte[Math.min(atATime, size()) * shape.values()];
        try (Progress.Task task = reading(progress)) {
            for (int from = 0; from < size(); from += atATime) {
                int to = Math.min(size(), from + atATime);
                decode(from, to, values, faults, task);
                digest.add(values, (to - from) * shape.values());
            }
        }
        if (!faults.isEmpty()) {
            throw refusal(faults);
        }
        return digest.of(labels());
    }

    private void list() {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + " is no folder of images: expected a folder for each class in it, found "
                    + (Files.exists(folder) ? "a file" : "nothing"));
        }
        for (Path entry : sorted(folder)) {
            if (Files.isDirectory(entry)) {
                addClass(entry);
            } else if (isImage(entry)) {
                throw new InputException(
                        entry
                                + " is of no class: expected images in folders, one for each class, found one outside; move it into the folder of its class");
            }
        }
        if (classes.isEmpty()) {
            throw new InputException(
                    folder
                            + " has no subfolders: expected a folder for each class, found none; put the images of each class into one");
        }
    }

    private void addClass(Path entry) {
        List<Path> members = sorted(entry);
        if (members.isEmpty()) {
            throw new InputException(
                    entry + " is empty: expected " + KINDS + ", found none; remove the folder, or add images");
        }
        for (Path member : members) {
            files.add(member);
            labels.add(classes.size());
        }
        classes.add(String.valueOf(entry.getFileName()));
    }

    private static List<Path> sorted(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new InputException(
                    folder + " cannot be listed: expected a folder, found a fault (" + StrictInput.reason(e) + ")", e);
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private Found decode(Unreadable unreadable, Progress progress) {
        long limit = Math.min(LARGEST_ARRAY, Runtime.getRuntime().maxMemory() / 2);
        long bytes = (long) files.size() * shape.values();
        if (bytes > limit) {
            throw new InputException(folder + " does not fit into memory: expected at most " + limit
                    + " bytes, half of the heap (LINFHASH_HEAP makes it larger), found " + files.size() + " images of "
                    + shape.width() + " x " + shape.height() + " pixels");
        }
        byte[] values = new byte[(int) bytes];
        SortedMap<Integer, InputException> faults = new ConcurrentSkipListMap<>();
        try (Progress.Task task = reading(progress)) {
            decode(0, files.size(), values, faults, task);
        }
        if (!faults.isEmpty() && unreadable == Unreadable.REFUSED) {
            throw refusal(faults);
        }
        int[] kept = IntStream.range(0, files.size())
                .filter(i -> !faults.containsKey(i))
                .toArray();
        requireEveryClass(kept);
        LabeledImages all = LabeledImages.owning(shape, values, labels(), classes);
        return new Found(
                faults.isEmpty() ? all : all.select(kept),
                faults.values().stream()
                        .map(fault -> String.valueOf(fault.getMessage()))
                        .toList());
    }

    private Progress.Task reading(Progress progress) {
        return progress.begin("reading " + Excerpt.of(folder.toString()), files.size());
    }

    /**
     * Decodes whatever can be of some images.
     *
     * @param faults gets, by its place, why a file cannot
     */
    private void decode(
            int from, int to, byte[] values, SortedMap<Integer, InputException> faults, Progress.Task task) {
        IntStream.range(from, to).parallel().forEach(i -> {
            try {
                requireImage(files.get(i));
                decoder.decode(files.get(i), values, (i - from) * shape.values());
            } catch (InputException e) {
                faults.put(i, e);
            }
            task.advance(1);
        });
    }

    private static void requireImage(Path file) {
        if (!isImage(file) || !Files.isRegularFile(file)) {
            throw new InputException(
                    file + " is no image: expected " + KINDS + " in a class folder, found something else");
        }
    }

    /** A single fault is a sentence of its own; of several, all names that there is room for, and the first fault. */
    private InputException refusal(SortedMap<Integer, InputException> faults) {
        InputException first = faults.values().iterator().next();
        if (faults.size() == 1) {
            return first;
        }
        String names = faults.keySet().stream()
                .limit(MOST_NAMED)
                .map(i -> Excerpt.of(folder.relativize(files.get(i)).toString()))
                .collect(Collectors.joining(", "));
        String others = faults.size() > MOST_NAMED ? " and " + (faults.size() - MOST_NAMED) + " more" : "";
        return new InputException(
                folder + ": expected images that can be read, or --skip-unreadable, which leaves others out, found "
                        + faults.size() + " of " + files.size() + " files that cannot: " + names + others
                        + "; of the first, " + first.getMessage(),
                first);
    }

    private void requireEveryClass(int[] kept) {
        BitSet present = new BitSet(classes.size());
        Arrays.stream(kept).forEach(i -> present.set(labels.get(i)));
        int missing = present.nextClearBit(0);
        if (missing < classes.size()) {
            throw new InputException(folder.resolve(classes.get(missing))
                    + " has no image that can be read: expected at least one in each class folder, found none");
        }
    }
}
