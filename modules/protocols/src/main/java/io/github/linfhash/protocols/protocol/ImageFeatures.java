package io.github.linfhash.protocols.protocol;

import static io.github.linfhash.io.binding.StrictReader.require;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.data.gist.GistConvention;
import io.github.linfhash.data.gist.GistOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The features computed from images. */
public sealed interface ImageFeatures permits ImageFeatures.OfGist, ImageFeatures.OfNetwork {
    /** Returns these features without paths, which decide no results: the content of the files does. */
    ImageFeatures withoutPlaces();

    /**
     * GIST; see {@link GistOptions}.
     *
     * @param orientationsPerScale number of Gabor orientations per scale, from the finest to the coarsest scale
     * @param blocks number of cells per image side; responses are averaged in blocks x blocks cells
     * @param prefilterCycles cut-off of the prefilter, in cycles per image
     * @param convention published implementation to follow
     */
    record OfGist(List<Integer> orientationsPerScale, int blocks, double prefilterCycles, GistConvention convention)
            implements ImageFeatures {
        public OfGist {
            orientationsPerScale =
                    new GistOptions(orientationsPerScale, blocks, prefilterCycles, convention).orientationsPerScale();
        }

        /** The parameters of GIST. */
        public GistOptions options() {
            return new GistOptions(orientationsPerScale, blocks, prefilterCycles, convention);
        }

        @Override
        public ImageFeatures withoutPlaces() {
            return this;
        }
    }

    /**
     * The output of a neural network.
     *
     * @param onnx the network
     * @param side side of the squares to which images are enlarged, in pixels
     */
    record OfNetwork(
            Network onnx, @Range(least = 1, most = 1024) int side) implements ImageFeatures {
        public OfNetwork {
            Ranges.check(OfNetwork.class, onnx, side);
        }

        @Override
        public ImageFeatures withoutPlaces() {
            return new OfNetwork(onnx.withoutPlaces(), side);
        }
    }

    /**
     * An ONNX network that takes images, published or your own.
     *
     * @param model name of a manifest in {@code protocols/models}; left out for your own file
     * @param file path of the file, absolute or relative to the protocol file; left out if {@code model} is given
     * @param sha256 SHA-256 of the file in lower-case hex (default: not checked)
     * @param layout layout of the input, {@code nchw} or {@code nhwc} (default: read from the network)
     * @param values range of input values for pixels 0 to 255: {@code 0..255}, {@code 0..1}, {@code -1..1} or
     *     {@code imagenet} (default: read from the network)
     * @param channels order of the channels, {@code rgb} or {@code bgr} (default: read from the network, or rgb)
     * @param output name of the output to use (default: the only one)
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Network(
            @Nullable String model,
            @Nullable String file,
            @Nullable String sha256,
            @Nullable String layout,
            @Nullable String values,
            @Nullable String channels,
            @Nullable String output) {
        public Network {
            require(
                    (model == null) != (file == null),
                    "features.onnx: expected either the key 'model', a name, or the key 'file', found "
                            + (model == null ? "neither" : "both"));
            require(
                    model == null || model.matches("[a-z0-9-]{1,40}"),
                    "features.onnx.model: expected lower-case letters, digits and hyphens, found '" + model + "'");
            require(
                    sha256 == null || file != null,
                    "features.onnx.sha256: expected none beside 'model', whose manifest has it, found one");
            require(
                    sha256 == null || sha256.matches("[0-9a-f]{64}"),
                    "features.onnx.sha256: expected 64 lower-case hex digits, found '" + sha256 + "'");
            requireOneOf("layout", layout, List.of("nchw", "nhwc"));
            requireOneOf("values", values, List.of("0..255", "0..1", "-1..1", "imagenet"));
            requireOneOf("channels", channels, List.of("rgb", "bgr"));
        }

        private static void requireOneOf(String key, @Nullable String value, List<String> known) {
            require(
                    value == null || known.contains(value),
                    "features.onnx." + key + ": expected one of " + String.join(", ", known) + ", found '" + value
                            + "'");
        }

        Network withoutPlaces() {
            // Which file it was shows in the features, whose content counts.
            return file == null ? this : new Network(null, "", null, layout, values, channels, output);
        }
    }

    /** The features that some keys describe. */
    @JsonCreator
    static ImageFeatures of(
            @JsonProperty("convention") @Nullable GistConvention convention,
            @JsonProperty("orientationsPerScale") @Nullable List<Integer> orientationsPerScale,
            @JsonProperty("blocks") @Nullable Integer blocks,
            @JsonProperty("prefilterCycles") @Nullable Double prefilterCycles,
            @JsonProperty("onnx") @Nullable Network onnx,
            @JsonProperty("side") @Nullable Integer side) {
        Map<String, @Nullable Object> ofGist = new LinkedHashMap<>();
        ofGist.put("convention", convention);
        ofGist.put("orientationsPerScale", orientationsPerScale);
        ofGist.put("blocks", blocks);
        ofGist.put("prefilterCycles", prefilterCycles);
        Map<String, @Nullable Object> ofNetwork = new LinkedHashMap<>();
        ofNetwork.put("onnx", onnx);
        ofNetwork.put("side", side);
        boolean network = onnx != null || side != null;
        Map<String, @Nullable Object> wanted = network ? ofNetwork : ofGist;
        List<String> others = new ArrayList<>((network ? ofGist : ofNetwork).keySet());
        others.removeIf(key -> (network ? ofGist : ofNetwork).get(key) == null);
        require(
                others.isEmpty(),
                "expected the keys of GIST, " + String.join(", ", ofGist.keySet()) + ", or those of a network, "
                        + String.join(", ", ofNetwork.keySet()) + ", found some of both");
        int nothing = orientationsPerScale == null ? -1 : orientationsPerScale.indexOf(null);
        require(nothing < 0, "orientationsPerScale[" + nothing + "]: expected a whole number, found nothing");
        wanted.forEach((key, value) -> require(value != null, "expected the key '" + key + "', found none"));
        return network
                ? new OfNetwork(Objects.requireNonNull(onnx), Objects.requireNonNull(side))
                : new OfGist(
                        Objects.requireNonNull(orientationsPerScale),
                        Objects.requireNonNull(blocks),
                        Objects.requireNonNull(prefilterCycles),
                        Objects.requireNonNull(convention));
    }
}
