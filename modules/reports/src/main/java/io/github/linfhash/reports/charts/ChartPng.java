package io.github.linfhash.reports.charts;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChartSvg;
import io.github.linfhash.html.charts.Svg;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Charts as PNG: their SVG on white paper, drawn at twice its size, with the fonts of this machine. */
public final class ChartPng {
    private static final int SCALE = 2;

    private ChartPng() {}

    /**
     * Why this machine cannot draw text: a Java without a desktop may come without fonts, or without the library that finds
     * them. Empty if it can.
     */
    public static Optional<String> obstacle() {
        return obstacle(ChartPng::measureText);
    }

    /** Returns what keeps text from being drawn; Java reports it by exceptions and errors of many kinds. */
    static Optional<String> obstacle(Runnable drawing) {
        try {
            drawing.run();
            return Optional.empty();
        } catch (RuntimeException | LinkageError | InternalError e) {
            return Optional.of("this Java installation finds no fonts (" + e.getMessage()
                    + "); on Debian, install fontconfig and fonts-dejavu-core");
        }
    }

    private static void measureText() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("0");
        graphics.dispose();
    }

    /**
     * The bytes of the file.
     *
     * @throws RuntimeException or an error if there is an {@link #obstacle}
     */
    public static byte[] of(LineChart chart) {
        return draw(load(Svg.document(LineChartSvg.element(chart))));
    }

    /**
     * The bytes of the file.
     *
     * @throws RuntimeException or an error if there is an {@link #obstacle}
     */
    public static byte[] of(PanelPage page) {
        return draw(load(Svg.document(page.element())));
    }

    private static byte[] draw(SVGDocument picture) {
        int width = (int) Math.ceil(picture.size().width * SCALE);
        int height = (int) Math.ceil(picture.size().height * SCALE);
        // Bytes, which ImageIO writes sooner than integers.
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.scale(SCALE, SCALE);
        picture.render(null, graphics);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // Of its own accord ImageIO puts what it writes into a temporary file first, for which there may be no folder.
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException("an image in memory can always be written", e);
        }
        return out.toByteArray();
    }

    private static SVGDocument load(String svg) {
        ByteArrayInputStream in = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
        // JSVG's limits protect from pictures of others; a chart of ours has as many marks as its results have.
        DocumentLimits limits = new DocumentLimits(
                DocumentLimits.DEFAULT_MAX_NESTING_DEPTH,
                DocumentLimits.DEFAULT_MAX_USE_NESTING_DEPTH,
                Integer.MAX_VALUE);
        SVGDocument picture = new SVGLoader()
                .load(in, null, LoaderContext.builder().documentLimits(limits).build());
        if (picture == null) {
            throw new IllegalStateException("the program's own picture cannot be read");
        }
        return picture;
    }
}
