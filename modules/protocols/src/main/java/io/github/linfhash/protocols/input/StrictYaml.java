package io.github.linfhash.protocols.input;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;

/** Reads small YAML files into records; unknown keys, duplicate keys and values of a wrong type are errors. */
public final class StrictYaml {
    private static final int MAX_BYTES = 1 << 18;

    private StrictYaml() {}

    /**
     * Reads one YAML document.
     *
     * <p>A record checks its own values: an {@link IllegalArgumentException} from its constructor becomes part of the
     * message.
     *
     * @param type a record whose components are the document's keys
     * @throws InputException if the file is missing, larger than 256 KiB, or no such document
     */
    public static <T> T read(Path file, Class<T> type) {
        try (StrictInput in = StrictInput.open(file)) {
            byte[] text = in.readRest(MAX_BYTES);
            T value = reader(type).readValue(text);
            if (value == null) {
                throw new InputException(file + " is empty: expected a YAML document, found none");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new InputException(file + place(e) + " " + problem(e), e);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + StrictInput.reason(e), e);
        }
    }

    private static ObjectReader reader(Class<?> type) {
        return YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build()
                .readerFor(type);
    }

    private static String place(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1 ? "" : " (line " + location.getLineNr() + ")";
    }

    private static String problem(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "has an unknown key: expected one of "
                    + new TreeSet<>(unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .toList()) + ", found '" + unknown.getPropertyName() + "'";
        }
        if (e instanceof ValueInstantiationException && e.getCause() instanceof IllegalArgumentException wrong) {
            return "has a wrong value: " + wrong.getMessage();
        }
        String message = e.getOriginalMessage().lines().findFirst().orElse("");
        return "is no YAML document of the expected form: " + message;
    }
}
