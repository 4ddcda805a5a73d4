package io.github.linfhash.protocols.input;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
            return reader(type).readValue(text);
        } catch (JsonProcessingException e) {
            throw new InputException(file + " " + problem(e), e);
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

    private static String problem(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "has an unknown key '" + path(unknown) + "': expected one of "
                    + new TreeSet<>(unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .toList())
                    + ", found another";
        }
        if (e instanceof ValueInstantiationException mapping
                && e.getCause() instanceof IllegalArgumentException wrong) {
            return "has a wrong value in " + place(mapping) + ": " + wrong.getMessage();
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "has a wrong value or none in " + place(mismatch) + ": expected "
                    + mismatch.getTargetType().getSimpleName() + ", found something else";
        }
        String message = e.getOriginalMessage().lines().findFirst().orElse("");
        JsonLocation location = e.getLocation();
        String line = location == null || location.getLineNr() < 1 ? "" : " in line " + location.getLineNr();
        return "is no YAML document: expected well-formed YAML, found a fault" + line + " (" + message + ")";
    }

    private static String place(JsonMappingException e) {
        return e.getPath().isEmpty() ? "the document" : "'" + path(e) + "'";
    }

    /** Where in the document, as keys and list indices with dots between. */
    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() != null ? step.getFieldName() : String.valueOf(step.getIndex()))
                .collect(Collectors.joining("."));
    }
}
