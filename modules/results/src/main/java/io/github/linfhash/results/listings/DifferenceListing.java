package io.github.linfhash.results.listings;

import io.github.linfhash.results.differences.ResultDifferences.DifferenceText;
import io.github.linfhash.results.differences.ResultDifferences.MetricDifference;
import io.github.linfhash.results.differences.ResultDifferences.OtherValue;
import io.github.linfhash.results.differences.ResultDifferences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The differences of two results as tables. */
public final class DifferenceListing {
    private DifferenceListing() {}

    /** Tables by name: {@code metrics}, {@code setting} and {@code unmatched}. */
    public static Map<String, Listing> of(ResultDifferences differences) {
        Listing metrics =
                new Listing("method", "bits", "metric", "first", "second", "difference", "p", "seeds", "sameCodes");
        for (MetricDifference difference : differences.metrics()) {
            List<String> cells = new ArrayList<>(List.of(difference.method()));
            cells.addAll(DifferenceText.cells(difference));
            metrics.add(cells);
        }
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("metrics", metrics);
        tables.put("setting", values(differences.setting()));
        tables.put("unmatched", values(differences.unmatched()));
        return tables;
    }

    private static Listing values(List<OtherValue> values) {
        Listing listing = new Listing("what", "first", "second");
        values.forEach(value -> listing.add(value.name(), value.first(), value.second()));
        return listing;
    }
}
