package io.github.linfhash.reports.charts;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** A line chart as PNG: its SVG on white paper, drawn at twice its size, with the fonts of this machine. */
public final class ChartPng {
    private static final int SCALE = 2;

    private ChartPng() {}

    /** The bytes of the file. */
    public static byte[] of(LineChart chart) {
        SVGDocument picture = load(LineChartSvg.plainDocument(chart));
        int width = (int) Math.ceil(picture.size().width * SCALE);
        int height = (int) Math.ceil(picture.size().height * SCALE);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.scale(SCALE, SCALE);
        picture.render(null, graphics);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("an image in memory can always be written", e);
        }
        return out.toByteArray();
    }

    private static SVGDocument load(String svg) {
        ByteArrayInputStream in = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
        SVGDocument picture = new SVGLoader().load(in, null, LoaderContext.createDefault());
        if (picture == null) {
            throw new IllegalStateException("the program's own picture cannot be read");
        }
        return picture;
    }
}
