package io.github.linfhash.io.binding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML and JSON into records and refuses what the record does not know, what is missing and what is of another type.
 *
 * <p>Enum constants are written in kebab case. {@code null}, {@code ~} and a key without a value are missing values: only
 * what may be left out may be one of them. Files are untrusted: at most 1 MiB of YAML, no aliases that blow up, no tags
 * that name classes, nothing nested deeper than 20 times. A text in JSON is not blank.
 */
public final class StrictReader {
    private static final int LARGEST_FILE = 1 << 20;
    private static final int DEEPEST_NESTING = 20;
    private static final YAMLMapper YAML = yamlMapper(new SimpleModule());
    private static final YAMLMapper TEXTS = yamlMapper(new SimpleModule().addDeserializer(String.class, new Text()));
    private static final JsonMapper JSON = jsonMapper();

    private StrictReader() {}

    /**
     * Reads a file into a record.
     *
     * @throws InputException if the file is missing, cannot be read, is larger than 1 MiB, or does not fit the record;
     *     the sentence names file and place
     */
    public static <T extends Record> T read(Path file, Class<T> type) {
        return read(file, type, YAML);
    }

    /**
     * Reads a file whose texts must be texts: a number or a truth value in place of one is refused, unless it is quoted.
     *
     * @throws InputException as {@link #read} does
     */
    public static <T extends Record> T readTexts(Path file, Class<T> type) {
        return read(file, type, TEXTS);
    }

