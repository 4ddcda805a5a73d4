package io.github.linfhash.cli.doctor;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.encoders.ArithmeticSetting;
import io.github.linfhash.encoders.layers.ProductCheck;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.results.schema.EnvironmentSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that was looked at.
 *
 * @param parts by subject
 */
public record Examination(List<Part> parts) {
    /**
     * One subject.
     *
     * @param name the subject
     * @param facts what was seen
     * @param advice what the user should change, in sentences without a full stop
     */
    public record Part(String name, List<Fact> facts, List<String> advice) {
        Part(String name, List<Fact> facts) {
            this(name, facts, List.of());
        }
    }

    /** Looks at this process and at the folders that it uses. */
    public static Examination of(ProjectHome home) throws IOException {
        EnvironmentSummary environment = Machine.describe(1);
        ArithmeticSetting arithmetic = ArithmeticSetting.current();
        return new Examination(List.of(
                new Part(
                        "program",
                        List.of(
                                new Fact("version", environment.version()),
                                new Fact("commit", environment.commit()),
                                new Fact("folder", home.root().toString()))),
                JavaPart.of(),
                ArithmeticPart.of(
                        environment,
                        arithmetic,
                        Stream.concat(ProductCheck.faults().stream(), BlasCheck.faults().stream())
                                .toList(),
                        BlasKernel.name(),
                        CpuFeatures.read(Path.of("/proc/cpuinfo"))),
                MemoryPart.of(arithmetic),
                FolderPart.of(home),
                new Part("data sets", FoundData.of(home)),
                LanguagePart.of(),
                new Part("expected results", RecordedEnvironments.of(home, environment))));
    }

    /** Everything that the user should change. */
    public List<Fact> advice() {
        return parts.stream()
                .flatMap(part -> part.advice().isEmpty()
                        ? Stream.empty()
                        : part.advice().stream().map(sentence -> new Fact(part.name(), sentence)))
                .toList();
    }
}
