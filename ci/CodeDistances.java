import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.codes.Query;
import io.github.linfhash.codes.VectorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what a service computes, for ci/codes.py: CodeDistances QUERIES.npy FOLDER... The file service.bin of each folder gets the
 * distances of all queries to all codes, float32, and behind them the codes of the queries.
 */
final class CodeDistances {
    private CodeDistances() {}

    public static void main(String[] args) throws IOException {
        VectorFile queries = VectorFile.map(Path.of(args[0]));
        float[] vector = new float[queries.dimension()];
        for (int f = 1; f < args.length; f++) {
            Path folder = Path.of(args[f]);
            FittedQuantizer quantizer = FittedQuantizer.load(folder);
            CodeIndex index = CodeIndex.ofFolder(quantizer, folder);
            int count = (int) (queries.size() * (4 * index.size() + quantizer.bytes()));
            ByteBuffer out = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            for (int q = 0; q < queries.size(); q++) {
                queries.copy(q, vector);
                Query query = quantizer.query(vector);
                for (long i = 0; i < index.size(); i++) {
                    out.putFloat(query.distance(index.code(i)));
                }
            }
            for (int q = 0; q < queries.size(); q++) {
                queries.copy(q, vector);
                out.put(quantizer.encode(vector));
            }
            Files.write(folder.resolve("service.bin"), out.array());
        }
    }
}
