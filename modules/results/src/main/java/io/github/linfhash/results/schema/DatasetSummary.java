package io.github.linfhash.results.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The data set of a comparison.
 *
 * @param name its name in the program
 * @param title its name for people
 * @param hash SHA-256 that identifies the images and labels that were read
 * @param images how many images, or rows of features, were read
 * @param reproducesPaper whether the paper measured on these data, so that its numbers may be compared with ours
 * @param synthetic whether the features were generated instead of measured; then everything that shows a number says so
 * @param facts what was counted in the data and, where it is known beforehand, that it agrees; sentences for people
 */
public record DatasetSummary(
        String name,
        String title,
        String hash,
        int images,
        boolean reproducesPaper,
        boolean synthetic,
        List<String> facts) {
    /** How a fact ends that a reader must know before reading any number. */
    public static final String TOO_GOOD = "so that the numbers are too good";

    public DatasetSummary {
        Results.requireHash("hash", hash);
        Results.requirePositive("images", images);
        facts = List.copyOf(facts);
    }

    /** The facts that make numbers better than they should be. */
    public List<String> leaks() {
        return facts.stream().filter(fact -> fact.endsWith(TOO_GOOD)).toList();
    }

    /** The same with one more fact. */
    public DatasetSummary withFact(String fact) {
        List<String> all = new ArrayList<>(facts);
        all.add(fact);
        return new DatasetSummary(name, title, hash, images, reproducesPaper, synthetic, all);
    }
}
