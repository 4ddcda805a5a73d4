package io.github.linfhash.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104ScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/** Formats of indexes. */
final class VectorFormats {
    private VectorFormats() {}

    /**
     * A format.
     *
     * @param encoding name of a {@link ScalarEncoding}; empty for float32
     * @param maxConn links of a node; 0 for no graph
     * @param beamWidth candidates for links
     * @param dimension that it has to take, which is more than the formats do by themselves
     */
    static KnnVectorsFormat of(String encoding, int maxConn, int beamWidth, int dimension) {
        if (encoding.isEmpty()) {
            // Smaller segments than the last number get no graph.
            return maxConn == 0
                    ? new Lucene99HnswVectorsFormat(16, 100, 1, null, Integer.MAX_VALUE)
                    : new Lucene99HnswVectorsFormat(maxConn, beamWidth);
        }
        ScalarEncoding bits = ScalarEncoding.valueOf(encoding);
        return maxConn == 0
                ? new Lucene104ScalarQuantizedVectorsFormat(bits) {
                    @Override
                    public int getMaxDimensions(String field) {
                        return dimension;
                    }
                }
                : new Lucene104HnswScalarQuantizedVectorsFormat(bits, maxConn, beamWidth) {
                    @Override
                    public int getMaxDimensions(String field) {
                        return dimension;
                    }
                };
    }
}
