package io.github.linfhash.results.schema;

/**
 * The cost of the searches that chose a configuration's options, over all code lengths and seeds that they searched.
 *
 * @param configurations how many configurations were tried; 0 where nothing was searched
 * @param trainings how many trainings these took
 */
public record Effort(long configurations, long trainings) {
    /** The effort of options that no search chose. */
    public static final Effort NONE = new Effort(0, 0);

    public Effort {
        if (configurations < 0 || trainings < 0) {
            throw new IllegalArgumentException("expected as effort numbers of at least 0, found " + configurations
                    + " configurations and " + trainings + " trainings");
        }
    }

    /** The effort of both together. */
    public Effort plus(Effort other) {
        return new Effort(configurations + other.configurations, trainings + other.trainings);
    }
}
