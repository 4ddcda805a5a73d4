package io.github.linfhash.data.images;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.images.RgbRows.Orientation;
import io.github.linfhash.io.input.StrictInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes JPEG, PNG and WebP files to squares in RGB; safe for use by several threads, which take turns at large images.
 *
 * <p>The content says which of the three a file is. The size in its header is checked before anything is decoded. Images are
 * turned as their Exif says ({@link Orientation}). Gray values stand for all three channels; what is transparent is mixed with
 * black; color profiles are used for CMYK alone. The square is made by {@link AreaAverage}, so other than square images are
 * squeezed.
 */
final class ImageDecoder {
    private static final int LARGEST = 1 << 26;
    private static final int LARGE = 1 << 22;
    private static final String CUT_SHORT = "premature end of data segment";

    private final int side;
    private final Object oneLargeImage = new Object();

    /** @param side of the squares, in pixels */
    ImageDecoder(int side) {
        this.side = side;
    }

    /**
     * Decodes a file.
     *
     * @param target gets 3 * side * side bytes from {@code offset} on: the red channel row after row, then green and blue
     * @throws InputException if the file is no such image, damaged, or has more than 64 Mi pixels
     */
    void decode(Path file, byte[] target, int offset) {
        try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            ImageEncoding encoding = ImageEncoding.of(in)
                    .orElseThrow(() -> new InputException(
                            file + " is no image: expected " + ImageEncoding.NAMES + ", found something else"));
            Orientation orientation = Orientation.of(in, encoding);
            ImageReader reader = readerOf(file, encoding);
            try {
                // Without its metadata, whose compressed parts could be of any size.
                reader.setInput(in, true, true);
                requireSize(file, encoding, reader);
                AreaAverage.of(new RgbRows(pixels(reader), orientation), side, target, offset);
            } finally {
                reader.dispose();
            }
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new InputException(
                    file + " cannot be decoded: expected a whole image in " + ImageEncoding.NAMES + ", found a fault ("
                            + StrictInput.reason(e) + ")",
                    e);
        } catch (OutOfMemoryError e) {
            // Of libwebp, too, which says so of some damaged files.
            throw new InputException(
                    file
                            + " cannot be decoded: expected an image that fits into memory, found one that asks for more; set LINFHASH_HEAP=8g, or replace it if it is damaged",
                    e);
        } catch (LinkageError e) {
            throw new InputException(
                    file + " cannot be decoded: expected a system that libwebp was built for, found "
                            + System.getProperty("os.name") + " on " + System.getProperty("os.arch"),
                    e);
        }
    }

    private static ImageReader readerOf(Path file, ImageEncoding encoding) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(encoding.readerName());
        if (!readers.hasNext()) {
            throw new InputException(file + " cannot be decoded: expected a Java runtime that reads " + encoding
                    + ", found one that does not");
        }
        return readers.next();
    }

    /**
     * The image must not be too large, nor larger than what the file can hold at deflate's best compression. WebP has no such
     * bound: a plain image takes a few bytes, whatever its size, so that it is held to this above {@value #LARGE} pixels only.
     */
    private static void requireSize(Path file, ImageEncoding encoding, ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        long pixels = (long) width * height;
        if (width < 1 || height < 1 || pixels > LARGEST) {
            throw new InputException(file + " is too large: expected an image of at most " + LARGEST + " pixels, found "
                    + width + " x " + height);
        }
        if (encoding == ImageEncoding.WEBP && pixels <= LARGE) {
            return;
        }
        long room = Math.multiplyExact(Files.size(file), StrictInput.DEFLATE_FACTOR);
        if (pixels * bitsPerPixel(reader) / Byte.SIZE > room) {
            throw new InputException(file + " is damaged or cut short: expected " + width + " x " + height
                    + " pixels, found a file of " + Files.size(file) + " bytes, which cannot hold them");
        }
    }

    /** JPEG, which shrinks a plain area to a bit for each block of 8 x 8 pixels and channel, stays below this as well. */
    private static int bitsPerPixel(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        return types.hasNext() ? types.next().getColorModel().getPixelSize() : 1;
    }

    private BufferedImage pixels(ImageReader reader) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage pixels = read(reader);
        // Of a JPEG that is cut short, libjpeg makes up the rest.
        if (warnings.stream().anyMatch(warning -> warning.contains(CUT_SHORT))) {
            throw new IIOException("the file ends before the image does");
        }
        return pixels;
    }

    private BufferedImage read(ImageReader reader) throws IOException {
        if ((long) reader.getWidth(0) * reader.getHeight(0) <= LARGE) {
            return reader.read(0);
        }
        synchronized (oneLargeImage) {
            return reader.read(0);
        }
    }

    /** How the pixels of a file are encoded, which its first bytes say. */
    enum ImageEncoding {
        JPEG("\u00ff\u00d8\u00ff", 0),
        PNG("\u0089PNG", 0),
        /** Behind "RIFF" and the size of the file. */
        WEBP("WEBP", 8);

        /** The names of the three encodings, where all are meant. */
        static final String NAMES = "JPEG, PNG or WebP";

        private final String magic;
        private final int place;

        ImageEncoding(String magic, int place) {
            this.magic = magic;
            this.place = place;
        }

        /** The encoding of a file; empty if it is none of these. The stream is at its beginning before and after. */
        static Optional<ImageEncoding> of(ImageInputStream file) throws IOException {
            byte[] start = new byte[12];
            int length = Math.max(0, file.read(start));
            file.seek(0);
            String text = new String(start, 0, length, StandardCharsets.ISO_8859_1);
            return Arrays.stream(values())
                    .filter(encoding -> text.startsWith(encoding.magic, encoding.place))
                    .findFirst();
        }

        /** The name by which Java knows its readers. */
        String readerName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Resizes an image to a square by area averaging: the source is laid over the square, and each pixel of the square is the
     * mean of the source's pixels over the area that it covers, which may be parts of pixels.
     */
    private static final class AreaAverage {
        private final int side;
        private final double[] sums;

        private AreaAverage(int side) {
            this.side = side;
            this.sums = new double[3 * side * side];
        }

        /**
         * Resizes an image; one of its rows is in use at a time.
         *
         * @param target gets 3 * side * side bytes from {@code offset} on, channel after channel
         */
        static void of(RgbRows image, int side, byte[] target, int offset) {
            AreaAverage average = new AreaAverage(side);
            float[] row = new float[3 * image.width()];
            double[] squeezed = new double[3 * side];
            for (int y = 0; y < image.height(); y++) {
                image.copy(y, row);
                average.squeeze(row, squeezed);
                average.addRow(y, image.height(), squeezed);
            }
            average.round(target, offset);
        }

        /** The means over a row's pixels: 3 values for each column of the square. */
        private void squeeze(float[] row, double[] squeezed) {
            int width = row.length / 3;
            for (int column = 0; column < side; column++) {
                double from = (double) column * width / side;
                double to = (double) (column + 1) * width / side;
                for (int channel = 0; channel < 3; channel++) {
                    double sum = 0;
                    for (int x = (int) from; x < width && x < to; x++) {
                        sum += row[3 * x + channel] * overlap(x, from, to);
                    }
                    squeezed[3 * column + channel] = sum / (to - from);
                }
            }
        }

        private void addRow(int y, int height, double[] squeezed) {
            double squareHeight = (double) height / side;
            for (int line = (int) (y / squareHeight); line < side && line * squareHeight < y + 1; line++) {
                double share = overlap(y, line * squareHeight, (line + 1) * squareHeight) / squareHeight;
                for (int i = 0; i < squeezed.length; i++) {
                    sums[line * squeezed.length + i] += share * squeezed[i];
                }
            }
        }

        /** How much of the pixel from {@code pixel} to {@code pixel + 1} lies between the two places. */
        private static double overlap(int pixel, double from, double to) {
            return Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from));
        }

        private void round(byte[] target, int offset) {
            int pixels = side * side;
            for (int p = 0; p < pixels; p++) {
                for (int channel = 0; channel < 3; channel++) {
                    target[offset + channel * pixels + p] = (byte) Math.round(sums[3 * p + channel]);
                }
            }
        }
    }
}
