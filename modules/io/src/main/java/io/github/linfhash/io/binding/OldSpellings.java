package io.github.linfhash.io.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys of files, options and metrics that earlier versions spelled the British way, and how they are spelled now. */
public final class OldSpellings {
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("quantisers", "quantizers"),
            Map.entry("quantiser", "quantizer"),
            Map.entry("neighbours", "neighbors"),
            Map.entry("centre", "center"),
            Map.entry("centred", "centered"),
            Map.entry("normalise", "normalize"),
            Map.entry("optimiser", "optimizer"),
            Map.entry("initialisation", "initialization"),
            Map.entry("quantisation", "quantization"),
            Map.entry("neighbourRecall", "neighborRecall"),
            Map.entry("labelled", "labeled"),
            Map.entry("unlabelled", "unlabeled"),
            Map.entry("licence", "license"));

    private static final Pattern PART = Pattern.compile("[^.@]+");
    private static final Pattern METRIC = Pattern.compile("\\bneighbour(?=Recall@)");

    private OldSpellings() {}

    /** Returns a key as it is spelled now; a key of several parts, such as {@code training.optimiser}, part by part. */
    public static String key(String key) {
        return PART.matcher(key)
                .replaceAll(part -> Matcher.quoteReplacement(KEYS.getOrDefault(part.group(), part.group())));
    }

    /** Returns a value with the metrics that it names as they are spelled now; any other value is returned unchanged. */
    public static String value(String value) {
        return METRIC.matcher(value).replaceAll("neighbor");
    }

    /** Reads keys, and values that are the key of a metric, as they are spelled now. */
    static JsonParser in(JsonParser parser) {
        return new Current(parser);
    }

    private static final class Current extends JsonParserDelegate {
        Current(JsonParser parser) {
            super(parser);
        }

        @Override
        public @Nullable String currentName() throws IOException {
            String name = delegate.currentName();
            return name == null ? null : key(name);
        }

        @Override
        public String getText() throws IOException {
            String text = delegate.getText();
            if (delegate.hasToken(JsonToken.FIELD_NAME)) {
                return key(text);
            }
            return delegate.hasToken(JsonToken.VALUE_STRING) && text.startsWith("neighbour") ? value(text) : text;
        }
    }
}
