package io.github.linfhash.experiment;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Works in a project folder of its own with one small data set. */
public abstract class OnTinyHome {
    @TempDir
    protected Path root;

    private String realHome = "";

    @BeforeEach
    void makeHome() throws IOException {
        realHome = System.getProperty("linfhash.home");
        TinyHome.create(root);
        System.setProperty("linfhash.home", root.toString());
        System.setProperty("linfhash.cache", root.resolve("cache").toString());
    }

    @AfterEach
    void restoreHome() {
        System.setProperty("linfhash.home", realHome);
        System.clearProperty("linfhash.cache");
    }

    /** The folder of the real project. */
    protected Path realHome() {
        return Path.of(realHome);
    }

    protected Protocol protocol(String name) throws IOException {
        return new ProtocolFiles(root.resolve("protocols")).read(name);
    }

    protected FeatureData prepare(String name, Progress progress) throws IOException {
        ProjectHome home = ProjectHome.find();
        return new Preparation(home, home.protocols(), progress).prepare(protocol(name), null);
    }
}
