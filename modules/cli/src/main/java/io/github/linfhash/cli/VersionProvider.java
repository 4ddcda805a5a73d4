package io.github.linfhash.cli;

import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.results.schema.EnvironmentSummary;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        EnvironmentSummary environment = Machine.describe(1);
        return new String[] {
            "linfhash " + environment.version() + " (" + environment.commit() + ")",
            environment.jdk() + ", " + environment.os(),
            environment.backend()
        };
    }
}
