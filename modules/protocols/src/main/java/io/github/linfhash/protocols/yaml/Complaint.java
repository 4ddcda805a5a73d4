package io.github.linfhash.protocols.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in words what Jackson found wrong: ", line 3, methods[0].name: ...". */
final class Complaint {
    private static final Pattern QUOTED_VALUE = Pattern.compile("value \\(\"([^\"]*)\"\\)");

    private Complaint() {}

    static String of(JsonProcessingException e) {
        return line(e) + place(e) + ": " + reason(e) + ".";
    }

    private static String line(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null || location.getLineNr() < 2 ? "" : ", line " + location.getLineNr();
    }

    private static String place(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return ", " + path;
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown key '" + unknown.getPropertyName() + "', expected one of " + names(unknown);
        }
        if (e instanceof InvalidFormatException format) {
            return "expected " + describe(format.getTargetType()) + ", found '" + format.getValue() + "'";
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return String.valueOf(e.getCause().getMessage());
        }
        if (e instanceof MismatchedInputException mismatch
                && mismatch.getOriginalMessage().startsWith("Missing")) {
            return mismatch.getOriginalMessage()
                    .replaceAll("(?s)Missing required creator property '(\\w+)'.*", "the key '$1' is missing");
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            Matcher value = QUOTED_VALUE.matcher(mismatch.getOriginalMessage());
            return "expected " + describe(mismatch.getTargetType())
                    + (value.find() ? ", found '" + value.group(1) + "'" : "");
        }
        return e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String names(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? "none"
                : known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String describe(Class<?> type) {
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return "one of "
                    + Arrays.stream(constants)
                            .map(c -> RecordConventions.nameOf((Enum<?>) c))
                            .collect(Collectors.joining(", "));
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "a group of keys";
    }
}
