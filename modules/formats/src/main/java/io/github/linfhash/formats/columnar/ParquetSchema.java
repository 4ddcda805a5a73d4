package io.github.linfhash.formats.columnar;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a Parquet file: what its flat list of elements, each with the number of its children, says as a tree.
 *
 * @param message the tree
 * @param columns what linfhash takes each child of the root for
 * @param leaves entry i describes the values of column i; null if it is of elements that linfhash does not read
 */
record ParquetSchema(MessageType message, List<Column> columns, List<@Nullable Leaf> leaves) {
    private static final int MOST_COLUMNS = 1 << 16;
    private static final int DEEPEST = 16;

    /**
     * The values of a column.
     *
     * @param descriptor its place in the tree
     * @param element what the file says of it
     * @param index its place among all leaves, which is that of its chunks in each row group
     * @param definedInList the definition level from which on there is an element of a list, be it null
     */
    record Leaf(ColumnDescriptor descriptor, SchemaElement element, int index, int definedInList) {}

    /**
     * Builds the tree.
     *
     * @throws InputException if the elements are no tree, or too many
     */
    static ParquetSchema of(String file, List<SchemaElement> elements) {
        if (elements.isEmpty() || elements.size() > MOST_COLUMNS) {
            throw wrong(file, "from 1 to " + MOST_COLUMNS + " elements", String.valueOf(elements.size()));
        }
        return new Builder(file, elements).schema();
    }

    private static InputException wrong(String file, String expected, String found) {
        return new InputException(file + " has a wrong schema: expected " + expected + ", found " + found);
    }

    private static final class Builder {
        private final String file;
        private final List<SchemaElement> elements;
        private int next = 1;
        private final List<SchemaElement> leafElements = new ArrayList<>();

        Builder(String file, List<SchemaElement> elements) {
            this.file = file;
            this.elements = elements;
        }

        ParquetSchema schema() {
            List<Type> fields = children(elements.get(0), 0);
            if (next != elements.size()) {
                throw wrong(file, "each element to be somebody's child", (elements.size() - next) + " that are not");
            }
            MessageType message = new MessageType("table", fields);
            List<Column> columns = new ArrayList<>();
            List<@Nullable Leaf> leaves = new ArrayList<>();
            int leaf = 0;
            for (Type field : fields) {
                int count = leaves(field);
                Leaf values = count == 1 ? leaf(message, leaf) : null;
                Column column = column(columns.size(), field, values);
                columns.add(column);
                leaves.add(column.elements() == Column.Elements.OTHER ? null : values);
                leaf += count;
            }
            return new ParquetSchema(message, List.copyOf(columns), leaves);
        }

        private List<Type> children(SchemaElement parent, int depth) {
            int count = parent.getNum_children();
            if (count < 1 || count > elements.size() - next || depth > DEEPEST) {
                throw wrong(
                        file,
                        "1 to " + (elements.size() - next) + " children, nested at most " + DEEPEST + " deep",
                        count + " at depth " + depth);
            }
            List<Type> children = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < count; i++) {
                if (next == elements.size()) {
                    throw wrong(file, "as many elements as the others have children", "fewer");
                }
                SchemaElement element = elements.get(next++);
                if (!names.add(name(element))) {
                    throw wrong(file, "another name for each column", "'" + Excerpt.of(name(element)) + "' twice");
                }
                children.add(
                        element.isSetNum_children() && element.getNum_children() > 0
                                ? new GroupType(repetition(element), name(element), children(element, depth + 1))
                                : primitive(element));
            }
            return children;
        }

        private Type primitive(SchemaElement element) {
            if (!element.isSetType()) {
                throw wrong(file, "a type of each column", "none of '" + Excerpt.of(name(element)) + "'");
            }
            PrimitiveTypeName type = PrimitiveTypeName.valueOf(
                    switch (element.getType()) {
                        case BYTE_ARRAY -> "BINARY";
                        default -> element.getType().name();
                    });
            leafElements.add(element);
            return new PrimitiveType(repetition(element), type, element.getType_length(), name(element));
        }

