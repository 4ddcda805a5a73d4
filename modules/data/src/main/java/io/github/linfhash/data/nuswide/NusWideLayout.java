package io.github.linfhash.data.nuswide;

/** Names in the official layout, as they are written; the reader does not mind their case. */
public final class NusWideLayout {
    /** The folder of {@link #CONCEPTS}. */
    public static final String CONCEPTS_FOLDER = "ConceptsList";

    /** The names of the concepts, one a line. */
    public static final String CONCEPTS = "Concepts81.txt";

    /** The folder of {@link #FEATURES}. */
    public static final String FEATURES_FOLDER = "Low_Level_Features";

    /** The bags of visual words of all images, one a line. */
    public static final String FEATURES = Part.ALL.features();

    /** The folder of the files that {@link #labels} names, below {@link #GROUND_TRUTH_FOLDER}. */
    public static final String ALL_LABELS_FOLDER = "AllLabels";

    public static final String GROUND_TRUTH_FOLDER = "Groundtruth";

    /** A file at the top of a folder whose features were generated; not an official one. */
    public static final String SYNTHETIC_MARKER = "SYNTHETIC.txt";

    private NusWideLayout() {}

    /** The name of the file that says which images show a concept. */
    public static String labels(String concept) {
        return Part.ALL.labels(concept);
    }
}
