package io.github.linfhash.quantizers.product;

import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.ByteCodes;
import io.github.linfhash.quantizers.export.AffineParts;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes {@link ProductQuantizer} and {@link OptimizedProductQuantizer} to other programs. */
final class ProductExport {
    private ProductExport() {}

    static QuantizerParts parts(ProductQuantizer.Fitted fitted) {
        ProductQuantizer.Codebooks codebooks = fitted.codebooks();
        AffineParts affine = AffineParts.of(fitted.map());
        Map<String, NpyArray> arrays = affine.arrays();
        arrays.put("codebooks", centers(codebooks));
        arrays.put("starts", NpyArray.ofInts(codebooks.starts()));
        EncodingGraph.Builder graph = new EncodingGraph.Builder(affine.inputs(), fitted.similarity());
        addTo(graph, codebooks, affine.addTo(graph, graph.x()));
        String query = "z = " + affine.formula("query");
        return new QuantizerParts(
                arrays,
                new QuantizerParts.CodeForm(
                        codebooks.parts(),
                        codebooks.bits(),
                        false,
                        "number p is "
                                + (codebooks.bits() == 8
                                        ? "byte p"
                                        : "the low 4 bits of byte p / 2 for even p, the high ones for odd p")
                                + ": the row of codebooks whose columns starts[p] .. starts[p + 1] - 1 are nearest"),
                "y = " + affine.formula("x")
                        + "; number p is the c with the least |y[starts[p]:starts[p + 1]] - codebooks[c, starts[p]:starts[p + 1]]|",
                fitted.similarity().byInnerProduct()
                        ? "-(z, v), v the columns of the parts from the rows that the code names, " + query
                        : "|z - v|^2, v the columns of the parts from the rows that the code names, " + query,
                Optional.of(graph.build()));
    }

    static Map<String, NpyArray> arrays(ByteCodes codes) {
        return Map.of(
                QuantizerParts.CODES,
                NpyArray.owning(NpyType.UINT8, List.of(codes.size(), codes.width()), codes.toBytes()));
    }

    /** Returns the centers side by side: row c has center c of every part. */
    private static NpyArray centers(ProductQuantizer.Codebooks books) {
        int dimension = books.dimension();
        int[] starts = books.starts();
        int count = books.centers(0).rows();
        float[] values = new float[count * dimension];
        for (int part = 0; part < books.parts(); part++) {
            for (int c = 0; c < count; c++) {
                books.centers(part).copyRows(c, 1, values, c * dimension + starts[part]);
            }
        }
        return NpyArray.ofFloats(values, count, dimension);
    }

    /**
     * Adds what {@link ProductQuantizer.Codebooks#encode} does to a graph, as the output {@code codes}, for all parts at once: narrower ones get a coordinate more,
     * which is 0 in vectors and centers.
     */
    private static void addTo(EncodingGraph.Builder graph, ProductQuantizer.Codebooks books, String y) {
        int parts = books.parts();
        int[] starts = books.starts();
        int count = books.centers(0).rows();
        int width = starts[1];
        String filled = y;
        if (books.dimension() % parts != 0) {
            String padded = graph.node("padded", "Pad", y, graph.constant("padding", NpyArray.ofLongs(0, 0, 0, 1)));
            String places = graph.constant("columnsOfParts", NpyArray.ofLongs(places(books, width)));
            filled = graph.node("equalParts", "Gather", Map.of("axis", 1L), padded, places);
        }
        float[] transposed = new float[parts * width * count];
        float[] halves = new float[parts * count];
        for (int part = 0; part < parts; part++) {
            for (int c = 0; c < count; c++) {
                double squares = 0;
                for (int j = 0; j < starts[part + 1] - starts[part]; j++) {
                    float value = books.centers(part).get(c, j);
                    transposed[(part * width + j) * count + c] = value;
                    squares += (double) value * value;
                }
                halves[part * count + c] = (float) (squares / 2);
            }
        }
        // batch x m x 1 x w times m x w x 2^bits.
        String vectors = graph.reshaped("parts", filled, 0, parts, 1, width);
        String matrices = graph.reshaped(
                "centers",
                graph.constant("codebooks", NpyArray.ofFloats(transposed, parts * width, count)),
                parts,
                width,
                count);
        String products =
                graph.reshaped("products", graph.node("product", "MatMul", vectors, matrices), 0, parts, count);
        String norms = graph.constant("halfSquaredNorms", NpyArray.ofFloats(halves, parts, count));
        String nearness = graph.node("nearness", "Sub", products, norms);
        String nearest = graph.node("nearest", "ArgMax", Map.of("axis", 2L, "keepdims", 0L), nearness);
        if (books.bits() == 8) {
            graph.cast(QuantizerParts.CODES, NpyType.UINT8, nearest);
            graph.output(QuantizerParts.CODES, NpyType.UINT8, parts);
        } else {
            graph.packed(graph.cast("numbersOfParts", NpyType.FLOAT32, nearest), parts, books.bits());
        }
    }

    /** For each part the places of its coordinates, and for a narrower one that behind the last, too. */
    private static long[] places(ProductQuantizer.Codebooks books, int width) {
        int[] starts = books.starts();
        long[] places = new long[books.parts() * width];
        for (int part = 0; part < books.parts(); part++) {
            for (int j = 0; j < width; j++) {
                int place = starts[part] + j;
                places[part * width + j] = place < starts[part + 1] ? place : books.dimension();
            }
        }
        return places;
    }
}
