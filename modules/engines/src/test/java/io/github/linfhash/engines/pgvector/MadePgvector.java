package io.github.linfhash.engines.pgvector;

import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.OperatingPoint;
import java.util.List;
import java.util.Map;

/** Indexes of pgvector and their SQL, without a server. */
public final class MadePgvector {
    private MadePgvector() {}

    public static List<IndexType> types() {
        return PgvectorTypes.all();
    }

    public static IndexType type(String name) {
        return types().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static IndexSpec exact() {
        return new IndexSpec(type("exact"), Map.of());
    }

    public static IndexSpec hnsw(String codes, int m, int construction) {
        return new IndexSpec(type("hnsw-" + codes), Map.of("m", m, "ef_construction", construction));
    }

    public static IndexSpec ivfflat(String codes, int lists) {
        return PgvectorTypes.ivfflat(type("ivfflat-" + codes), lists);
    }

    public static Engine.Snippet snippet(OperatingPoint point, Measurement.Vectors vectors) {
        return PgvectorTypes.snippet(point, vectors);
    }

    public static String exactScan(Measurement.Vectors vectors) {
        return PgvectorTypes.exactScan(vectors);
    }
}