    private static <T extends Record> T read(Path file, Class<T> type, YAMLMapper mapper) {
        try (StrictInput in = StrictInput.open(file)) {
            T value = mapper.readValue(in.readRest(LARGEST_FILE), type);
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
     * Reads a file of JSON into a record, under the same rules.
     *
     * @param largest the largest size that is read, in bytes
     * @throws InputException as {@link #read} does
     */
    public static <T extends Record> T readJson(Path file, int largest, Class<T> type) {
        try (StrictInput in = StrictInput.open(file)) {
            return readJson(file.toString(), in.readRest(largest), type);
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

    /**
     * Returns the text that a JSON object begins with, such as its schema, before the rest is looked at; empty where its first key
     * is another one or has no text.
     *
     * @param json the object, or a start of it
     */
    public static Optional<String> firstText(String key, byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            boolean first = parser.nextToken() == JsonToken.START_OBJECT && key.equals(parser.nextFieldName());
            return first ? Optional.ofNullable(parser.nextTextValue()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // whoever reads the whole says what is wrong with it
        }
    }

    /**
     * Reads JSON of any form, with no key twice and no more nested than a record may be.
     *
     * @param where named at the start of the sentence if it fails
     * @throws InputException if it is no JSON
     */
    public static JsonNode tree(String where, byte[] json) {
        try {
            JsonNode tree = JSON.readTree(json);
            return Objects.requireNonNullElse(tree, MissingNode.getInstance());
        } catch (JsonProcessingException e) {
            throw new InputException(where + Complaint.of("JSON", e), e);
        } catch (IOException e) {
            throw new InputException(where + ": expected JSON in UTF-8, found: " + StrictInput.reason(e), e);
        }
    }

    /**
     * Turns JSON that was read into a record, under the rules of {@link #readJson(String, byte[], Class)}.
     *
     * @param where named at the start of the sentence if it fails
     * @throws InputException if it does not fit the record
     */
    public static <T extends Record> T bind(String where, JsonNode tree, Class<T> type) {
        try {
            return JSON.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new InputException(where + Complaint.of("JSON", e), e);
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

    /**
     * The JSON of a value, indented.
     *
     * @throws NonFiniteException if a number is NaN or infinite; the sentence says where
     */
    public static String toJson(Object value) {
        return written(JSON.writerWithDefaultPrettyPrinter(), value);
    }

    /**
     * The JSON of a value as the text of a file: indented, keys of maps in their order, a line feed at the end, and the
     * same on every Java platform.
     *
     * @throws NonFiniteException if a number is NaN or infinite; the sentence says where
     */
    public static String toJsonFile(Object value) {
        ObjectWriter writer = JSON.writer(new DefaultPrettyPrinter()
                        .withSeparators(Separators.createDefaultInstance()
                                .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                        .withObjectIndenter(new DefaultIndenter("  ", "\n")))
                .without(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        return written(writer, value) + "\n";
    }

    /**
     * The JSON of a value on one line, keys of maps sorted.
     *
     * @throws NonFiniteException if a number is NaN or infinite; the sentence says where
     */
    public static String toJsonLine(Object value) {
        return written(JSON.writer(), value);
    }

    private static String written(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof NonFiniteException found) {
                throw new NonFiniteException(String.valueOf(found.getMessage()), e);
            }
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

    /** The values of a record by key, as texts: those of a group by paths such as {@code split.kind}, without those that are not set. */
    public static Map<String, String> flat(Object value) {
        Map<String, String> values = new LinkedHashMap<>();
        addFlat(values, "", JSON.valueToTree(value));
        return values;
    }

    private static void addFlat(Map<String, String> values, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> addFlat(
                            values, path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
        } else if (!node.isNull() && !(node.isTextual() && node.asText().isEmpty())) {
            values.put(path, node.isTextual() ? node.asText() : node.toString());
        }
    }

    /** SHA-256 of a value's canonical JSON: keys of maps sorted, record components in their order, no white space. */
    public static String hash(Object value) {
        return Digests.sha256(toJsonLine(value));
    }

    private static YAMLMapper yamlMapper(SimpleModule module) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setMaxAliasesForCollections(10);
        limits.setNestingDepthLimit(DEEPEST_NESTING);
        limits.setCodePointLimit(LARGEST_FILE);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                .build();
        return strict(YAMLMapper.builder(factory)).addModule(module).build();
    }

    private static JsonMapper jsonMapper() {
        return strict(JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        // Java's own texts of doubles differ between versions; Jackson's are the shortest on every one.
                        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                        .disable(JsonFactory.Feature.CHARSET_DETECTION) // UTF-8 it is
                        .addDecorator(new FiniteNumbers())
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST_NESTING)
                                .build())
                        .build()))
                .addModule(new SimpleModule()
                        .addDeserializer(String.class, new Text())
                        .addKeyDeserializer(Integer.class, new WholeKey("0|-?[1-9][0-9]{0,8}", Integer::valueOf))
                        .addKeyDeserializer(Long.class, new WholeKey("0|-?[1-9][0-9]{0,17}", Long::valueOf)))
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
    }

    private static <
                    M extends com.fasterxml.jackson.databind.ObjectMapper,
                    B extends com.fasterxml.jackson.databind.cfg.MapperBuilder<M, B>>
            B strict(B builder) {
        return builder.annotationIntrospector(new RecordConventions())
                .addModule(new SimpleModule("known keys").setDeserializerModifier(new KnownKeys()))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    }

    /**
     * Has an unknown key of a record refused where it stands. Jackson keeps unknown keys until the record is made, and would
     * complain first of the key that is missing where one is misspelt.
     */
    private static final class KnownKeys extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription description, BeanDeserializerBuilder builder) {
            if (description.getBeanClass().isRecord()) {
                description.findProperties().forEach(property -> builder.addIncludable(property.getName()));
            }
            return builder;
        }
    }

    /** A text as such: no number, and not blank. */
    private static final class Text extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            String text = parser.getText();
            return text.isBlank() ? (String) context.handleWeirdStringValue(String.class, text, "blank") : text;
        }

        @Override
        public Object getEmptyValue(DeserializationContext context) {
            return "";
        }
    }

    /** A whole number as a key, in the one way in which it is written. */
    private static final class WholeKey extends KeyDeserializer {
        private final Pattern form;
        private final Function<String, Number> number;

        WholeKey(String form, Function<String, Number> number) {
            this.form = Pattern.compile(form);
            this.number = number;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            return form.matcher(key).matches()
                    ? number.apply(key)
                    : context.handleWeirdKey(Long.class, key, "not a whole number");
        }
    }

    /**
     * Requires a condition of the values of a record, beyond what their types say.
     *
     * @throws IllegalArgumentException if it does not hold; readers add where the file is wrong
     */
    public static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
