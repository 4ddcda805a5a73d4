package io.github.linfhash.io.binding;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.github.linfhash.core.errors.Suggestion;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in words what Jackson found wrong: ", line 3, methods[0].name: expected a text, found a list". */
final class Complaint {
    private static final Pattern TOKEN = Pattern.compile("\\(token `JsonToken\\.(\\w+)`\\)");
    private static final Pattern SCALAR = Pattern.compile(
            "(?:coerce|from) String value \\([\"'](?<text>.*)[\"']\\)|from \\w+ value \\((?<other>.*)\\)$",
            Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("required creator property '(\\w+)'");

    private static final Pattern RANGE =
            Pattern.compile("Numeric value \\((\\S+)\\) out of range of \\S+ \\((-\\d+) - (\\d+)\\)");

    /** How much of a parser's message is looked at, from its start and from its end: it may quote a key of any length. */
    private static final int LONGEST_PART = 2000;

    private Complaint() {}

    /**
     * The end of a sentence that begins with the name of the file.
     *
     * @param language of the text: JSON or YAML, or "values" where it has been read already
     */
    static String of(String language, JsonProcessingException e) {
        // Values that have been read already have no line: that of the parser counts something else.
        return (language.equals("values") ? "" : line(e)) + place(e) + ": " + reason(language, e);
    }

    private static String line(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1 ? "" : ", line " + location.getLineNr();
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

    private static String reason(String language, JsonProcessingException e) {
        String message = shortened(e.getOriginalMessage());
        if (e instanceof PropertyBindingException unknown) {
            List<String> known = names(unknown);
            return "unknown key: expected one of " + (known.isEmpty() ? "none" : String.join(", ", known)) + ", found '"
                    + unknown.getPropertyName() + "'" + Suggestion.of(unknown.getPropertyName(), known);
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            if (e.getCause() instanceof Error fault) {
                // Of the program, such as a stack that is too small, and not of the text.
                throw fault;
            }
            return String.valueOf(e.getCause().getMessage());
        }
        if (e instanceof InvalidNullException nothing) {
            return "expected " + required(nothing) + ", found nothing";
        }
        if (e instanceof InvalidTypeIdException kind) {
            return "expected as 'kind' one of " + kinds(kind.getBaseType().getRawClass()) + ", found "
                    + (kind.getTypeId() == null ? "none" : "'" + kind.getTypeId() + "'");
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            return "expected the key '" + missing.group(1) + "', found none";
        }
        Matcher range = RANGE.matcher(message);
        if (range.find()) {
            return "expected a whole number from " + range.group(2) + " to " + range.group(3) + ", found "
                    + range.group(1);
        }
        if (message.startsWith("Trailing token")) {
            return "expected the end of the " + language + ", found more";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "expected " + describe(mismatch.getTargetType()) + ", found " + found(mismatch);
        }
        return "expected well-formed " + language + ", found: " + plain(message);
    }

    private static String shortened(String message) {
        return message.length() <= 2 * LONGEST_PART
                ? message
                : message.substring(0, LONGEST_PART) + " ... " + message.substring(message.length() - LONGEST_PART);
    }

    /** A parser's message in one line. Lines and columns stay; what it calls its source, classes and switches goes. */
    private static String plain(String message) {
        return message.replaceAll("\\[Source: .*?; line: (\\d+), column: (\\d+)]", "line $1, column $2")
                .replace("in 'reader', line", "in line")
                .replaceAll(",? (?:from|as per) `[^`]*`", "")
                .replaceAll(": enable `[^`]*` to allow", "")
                .replaceAll(" \\(consider enabling `[^`]*`.*\\)", "")
                .replaceAll(" \\(not recognized as one since Feature '[^']*' not enabled for parser\\)", "")
                .strip()
                .replaceAll("\\s*\\R\\s*", " ");
    }

    /** Describes the value expected in place of a null. Jackson knows it of a component and of its elements, but not of their elements. */
    private static String required(InvalidNullException nothing) {
        List<JsonMappingException.Reference> path = nothing.getPath();
        boolean nested = path.size() > 1
                && path.subList(path.size() - 2, path.size()).stream().allMatch(Complaint::isElement);
        return nested ? "a value" : describe(nothing.getTargetType());
    }

    private static boolean isElement(JsonMappingException.Reference step) {
        return step.getFrom() instanceof Collection || step.getFrom() instanceof Map;
    }

    private static List<String> names(PropertyBindingException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null
                ? List.of()
                : known.stream().map(Object::toString).sorted().toList();
    }

    private static String kinds(Class<?> type) {
        JsonSubTypes subtypes = type.getAnnotation(JsonSubTypes.class);
        return subtypes == null
                ? "none"
                : Arrays.stream(subtypes.value()).map(JsonSubTypes.Type::name).collect(Collectors.joining(", "));
    }

    /** Jackson keeps a value of the wrong form; of one of the wrong kind there is a token, or else the message alone. */
    private static String found(MismatchedInputException mismatch) {
        if (mismatch instanceof InvalidFormatException format) {
            return quoted(format.getValue());
        }
        Matcher token = TOKEN.matcher(mismatch.getOriginalMessage());
        if (token.find()) {
            return switch (token.group(1)) {
                case "START_ARRAY" -> "a list";
                case "START_OBJECT" -> "a group of keys";
                case "VALUE_TRUE" -> "true";
                case "VALUE_FALSE" -> "false";
                case "VALUE_STRING" -> "a text";
                default -> "a number";
            };
        }
        Matcher scalar = SCALAR.matcher(mismatch.getOriginalMessage());
        if (!scalar.find()) {
            return "nothing";
        }
        return quoted(scalar.group("text") == null ? scalar.group("other") : scalar.group("text"));
    }

    private static String quoted(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? "nothing" : "'" + value + "'";
    }

    private static String describe(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
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
        if (type == Object.class) {
            return "a value";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "a group of keys";
    }
}
