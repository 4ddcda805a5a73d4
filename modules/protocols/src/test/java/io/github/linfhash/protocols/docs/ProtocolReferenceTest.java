package io.github.linfhash.protocols.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.protocols.protocol.Protocol;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Makes the reference of protocol files, {@code target/docs/protocol.md}, from the records that read them: keys and types
 * by reflection, descriptions from the {@code @param} tags of their sources.
 */
class ProtocolReferenceTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PAGE = Path.of("target/docs/protocol.md");
    private static final Pattern INLINE_TAG =
            Pattern.compile("\\{@(?:code|link|value|linkplain)\\s+([^}]*)}", Pattern.DOTALL);

    private static final Pattern CONSTANT = Pattern.compile("`([A-Z][A-Z_]+)`");

    private final Deque<Class<?>> open = new ArrayDeque<>(List.of(Protocol.class));
    private final Set<Class<?>> seen = new LinkedHashSet<>(open);
    private final List<String> undescribed = new ArrayList<>();

    @Test
    void everyKeyOfAProtocolFileIsDescribed() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Protocol files

                A protocol is a YAML file. `./linfhash init` writes one for your data, and `protocols/` contains those of linfhash.
                This page lists every key; any other key is an error. Keys marked *optional* may be left out.
                """);
        while (!open.isEmpty()) {
            section(page, open.removeFirst());
        }
        Files.createDirectories(Objects.requireNonNull(PAGE.getParent()));
        Files.writeString(PAGE, page);

        assertThat(undescribed).as("components of records without a @param").isEmpty();
        assertThat(page).contains("| `bits` |", "`kind: class-balanced`");
    }

    private void section(StringBuilder page, Class<?> type) throws IOException {
        page.append("\n## ")
                .append(title(type))
                .append("\n\n")
                .append(sentence(docOf(type)))
                .append("\n\n");
        if (type.isEnum()) {
            page.append("One of ").append(values(type)).append(".\n");
        } else if (type.isRecord()) {
            page.append("| key | value | meaning |\n|---|---|---|\n");
            for (RecordComponent key : type.getRecordComponents()) {
                page.append("| `")
                        .append(key.getName())
                        .append("` | ")
                        .append(value(key))
                        .append(range(key))
                        .append(" | ");
                page.append(meaning(type, key)).append(" |\n");
            }
        } else {
            page.append(kinds(type)).append('\n');
        }
    }

    private String meaning(Class<?> type, RecordComponent key) throws IOException {
        Matcher tag = Pattern.compile(
                        "@param " + key.getName() + " (.*?)(?=\\n\\s*\\*\\s*(?:@|/)|\\*/|\\z)", Pattern.DOTALL)
                .matcher(docOf(type));
        if (!tag.find()) {
            undescribed.add(type.getSimpleName() + "." + key.getName());
            return "";
        }
        String text = values(type, plain(tag.group(1))).replace("|", "\\|");
        return key.getAnnotatedType().isAnnotationPresent(Nullable.class) ? "*optional*; " + text : text;
    }

    private static String range(RecordComponent key) {
        Range range = key.getAnnotation(Range.class);
        return range == null ? "" : ", " + Ranges.text(range);
    }

    private String value(RecordComponent key) {
        return value(key.getGenericType());
    }

    private String value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class || generic.getRawType() == Set.class
                    ? "list of " + value(arguments[0])
                    : "map from " + value(arguments[0]) + " to " + value(arguments[arguments.length - 1]);
        }
        Class<?> plain = type instanceof Class<?> known ? known : Object.class;
        if (plain.getName().startsWith("io.github.linfhash.protocols")) {
            if (seen.add(plain)) {
                open.addLast(plain);
            }
            return "[" + title(plain) + "](#"
                    + title(plain).toLowerCase(Locale.ROOT).replace(' ', '-') + ")";
        }
        return plain.isEnum() ? values(plain) : name(plain);
    }

    private static String name(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "whole number";
            case "double", "Double", "float", "Float" -> "number";
            case "boolean", "Boolean" -> "true or false";
            case "String" -> "text";
            default -> "value";
        };
    }

    private String kinds(Class<?> sealed) {
        JsonSubTypes named = sealed.getAnnotation(JsonSubTypes.class);
        Stream<String> kinds = named == null
                ? Arrays.stream(Objects.requireNonNull(sealed.getPermittedSubclasses()))
                        .map(kind -> "- " + value(kind))
                : Arrays.stream(named.value()).map(kind -> "- `kind: " + kind.name() + "`: " + value(kind.value()));
        return kinds.collect(Collectors.joining("\n"));
    }

    private static String values(Class<?> type) {
        return Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
                .map(constant -> "`"
                        + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                .collect(Collectors.joining(", "));
    }

    private static String title(Class<?> type) {
        String words = type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT);
    }

    /** The Javadoc comment before the declaration of a type, in the source of its top-level class. */
    private static String docOf(Class<?> type) throws IOException {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        String source = Files.readString(SOURCES.resolve(top.getName().replace('.', '/') + ".java"));
        Matcher comment = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s*)*"
                                + "(?:public |private |static |final |sealed |non-sealed )*"
                                + "(?:record|enum|interface|class) " + type.getSimpleName() + "\\b",
                        Pattern.DOTALL)
                .matcher(source);
        return comment.find() ? comment.group(1) : "";
    }

    /** The text with the values of the constants that it names in place of their names. */
    private static String values(Class<?> type, String text) {
        return CONSTANT.matcher(text).replaceAll(name -> {
            try {
                Field constant = type.getDeclaredField(name.group(1));
                constant.setAccessible(true);
                return Matcher.quoteReplacement("`" + constant.get(null) + "`");
            } catch (ReflectiveOperationException none) {
                return Matcher.quoteReplacement(name.group());
            }
        });
    }

    private static String sentence(String comment) {
        return plain(comment.replaceFirst("(?s)\\n\\s*\\*\\s*@.*|<p>.*", ""));
    }

    private static String plain(String comment) {
        String words = comment.replaceAll("(?m)^\\s*\\*\\s?", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return INLINE_TAG
                .matcher(words)
                .replaceAll(tag -> Matcher.quoteReplacement(
                        "`" + tag.group(1).replaceFirst("^#", "").replace('#', '.') + "`"));
    }
}
