package io.github.linfhash.io.binding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML into records and refuses what the record does not know, what is missing and what is of another type.
 *
 * <p>Enum constants are written in kebab case. {@code null}, {@code ~} and a key without a value are missing values: only
 * what may be left out may be one of them. Files are untrusted: at most 1 MiB, no aliases that blow up, no tags
 * that name classes.
 */
public final class StrictYaml {
    private static final int LARGEST_FILE = 1 << 20;
    private static final YAMLMapper YAML = yamlMapper();
    private static final JsonMapper JSON = jsonMapper();

    private StrictYaml() {}

    /**
     * Reads a file into a record.
     *
     * @throws InputException if the file is missing, cannot be read, is larger than 1 MiB, or does not fit the record;
     *     the sentence names file and place
     */
    public static <T extends Record> T read(Path file, Class<T> type) {
        try (StrictInput in = StrictInput.open(file)) {
            T value = YAML.readValue(in.readRest(LARGEST_FILE), type);
            if (value == null) {
                throw new InputException(file + ": expected a YAML document, found an empty file");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new InputException(file + Complaint.of("YAML", e), e);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + StrictInput.reason(e), e);
        }
    }

    /**
     * Turns a map or record into a record of another type, under the same rules.
     *
     * @param where named at the start of the sentence if it fails
     * @throws InputException if the value does not fit
     */
    public static <T> T convert(String where, Object value, Class<T> type) {
        try {
            return JSON.readValue(JSON.writeValueAsBytes(value), type);
        } catch (JsonProcessingException e) {
            throw new InputException(where + Complaint.of("values", e), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /**
     * Reads JSON into a record, under the same rules.
     *
     * @param where named at the start of the sentence if it fails
     * @throws InputException if it is no JSON or does not fit the record
     */
    public static <T extends Record> T readJson(String where, byte[] json, Class<T> type) {
        try {
            T value = JSON.readValue(json, type);
            if (value == null) {
                throw new InputException(where + ": expected a JSON object, found null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new InputException(where + Complaint.of("JSON", e), e);
        } catch (IOException e) {
            throw new InputException(where + ": expected JSON in UTF-8, found: " + StrictInput.reason(e), e);
        }
    }

    /** The value of a word that a user typed: what it is as JSON, or else the word itself, as is {@code null}. */
    public static Object value(String word) {
        try {
            return Objects.requireNonNullElse(JSON.readValue(word, Object.class), word);
        } catch (JsonProcessingException e) {
            return word;
        }
    }

    /** The JSON of a value, indented. */
    public static String toJson(Object value) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " has no JSON form", e);
        }
    }

    /** The JSON of a value on one line, keys of maps sorted. */
    public static String toJsonLine(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " has no JSON form", e);
        }
    }

    /** A value of numbers, words and groups on one line of YAML, such as {@code {rule: fixed, value: 2.0}}. */
    public static String toYamlFlow(Object value) {
        if (!(value instanceof Map<?, ?> group)) {
            return value instanceof String word && word.matches("[a-z][a-z-]*") ? word : toJsonLine(value);
        }
        return group.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + toYamlFlow(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** SHA-256 of a value's canonical JSON: keys of maps sorted, record components in their order, no white space. */
    public static String hash(Object value) {
        return Digests.sha256(toJsonLine(value));
    }

    private static YAMLMapper yamlMapper() {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setMaxAliasesForCollections(10);
        limits.setNestingDepthLimit(20);
        limits.setCodePointLimit(LARGEST_FILE);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                .build();
        return strict(YAMLMapper.builder(factory)).build();
    }

    private static JsonMapper jsonMapper() {
        return strict(JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build()))
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
    }

    private static <
                    M extends com.fasterxml.jackson.databind.ObjectMapper,
                    B extends com.fasterxml.jackson.databind.cfg.MapperBuilder<M, B>>
            B strict(B builder) {
        return builder.annotationIntrospector(new RecordConventions())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    }
}
