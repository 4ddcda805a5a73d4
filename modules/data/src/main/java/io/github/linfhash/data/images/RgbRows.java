package io.github.linfhash.data.images;

import io.github.linfhash.data.images.ImageDecoder.ImageEncoding;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/**
 * The rows of a decoded image, turned as it is to be seen, as red, green and blue, 0..255.
 *
 * <p>Samples are taken as they are: Java's own conversion would treat gray values as linear light and brighten them.
 */
final class RgbRows {
    private final Raster raster;
    private final ColorModel colors;
    private final Orientation orientation;
    private final int[] samples;

    RgbRows(BufferedImage image, Orientation orientation) {
        this.raster = image.getRaster();
        this.colors = image.getColorModel();
        this.orientation = orientation;
        this.samples = new int[width() * raster.getNumBands()];
    }

    int width() {
        return orientation.transposed() ? raster.getHeight() : raster.getWidth();
    }

    int height() {
        return orientation.transposed() ? raster.getWidth() : raster.getHeight();
    }

    /**
     * Copies one row.
     *
     * @param target 3 * width values: red, green and blue of each pixel
     */
    void copy(int y, float[] target) {
        int width = width();
        boolean reversed;
        if (orientation.transposed()) {
            int column = orientation.fromRight() ? height() - 1 - y : y;
            raster.getPixels(column, 0, 1, width, samples);
            reversed = orientation.fromBelow();
        } else {
            raster.getPixels(0, orientation.fromBelow() ? height() - 1 - y : y, width, 1, samples);
            reversed = orientation.fromRight();
        }
        int bands = raster.getNumBands();
        for (int x = 0; x < width; x++) {
            int stored = reversed ? width - 1 - x : x;
            if (colors instanceof IndexColorModel palette) {
                fromPalette(palette, samples[stored], target, 3 * x);
            } else {
                fromSamples(stored * bands, bands, target, 3 * x);
            }
        }
    }

    private static void fromPalette(IndexColorModel palette, int index, float[] target, int offset) {
        float alpha = palette.getAlpha(index) / 255f;
        target[offset] = alpha * palette.getRed(index);
        target[offset + 1] = alpha * palette.getGreen(index);
        target[offset + 2] = alpha * palette.getBlue(index);
    }

    private void fromSamples(int first, int bands, float[] target, int offset) {
        // Two bands are gray and alpha, four are red, green, blue and alpha.
        float alpha = bands % 2 == 0 ? sample(first, bands - 1) / 255f : 1;
        for (int channel = 0; channel < 3; channel++) {
            target[offset + channel] = alpha * sample(first, bands < 3 ? 0 : channel);
        }
    }

    private float sample(int first, int band) {
        float largest = (1 << colors.getComponentSize(band)) - 1;
        return samples[first + band] * 255f / largest;
    }

    /**
     * How an image is to be turned before it is looked at, as cameras note it in Exif (tag 274, Orientation).
     *
     * @param transposed whether rows of the image to be seen are columns of the stored one
     * @param fromRight whether the stored columns are taken from the right to the left
     * @param fromBelow whether the stored rows are taken from the bottom to the top
     */
    record Orientation(boolean transposed, boolean fromRight, boolean fromBelow) {
        /** As it is stored. */
        static final Orientation UPRIGHT = new Orientation(false, false, false);

        private static final int TAG = 274;
        private static final int SHORT = 3;
        private static final int ENTRY_BYTES = 12;
        private static final int TIFF = 42;
        private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

        /** The orientation of one of Exif's numbers, 1 to 8; of any other number, none. */
        static Orientation of(int number) {
            return switch (number) {
                case 2 -> new Orientation(false, true, false);
                case 3 -> new Orientation(false, true, true);
                case 4 -> new Orientation(false, false, true);
                case 5 -> new Orientation(true, false, false);
                case 6 -> new Orientation(true, false, true);
                case 7 -> new Orientation(true, true, true);
                case 8 -> new Orientation(true, true, false);
                default -> UPRIGHT;
            };
        }

        /**
         * The orientation that a file notes, in the segment APP1 of JPEG, the chunk eXIf of PNG or EXIF of WebP. Where there is none
         * that can be read, the image is upright. The stream is at its beginning afterwards.
         */
        static Orientation of(ImageInputStream file, ImageEncoding encoding) throws IOException {
            ByteOrder order = file.getByteOrder();
            try {
                boolean noted = switch (encoding) {
                    case JPEG -> toJpegSegment(file);
                    case PNG -> toChunk(file, ByteOrder.BIG_ENDIAN, 8, "eXIf");
                    case WEBP -> toChunk(file, ByteOrder.LITTLE_ENDIAN, 12, "EXIF");
                };
                return noted ? of(number(file)) : UPRIGHT;
            } catch (EOFException e) {
                return UPRIGHT; // A file that is cut short: its decoder says so.
            } finally {
                file.setByteOrder(order);
                file.seek(0);
            }
        }

        /** Goes to what follows the name of Exif's segment; false if there is none before the pixels. */
        private static boolean toJpegSegment(ImageInputStream file) throws IOException {
            file.setByteOrder(ByteOrder.BIG_ENDIAN);
            file.seek(2);
            int marker = file.readUnsignedShort();
            // Up to the start of the scan.
            while (marker > 0xff00 && marker != 0xffda) {
                if (marker == 0xffff) { // a byte that fills
                    marker = 0xff00 | file.readUnsignedByte();
                    continue;
                }
                long end = file.getStreamPosition() + file.readUnsignedShort();
                if (marker == 0xffe1 && passed(file, EXIF)) {
                    return true;
                }
                file.seek(end);
                marker = file.readUnsignedShort();
            }
            return false;
        }

        /** Goes to the content of the first chunk of a name; false if there is none. */
        private static boolean toChunk(ImageInputStream file, ByteOrder order, int first, String name)
                throws IOException {
            file.setByteOrder(order);
            byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
            boolean png = order == ByteOrder.BIG_ENDIAN;
            long place = first;
            while (place + 8 <= file.length()) {
                file.seek(png ? place : place + 4);
                long length = file.readUnsignedInt();
                file.seek(png ? place + 4 : place);
                if (passed(file, wanted)) {
                    file.seek(place + 8);
                    passed(file, EXIF); // which some writers put there, too
                    return true;
                }
                // A check sum follows in PNG, and in WebP a byte that makes the length even.
                place += 8 + length + (png ? 4 : length % 2);
            }
            return false;
        }

        /** Goes past these bytes if they are next. */
        private static boolean passed(ImageInputStream file, byte[] expected) throws IOException {
            long place = file.getStreamPosition();
            for (byte next : expected) {
                if (file.readByte() != next) {
                    file.seek(place);
                    return false;
                }
            }
            return true;
        }

        /** The number in the first directory of a block of Exif, which is laid out as a TIFF file; 0 if there is none. */
        private static int number(ImageInputStream file) throws IOException {
            long block = file.getStreamPosition();
            file.setByteOrder(file.readUnsignedShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            if (file.readUnsignedShort() != TIFF) {
                return 0;
            }
            long directory = block + file.readUnsignedInt();
            file.seek(directory);
            int entries = file.readUnsignedShort();
            for (int entry = 0; entry < entries; entry++) {
                file.seek(directory + 2 + (long) ENTRY_BYTES * entry);
                if (file.readUnsignedShort() == TAG) {
                    boolean number = file.readUnsignedShort() == SHORT && file.readUnsignedInt() == 1;
                    return number ? file.readUnsignedShort() : 0;
                }
            }
            return 0;
        }
    }
}
