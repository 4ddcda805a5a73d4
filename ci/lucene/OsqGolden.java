import java.util.StringJoiner;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.quantization.OptimizedScalarQuantizer;

/**
 * Prints what Lucene's optimised scalar quantisation makes of a small vector: the numbers of LuceneGoldenTest. With a JDK of 21 or
 * newer: {@code java -cp lucene-core-10.5.0.jar ci/lucene/OsqGolden.java}.
 */
public final class OsqGolden {
    public static void main(String[] arguments) {
        float[] centre = new float[24];
        for (byte bits : new byte[] {1, 2, 4, 7}) {
            for (int vector = 0; vector < 3; vector++) {
                float[] x = new float[24];
                for (int j = 0; j < x.length; j++) {
                    x[j] = (float) (Math.sin(3.7 * j + vector) + 0.3 * Math.cos(11.0 * j * (vector + 1)) + 0.1 * vector);
                }
                byte[] numbers = new byte[24];
                OptimizedScalarQuantizer.QuantizationResult result =
                        new OptimizedScalarQuantizer(VectorSimilarityFunction.EUCLIDEAN)
                                .scalarQuantize(x, numbers, bits, centre);
                StringJoiner codes = new StringJoiner(", ", "{", "}");
                for (byte number : numbers) {
                    codes.add(Byte.toString(number));
                }
                System.out.println("new Expected(" + bits + ", " + vector + ", " + result.lowerInterval() + "f, "
                        + result.upperInterval() + "f, " + result.additionalCorrection() + "f, new byte[] " + codes + "),");
            }
        }
    }
}
