package io.github.linfhash.io.binding;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How records look in files: enum constants in kebab case ({@code all-but-queries}), and every component required
 * unless it is {@link Nullable}. A null is no value: neither for such a component, nor within any list or map. A component
 * with a {@link JsonSetter} goes by that instead.
 */
final class RecordConventions extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    /** A constant's name in files. */
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String[] findEnumValues(
            MapperConfig<?> config, AnnotatedClass enumType, Enum<?>[] constants, String[] names) {
        for (int i = 0; i < constants.length; i++) {
            names[i] = nameOf(constants[i]);
        }
        return names;
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return nullable(member).map(nullable -> !nullable).orElseGet(() -> super.hasRequiredMarker(member));
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
        return nullable(member)
                .map(nullable -> JsonSetter.Value.construct(nullable ? Nulls.SET : Nulls.FAIL, Nulls.FAIL))
                .orElseGet(() -> super.findSetterInfo(member));
    }

    /** Whether a record's component may be null; empty for anything else. */
    private static Optional<Boolean> nullable(Annotated member) {
        return member instanceof AnnotatedParameter parameter
                        && !member.hasAnnotation(JsonSetter.class)
                        && parameter.getOwner() instanceof AnnotatedConstructor constructor
                        && constructor.getDeclaringClass().isRecord()
                ? Optional.of(constructor
                        .getAnnotated()
                        .getAnnotatedParameterTypes()[parameter.getIndex()]
                        .isAnnotationPresent(Nullable.class))
                : Optional.empty();
    }
}
