package io.github.linfhash.experiment.doctor;

import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decides the last bits of matrix products. */
final class ArithmeticPart {
    private ArithmeticPart() {}

    static Examination.Part of(
            EnvironmentSummary environment,
            TensorBackend.Setting setting,
            List<String> faults,
            String kernel,
            String features) {
        List<Fact> facts = List.of(
                new Fact("backend", environment.backend()),
                new Fact("built", setting.build()),
                new Fact("BLAS", setting.blas()),
                new Fact("BLAS kernel", kernel),
                new Fact("compared with the reference in Java", faults.isEmpty() ? "equal" : String.join(", ", faults)),
                new Fact("BLAS threads", Integer.toString(setting.blasThreads())),
                new Fact("OMP threads", Integer.toString(setting.ompThreads())),
                new Fact("processor", environment.cpu()),
                new Fact("processor's features", features),
                new Fact("cores for this process", Integer.toString(environment.cores())));
        return new Examination.Part(
                "arithmetic",
                facts,
                advice(faults, setting.blasThreads(), environment.cores(), System.getenv("OPENBLAS_CORETYPE")));
    }

    static List<String> advice(List<String> faults, int threads, int cores, @Nullable String chosenKernel) {
        List<String> advice = new ArrayList<>();
        if (!faults.isEmpty()) {
            advice.add("BLAS gives wrong results on this processor, so training is refused:"
                    + " set OPENBLAS_CORETYPE=Haswell, or another kernel, before you start");
        }
        if (threads > 1) {
            advice.add("OMP_NUM_THREADS is " + threads
                    + ": reference results were measured with 1, and runs are distributed over the cores anyway");
        }
        if (threads > cores) {
            advice.add("OMP_NUM_THREADS is " + threads + ", more than the " + cores
                    + " cores: threads wait for each other");
        }
        if (chosenKernel != null) {
            advice.add("OPENBLAS_CORETYPE is " + chosenKernel
                    + ": results are those of this kernel, not of the default kernel of the processor");
        }
        return advice;
    }
}
