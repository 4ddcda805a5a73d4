package io.github.linfhash.data.images;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of images, {@code DIR/CLASS/*.jpg|jpeg|png}: the folders' names are the classes, and both classes and files
 * are in the order of their names.
 *
 * <p>Names that begin with a point are passed over, and so are files beside the class folders.
 */
public final class ImageFolder {
    private static final int LARGEST_SIDE = 512;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 64;

    private final Path folder;
    private final List<String> classes = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    private ImageFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads all images as squares in RGB, see {@link ImageDecoder} for how they are resized.
     *
     * <p>Several images are decoded at a time, but only one of more than 4 million pixels.
     *
     * @param side the side of the squares in pixels, 1 to 512
     * @throws InputException if there is no such folder, there are files of other kinds in its class folders, an image is
     *     damaged or too large, or all of them do not fit into half of the memory
     */
    public static LabelledImages read(Path folder, int side, Progress progress) {
        if (side < 1 || side > LARGEST_SIDE) {
            throw new InputException(
                    "the side of images is not right: expected 1 to " + LARGEST_SIDE + " pixels, found " + side);
        }
        ImageFolder found = new ImageFolder(folder);
        found.list();
        return found.decode(new ImageShape(side, side, 3), progress);
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
                        entry + " is of no class: expected images in folders, one for each class, found one outside");
            }
        }
        if (classes.isEmpty()) {
            throw new InputException(folder + " holds no classes: expected a folder for each class, found none");
        }
    }

    private void addClass(Path entry) {
        List<Path> members = sorted(entry);
        if (members.isEmpty()) {
            throw new InputException(entry + " is empty: expected .jpg, .jpeg or .png files, found none");
        }
        for (Path member : members) {
            if (!isImage(member) || !Files.isRegularFile(member)) {
                throw new InputException(member + " is no image: expected .jpg, .jpeg or .png files in a class folder, "
                        + "found something else");
            }
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
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }

    private LabelledImages decode(ImageShape shape, Progress progress) {
        long limit = Math.min(LARGEST_ARRAY, Runtime.getRuntime().maxMemory() / 2);
        long bytes = (long) files.size() * shape.values();
        if (bytes > limit) {
            throw new InputException(folder + " does not fit into memory: expected at most " + limit
                    + " bytes, half of the heap (LINFHASH_HEAP makes it larger), found " + files.size() + " images of "
                    + shape.width() + " x " + shape.height() + " pixels");
        }
        byte[] values = new byte[(int) bytes];
        ImageDecoder decoder = new ImageDecoder(shape.width());
        try (Progress.Task task = progress.begin("reading " + Excerpt.of(folder.toString()), files.size())) {
            IntStream.range(0, files.size()).parallel().forEach(i -> {
                decoder.decode(files.get(i), values, i * shape.values());
                task.advance(1);
            });
        }
        int[] classOf = labels.stream().mapToInt(Integer::intValue).toArray();
        return LabelledImages.owning(shape, values, ClassLabels.of(classOf), classes);
    }
}