        private String name(SchemaElement element) {
            if (!element.isSetName()) {
                throw wrong(file, "a name of each column", "none");
            }
            return element.getName();
        }

        private Repetition repetition(SchemaElement element) {
            FieldRepetitionType repetition = element.getRepetition_type();
            if (repetition == null) {
                throw wrong(file, "a repetition of each column", "none of '" + Excerpt.of(name(element)) + "'");
            }
            return Repetition.valueOf(repetition.name());
        }

        private static int leaves(Type type) {
            return type.isPrimitive()
                    ? 1
                    : type.asGroupType().getFields().stream()
                            .mapToInt(Builder::leaves)
                            .sum();
        }

        private Leaf leaf(MessageType message, int index) {
            ColumnDescriptor descriptor = message.getColumns().get(index);
            int defined = 0;
            boolean inList = false;
            GroupType at = message;
            for (String name : descriptor.getPath()) {
                Type type = at.getType(name);
                if (!inList && !type.isRepetition(Repetition.REQUIRED)) {
                    defined++;
                }
                inList |= type.isRepetition(Repetition.REPEATED);
                at = type.isPrimitive() ? at : type.asGroupType();
            }
            return new Leaf(descriptor, leafElements.get(index), index, defined);
        }

        private Column column(int index, Type field, @Nullable Leaf leaf) {
            if (leaf == null || leaf.descriptor().getMaxRepetitionLevel() > 1) {
                return new Column(index, field.getName(), Column.Elements.OTHER, false, "nested values");
            }
            boolean list = leaf.descriptor().getMaxRepetitionLevel() == 1;
            boolean plain = list || field.isPrimitive();
            String shown = (list ? "lists of " : "") + shown(leaf.element());
            return new Column(
                    index, field.getName(), plain ? kind(leaf.element()) : Column.Elements.OTHER, list, shown);
        }

        private static String shown(SchemaElement element) {
            String logical = element.isSetLogicalType()
                    ? element.getLogicalType().getSetField().getFieldName()
                    : element.isSetConverted_type()
                            ? element.getConverted_type().name()
                            : "";
            return element.getType() + (logical.isEmpty() ? "" : " (" + logical + ")");
        }
    }

    private static Column.Elements kind(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        ConvertedType converted = element.getConverted_type();
        boolean bare = logical == null && converted == null;
        return switch (element.getType()) {
            case BOOLEAN -> Column.Elements.WHOLE;
            case FLOAT, DOUBLE -> Column.Elements.REAL;
            case INT32, INT64 ->
                bare || isInteger(logical, converted)
                        ? Column.Elements.WHOLE
                        : isDecimal(element) ? Column.Elements.REAL : Column.Elements.OTHER;
            case BYTE_ARRAY ->
                bare
                                || (logical != null && (logical.isSetSTRING() || logical.isSetENUM()))
                                || converted == ConvertedType.UTF8
                                || converted == ConvertedType.ENUM
                        ? Column.Elements.TEXT
                        : Column.Elements.OTHER;
            case FIXED_LEN_BYTE_ARRAY ->
                logical != null && logical.isSetFLOAT16() && element.getType_length() == Short.BYTES
                        ? Column.Elements.REAL
                        : Column.Elements.OTHER;
            case INT96 -> Column.Elements.OTHER;
        };
    }

    private static boolean isInteger(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
        return (logical != null && logical.isSetINTEGER())
                || (converted != null && converted.name().matches("U?INT_\\d+"));
    }

    static boolean isDecimal(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        return (logical != null && logical.isSetDECIMAL()) || element.getConverted_type() == ConvertedType.DECIMAL;
    }

    /** Whether whole numbers have no sign. */
    static boolean isUnsigned(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        ConvertedType converted = element.getConverted_type();
        return (logical != null && logical.isSetINTEGER())
                ? !logical.getINTEGER().isIsSigned()
                : converted != null && converted.name().startsWith("UINT_");
    }

    /** The digits behind the point of a decimal. */
    static int scale(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        return (logical != null && logical.isSetDECIMAL())
                ? logical.getDECIMAL().getScale()
                : element.getScale();
    }
}
