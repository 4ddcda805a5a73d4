package io.github.linfhash.quantizers.export;

import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.rotation.VectorMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map y = W (x - c) for other programs.
 *
 * @param inputs d
 * @param outputs N
 * @param rotation W, N x d float32; empty where y is the first N coordinates
 * @param center c, d float32 values, N where there is no rotation; empty where all are 0
 */
public record AffineParts(int inputs, int outputs, Optional<NpyArray> rotation, Optional<NpyArray> center) {
    private static final String ROTATION = "rotation";
    private static final String CENTER = "center";

    /** Describes a map. */
    public static AffineParts of(VectorMap map) {
        float[] center = map.center();
        float[] weights = map.weights();
        int outputs = map.outputs();
        return weights == null
                ? new AffineParts(center.length, outputs, Optional.empty(), unlessZero(Arrays.copyOf(center, outputs)))
                : new AffineParts(
                        center.length,
                        outputs,
                        Optional.of(NpyArray.ofFloats(weights, outputs, center.length)),
                        unlessZero(center));
    }

    private static Optional<NpyArray> unlessZero(float[] center) {
        for (float value : center) {
            if (value != 0) {
                return Optional.of(NpyArray.ofFloats(center, center.length));
            }
        }
        return Optional.empty();
    }

    /** Those arrays that there are, by name, in a new map. */
    public Map<String, NpyArray> arrays() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        rotation.ifPresent(array -> arrays.put(ROTATION, array));
        center.ifPresent(array -> arrays.put(CENTER, array));
        return arrays;
    }

    /** The map of a vector in words, such as {@code rotation (x - center)}. */
    public String formula(String x) {
        String kept = rotation.isEmpty() && outputs < inputs ? x + "[:" + outputs + "]" : x;
        String centered = center.isPresent() ? kept + " - " + CENTER : kept;
        if (rotation.isEmpty()) {
            return centered;
        }
        return ROTATION + (center.isPresent() ? " (" + centered + ")" : " " + centered);
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
        String centered =
                center.isPresent() ? graph.node("centered", "Sub", kept, graph.constant(CENTER, center.get())) : kept;
        return rotation.isPresent()
                ? graph.node("y", "Gemm", Map.of("transB", 1L), centered, graph.constant(ROTATION, rotation.get()))
                : centered;
    }
}
