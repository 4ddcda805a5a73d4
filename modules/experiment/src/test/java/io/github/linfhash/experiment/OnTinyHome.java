package io.github.linfhash.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Works in a project folder of its own with one small data set. */
public abstract class OnTinyHome {
    @TempDir
    protected Path root;

    private Path realHome = Path.of("");

    @BeforeEach
    void makeHome() throws IOException {
        realHome = TinyHome.enter(root);
    }

    @AfterEach
    void restoreHome() {
        TinyHome.leave(realHome);
    }

    /** The folder of the real project. */
    protected Path realHome() {
        return realHome;
    }

    protected Protocol protocol(String name) throws IOException {
        return new ProtocolFiles(root.resolve("protocols")).read(name);
    }

    /** Returns the path of a file in the folder of a test, whose name may have folders. */
    protected Path path(String name) {
        return root.resolve(name);
    }

    /** Replaces a text of a protocol file, which it must have. */
    protected void edit(String name, String from, String to) throws IOException {
        Path file = root.resolve("protocols").resolve(name + ".yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    /** Runs a part of a protocol; its runs stay in the folder {@code out}. */
    protected Results run(String name, Selection part) throws IOException {
        return Experiment.of(name).with(part).run(path("out"));
    }

    /** Returns the names of the runs, or of other files, in a part of the folder {@code out}, without seals. */
    protected List<String> files(String part) throws IOException {
        try (Stream<Path> files = Files.list(path("out").resolve(part))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*\\.(json|npy)"))
                    .sorted()
                    .toList();
        }
    }

    protected FeatureData prepare(String name, Progress progress) throws IOException {
        ProjectHome home = ProjectHome.find();
        return new Preparation(home, home.protocols(), progress).prepare(protocol(name), null);
    }
}
