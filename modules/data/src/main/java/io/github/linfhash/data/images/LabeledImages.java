package io.github.linfhash.data.images;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * An immutable list of n equally large images with 8 bits a value, each of one class.
 *
 * <p>The values lie image after image, within an image channel after channel, within a channel row after row from the
 * top.
 */
public final class LabeledImages implements GrayImages, ColorImages {
    private final ImageShape shape;
    private final byte[] values;
    private final ClassLabels labels;
    private final List<String> classNames;

    private LabeledImages(ImageShape shape, byte[] values, ClassLabels labels, List<String> classNames) {
        this.shape = shape;
        this.values = values;
        this.labels = labels;
        this.classNames = List.copyOf(classNames);
    }

    /**
     * Wraps an array without copying it; the caller gives the array away and must not write to it again.
     *
     * @param values n * width * height * channels unsigned bytes, in the order of this class
     * @param labels n classes, each an index into {@code classNames}
     * @throws IllegalArgumentException if the sizes do not agree or a class has no name
     */
    public static LabeledImages owning(ImageShape shape, byte[] values, ClassLabels labels, List<String> classNames) {
        if ((long) labels.size() * shape.values() != values.length) {
            throw new IllegalArgumentException(
                    labels.size() + " images of " + shape + " cannot have " + values.length + " values");
        }
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i) < 0 || labels.get(i) >= classNames.size()) {
                throw new IllegalArgumentException(
                        "image " + i + " is of class " + labels.get(i) + " of " + classNames.size());
            }
        }
        return new LabeledImages(shape, values, labels, classNames);
    }

    @Override
    public int size() {
        return labels.size();
    }

    @Override
    public int width() {
        return shape.width();
    }

    @Override
    public int height() {
        return shape.height();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    public ClassLabels labels() {
        return labels;
    }

    /** The names of the classes; class c is entry c. */
    public List<String> classNames() {
        return classNames;
    }

    /** One value, 0..255. */
    public int value(int index, int channel, int x, int y) {
        return values[index * shape.values() + channel * shape.pixels() + y * shape.width() + x] & 0xff;
    }

    @Override
    public void copyValues(int index, byte[] target) {
        System.arraycopy(values, index * shape.values(), target, 0, shape.values());
    }

    @Override
    public void gray(int index, float[] target) {
        int pixels = shape.pixels();
        int first = index * shape.values();
        for (int p = 0; p < pixels; p++) {
            int sum = 0;
            for (int channel = 0; channel < shape.channels(); channel++) {
                sum += values[first + channel * pixels + p] & 0xff;
            }
            target[p] = (float) sum / shape.channels();
        }
    }

    /** The chosen images, in the order of the indices. */
    public LabeledImages select(int[] indices) {
        int length = shape.values();
        byte[] chosen = new byte[Math.multiplyExact(indices.length, length)];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * length, chosen, i * length, length);
        }
        return new LabeledImages(shape, chosen, labels.select(indices), classNames);
    }

    /**
     * These images followed by others.
     *
     * @throws IllegalArgumentException if the others have another shape or other classes
     */
    public LabeledImages followedBy(LabeledImages others) {
        if (!shape.equals(others.shape) || !classNames.equals(others.classNames)) {
            throw new IllegalArgumentException("only images of one shape and the same classes can be joined");
        }
        byte[] joined = Arrays.copyOf(values, Math.addExact(values.length, others.values.length));
        System.arraycopy(others.values, 0, joined, values.length, others.values.length);
        int[] classes = Arrays.copyOf(labels.toArray(), size() + others.size());
        System.arraycopy(others.labels.toArray(), 0, classes, size(), others.size());
        return new LabeledImages(shape, joined, ClassLabels.of(classes), classNames);
    }

    /**
     * The images centered on a larger black canvas; where the border cannot be even, it is one pixel wider on the right
     * or at the bottom.
     *
     * @throws IllegalArgumentException if the canvas is smaller than the images
     */
    public LabeledImages padded(int width, int height) {
        if (width < width() || height < height()) {
            throw new IllegalArgumentException("images of " + width() + " x " + height()
                    + " pixels do not fit on a canvas of " + width + " x " + height);
        }
        ImageShape canvas = new ImageShape(width, height, shape.channels());
        byte[] padded = new byte[Math.multiplyExact(size(), canvas.values())];
        int corner = (height - height()) / 2 * width + (width - width()) / 2;
        for (int plane = 0; plane < size() * shape.channels(); plane++) {
            for (int y = 0; y < height(); y++) {
                int source = plane * shape.pixels() + y * width();
                int target = plane * canvas.pixels() + corner + y * width;
                System.arraycopy(values, source, padded, target, width());
            }
        }
        return new LabeledImages(canvas, padded, labels, classNames);
    }

    /** The images mirrored left to right: each row of pixels is reversed; rows, channels and classes stay. */
    public LabeledImages mirrored() {
        byte[] mirrored = new byte[values.length];
        for (int row = 0; row < values.length; row += width()) {
            for (int x = 0; x < width(); x++) {
                mirrored[row + x] = values[row + width() - 1 - x];
            }
        }
        return new LabeledImages(shape, mirrored, labels, classNames);
    }

    /**
     * SHA-256, in hex, of n, width, height and channels as int32, the values in the order of this class, and the
     * classes as int32, all little-endian.
     */
    public String sha256() {
        return new ImageDigest(size(), shape).add(values, values.length).of(labels);
    }

    @Override
    public String toString() {
        return "LabeledImages[" + size() + " x " + shape + "]";
    }

    /**
     * SHA-256 of labeled images: of n, width, height and channels as int32, the values of image after image, and the classes as
     * int32, all little-endian.
     */
    static final class ImageDigest {
        private final MessageDigest digest = Digests.sha256();

        /** Of so many images. */
        ImageDigest(int size, ImageShape shape) {
            Digests.update(digest, size, shape.width(), shape.height(), shape.channels());
        }

        /** The values of the next images: the first {@code length} ones of an array. */
        ImageDigest add(byte[] values, int length) {
            digest.update(values, 0, length);
            return this;
        }

        /** In hex, after the values of all images. */
        String of(ClassLabels labels) {
            Digests.update(digest, labels.toArray());
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
