package io.github.linfhash.experiment.doctor;

import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.util.List;
import java.util.Objects;

/** An environment of results beside this one. */
public final class EnvironmentComparison {
    private EnvironmentComparison() {}

    /**
     * One thing that both have.
     *
     * @param what its name in results.json
     * @param recorded what the results say
     * @param here what it is here
     * @param decides whether other values may give other results
     * @param why the reason
     */
    public record Row(String what, String recorded, String here, boolean decides, String why) {
        /** Whether both agree. */
        public boolean same() {
            return Objects.equals(recorded, here);
        }

        /** Whether results may differ for this. */
        public boolean matters() {
            return decides && !same();
        }
    }

    /** All rows, in the order of results.json. */
    public static List<Row> of(EnvironmentSummary recorded, EnvironmentSummary here) {
        return List.of(
                new Row("version", recorded.version(), here.version(), true, "other code"),
                new Row("commit", recorded.commit(), here.commit(), true, "other code"),
                new Row("jdk", recorded.jdk(), here.jdk(), true, "last bits of exp, log and similar functions"),
                new Row(
                        "os",
                        recorded.os(),
                        here.os(),
                        !withoutVersion(recorded.os()).equals(withoutVersion(here.os())),
                        "native libraries of another system, unless only its version differs"),
                new Row("cpu", recorded.cpu(), here.cpu(), true, "another kernel of matrix products"),
                new Row(
                        "cores",
                        Integer.toString(recorded.cores()),
                        Integer.toString(here.cores()),
                        false,
                        "every run and every vector is computed independently"),
                new Row("backend", recorded.backend(), here.backend(), true, "another library of matrix products"),
                new Row(
                        "threads",
                        Integer.toString(recorded.threads()),
                        Integer.toString(here.threads()),
                        true,
                        "other orders of summation in matrix products"));
    }

    /** Name and architecture: the version stands between them. */
    private static String withoutVersion(String os) {
        return os.replaceFirst(" \\S+ (\\S+)$", " $1");
    }
}
