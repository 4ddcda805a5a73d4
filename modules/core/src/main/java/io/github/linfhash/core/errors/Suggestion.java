package io.github.linfhash.core.errors;

import java.util.Collection;

/** A suggestion of the word that a user may have meant by an unknown one. */
public final class Suggestion {
    /** Longer words are no slips of the fingers, and would take long to compare. */
    private static final int LONGEST = 100;

    private Suggestion() {}

    /**
     * Returns the end of a sentence that names the known word nearest to a misspelt one.
     *
     * @param word the word that is not known
     * @param known the words that are
     * @return {@code " (did you mean 'WORD'?)"}, or an empty text where no known word is near: at most a third of its
     *     letters missing, added, replaced or swapped with the next one
     */
    public static String of(String word, Collection<String> known) {
        String nearest = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            if (word.length() <= LONGEST && candidate.length() <= LONGEST) {
                int distance = distance(word, candidate);
                if (distance <= Math.max(1, candidate.length() / 3) && distance < fewest) {
                    fewest = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest == null ? "" : " (did you mean '" + nearest + "'?)";
    }

    /** The number of letters to insert, delete, replace or swap with their neighbor that turns one word into the other. */
    private static int distance(String a, String b) {
        int[][] costs = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cost(costs, a, b, i, j);
            }
        }
        return costs[a.length()][b.length()];
    }

    private static int cost(int[][] costs, String a, String b, int i, int j) {
        int replaced = costs[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int cost = Math.min(replaced, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
    }
}
