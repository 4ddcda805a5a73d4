package io.github.linfhash.reports.browser;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** The pixels of a picture. */
final class Pixels {
    private Pixels() {}

    /** How many pixels of a PNG there are of each color, by {@code #rrggbb}. */
    static Map<String, Integer> colors(byte[] png) throws IOException {
        BufferedImage image = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)), "a PNG");
        Map<String, Integer> counts = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                counts.merge(String.format(Locale.ROOT, "#%06x", image.getRGB(x, y) & 0xffffff), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Which share of the pixels at the right edge of a PNG has a color. */
    static double shareAtTheRight(int rgb, byte[] png) throws IOException {
        BufferedImage image = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)), "a PNG");
        long equal = IntStream.range(0, image.getHeight())
                .filter(y -> (image.getRGB(image.getWidth() - 1, y) & 0xffffff) == rgb)
                .count();
        return (double) equal / image.getHeight();
    }
}
