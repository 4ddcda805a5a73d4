package io.github.linfhash.core.features;

/** Relevance by {@link Labels#similar}, computed a query at a time; no pair matrix is kept. */
record SimilarLabels(Labels queryLabels, Labels databaseLabels) implements Relevance {
    SimilarLabels {
        boolean bothClasses = queryLabels instanceof ClassLabels && databaseLabels instanceof ClassLabels;
        boolean bothSets =
                queryLabels instanceof LabelSets q && databaseLabels instanceof LabelSets d && q.labels() == d.labels();
        if (!bothClasses && !bothSets) {
            throw new IllegalArgumentException(
                    "queries and database need labels of one kind: classes, or sets over the same labels");
        }
    }

    @Override
    public int queries() {
        return queryLabels.size();
    }

    @Override
    public int databaseRows() {
        return databaseLabels.size();
    }

    @Override
    public void mark(int query, int first, int size, byte[] flags) {
        if (databaseLabels instanceof ClassLabels classes) {
            classes.markClass(((ClassLabels) queryLabels).get(query), first, size, flags);
        } else {
            ((LabelSets) databaseLabels).markSharing((LabelSets) queryLabels, query, first, size, flags);
        }
    }
}
