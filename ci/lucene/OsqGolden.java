import java.io.IOException;
import java.util.StringJoiner;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104ScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.quantization.OptimizedScalarQuantizer;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * Prints what Lucene's optimized scalar quantization makes of small vectors: grids and codes, then the estimates that an index of
 * eight vectors gives for two queries; the lines of LuceneGoldenTest. With a JDK of 21 or newer: {@code java -cp
 * lucene-core-10.5.0.jar ci/lucene/OsqGolden.java}.
 */
public final class OsqGolden {
    private static final int VECTORS = 8;

    public static void main(String[] arguments) throws IOException {
        printCodes();
        for (ScalarEncoding encoding : new ScalarEncoding[] {
            ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE, ScalarEncoding.DIBIT_QUERY_NIBBLE, ScalarEncoding.PACKED_NIBBLE, ScalarEncoding.SEVEN_BIT, ScalarEncoding.UNSIGNED_BYTE
        }) {
            printEstimates(encoding, VectorSimilarityFunction.EUCLIDEAN);
            printEstimates(encoding, VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT);
        }
    }

    private static float[] vector(int number) {
        float[] x = new float[24];
        for (int j = 0; j < x.length; j++) {
            x[j] = (float) (Math.sin(3.7 * j + number) + 0.3 * Math.cos(11.0 * j * (number + 1)) + 0.1 * number);
        }
        return x;
    }

    /** Squared distances, or inner products, of vectors 0..7 to vectors 8 and 9, as an index with one segment estimates them. */
    private static void printEstimates(ScalarEncoding encoding, VectorSimilarityFunction similarity) throws IOException {
        int bits = switch (encoding) {
            case SINGLE_BIT_QUERY_NIBBLE -> 1;
            case DIBIT_QUERY_NIBBLE -> 2;
            case PACKED_NIBBLE -> 4;
            case SEVEN_BIT -> 7;
            case UNSIGNED_BYTE -> 8;
        };
        KnnVectorsFormat format = new Lucene104ScalarQuantizedVectorsFormat(encoding);
        IndexWriterConfig configuration = new IndexWriterConfig().setCodec(new Lucene104Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        });
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
            try (IndexWriter writer = new IndexWriter(directory, configuration)) {
                for (int number = 0; number < VECTORS; number++) {
                    Document document = new Document();
                    document.add(new KnnFloatVectorField("x", vector(number), similarity));
                    writer.addDocument(document);
                }
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                KnnVectorsReader all = ((CodecReader) reader.leaves().get(0).reader()).getVectorReader();
                KnnVectorsReader vectors = ((PerFieldKnnVectorsFormat.FieldsReader) all).getFieldReader("x");
                for (int query = VECTORS; query < VECTORS + 2; query++) {
                    RandomVectorScorer scorer = ((FlatVectorsReader) vectors).getRandomVectorScorer("x", vector(query));
                    StringJoiner values = new StringJoiner(" ");
                    for (int number = 0; number < VECTORS; number++) {
                        values.add(Float.toString(unscaled(scorer.score(number), similarity)));
                    }
                    String ours = similarity == VectorSimilarityFunction.EUCLIDEAN ? "EUCLIDEAN" : "DOT";
                    System.out.println(bits + " | " + ours + " | " + query + " | " + values);
                }
            }
        }
    }

    /** What a score was made of. */
    private static float unscaled(float score, VectorSimilarityFunction similarity) {
        if (similarity == VectorSimilarityFunction.EUCLIDEAN) {
            return 1 / score - 1;
        }
        return score < 1 ? 1 - 1 / score : score - 1;
    }

    private static void printCodes() {
        float[] center = new float[24];
        for (byte bits : new byte[] {1, 2, 4, 7, 8}) {
            for (int vector = 0; vector < 3; vector++) {
                float[] x = vector(vector);
                byte[] numbers = new byte[24];
                OptimizedScalarQuantizer.QuantizationResult result =
                        new OptimizedScalarQuantizer(VectorSimilarityFunction.EUCLIDEAN)
                                .scalarQuantize(x, numbers, bits, center);
                StringJoiner codes = new StringJoiner(" ");
                for (byte number : numbers) {
                    codes.add(Integer.toString(number & 0xff));
                }
                System.out.println(bits + " | " + vector + " | " + result.lowerInterval() + " | " + result.upperInterval()
                        + " | " + codes);
            }
        }
    }
}
