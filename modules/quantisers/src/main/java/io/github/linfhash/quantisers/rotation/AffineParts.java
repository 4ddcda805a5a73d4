package io.github.linfhash.quantisers.rotation;

import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantisers.EncodingGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map y = W (x - c) for other programs.
 *
 * @param inputs d
 * @param outputs N
 * @param rotation W, N x d float32; empty where y is the first N coordinates
 * @param centre c, d float32 values, N where there is no rotation; empty where all are 0
 */
public record AffineParts(int inputs, int outputs, Optional<NpyArray> rotation, Optional<NpyArray> centre) {
    private static final String ROTATION = "rotation";
    private static final String CENTRE = "centre";

    /** The map of a rotation of N x d, row-major. */
    static AffineParts rotated(float[] rotation, float[] centre) {
        int outputs = rotation.length / centre.length;
        return new AffineParts(
                centre.length,
                outputs,
                Optional.of(NpyArray.ofFloats(rotation, outputs, centre.length)),
                unlessZero(centre));
    }

    /**
     * The map to the first coordinates.
     *
     * @param centre N values
     */
    static AffineParts first(int inputs, float[] centre) {
        return new AffineParts(inputs, centre.length, Optional.empty(), unlessZero(centre));
    }

    private static Optional<NpyArray> unlessZero(float[] centre) {
        for (float value : centre) {
            if (value != 0) {
                return Optional.of(NpyArray.ofFloats(centre, centre.length));
            }
        }
        return Optional.empty();
    }

    /** Those arrays that there are, by name, in a new map. */
    public Map<String, NpyArray> arrays() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        rotation.ifPresent(array -> arrays.put(ROTATION, array));
        centre.ifPresent(array -> arrays.put(CENTRE, array));
        return arrays;
    }

    /** The map of a vector in words, such as {@code rotation (x - centre)}. */
    public String formula(String x) {
        String kept = rotation.isEmpty() && outputs < inputs ? x + "[:" + outputs + "]" : x;
        String centred = centre.isPresent() ? kept + " - " + CENTRE : kept;
        if (rotation.isEmpty()) {
            return centred;
        }
        return ROTATION + (centre.isPresent() ? " (" + centred + ")" : " " + centred);
    }

    /** Adds the map to a graph; the name of x to the name of y. */
    public String addTo(EncodingGraph.Builder graph, String x) {
        String kept = x;
        if (rotation.isEmpty() && outputs < inputs) {
            kept = graph.node(
                    "kept",
                    "Slice",
                    x,
                    graph.constant("keptFrom", NpyArray.ofLongs(0)),
                    graph.constant("keptTo", NpyArray.ofLongs(outputs)),
                    graph.constant("keptAxis", NpyArray.ofLongs(1)));
        }
        String centred =
                centre.isPresent() ? graph.node("centred", "Sub", kept, graph.constant(CENTRE, centre.get())) : kept;
        return rotation.isPresent()
                ? graph.node("y", "Gemm", Map.of("transB", 1L), centred, graph.constant(ROTATION, rotation.get()))
                : centred;
    }
}
