package io.github.linfhash.reports.charts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** A line chart as data for the script that draws it in a browser; numbers have six significant digits. */
public final class ChartJson {
    private static final MathContext DIGITS = new MathContext(6);

    private ChartJson() {}

    /** The chart as one JSON object. */
    public static String of(LineChart chart) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("title", chart.title());
        node.set("x", axis(chart.x()));
        node.set("y", axis(chart.y()));
        ArrayNode series = node.putArray("series");
        chart.series().forEach(line -> series.add(line(line)));
        try {
            return JsonMapper.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build()
                    .writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    private static ObjectNode axis(ChartAxis axis) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("title", axis.title())
                .put("scale", axis.scale().name().toLowerCase(Locale.ROOT))
                .put("min", axis.least())
                .put("max", axis.most());
        ArrayNode ticks = node.putArray("ticks");
        axis.ticks().forEach(ticks::add);
        return node;
    }

    private static ObjectNode line(LineSeries line) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", line.name())
                .put("colour", line.style().colour())
                .put("shape", line.style().shape().name().toLowerCase(Locale.ROOT))
                .put("open", line.style().open())
                .put("dashes", line.style().dashes())
                .put("width", line.style().width())
                .put("markerEvery", line.markerEvery());
        ArrayNode points = node.putArray("points");
        for (LinePoint point : line.points()) {
            points.addArray()
                    .add(rounded(point.x()))
                    .add(rounded(point.y()))
                    .add(rounded(point.low()))
                    .add(rounded(point.high()));
        }
        return node;
    }

    private static double rounded(double value) {
        return new BigDecimal(value, DIGITS).doubleValue();
    }
}
