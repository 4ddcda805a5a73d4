package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.fetch.DatasetFetch;
import io.github.linfhash.data.manifest.DataLocator;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.data.manifest.DatasetManifest.DatasetOrigin;
import io.github.linfhash.data.manifest.WebAddress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NumberList;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linfhash fetch NAME}: the files of a data set, checked. */
@Command(
        name = "fetch",
        description = "Downloads a data set, resumes interrupted downloads, and checks sizes and checksums.",
        footer = {
            "  linfhash fetch cifar10",
            "      to the cache folder, where 'linfhash run --protocol cifar10' looks for it",
            "  linfhash fetch cifar10 --mirror https://mirror.example.org/datasets",
            "      tries another server first; checksums must match",
            "",
            "Prints the folder. To resume, run the same command again. HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY",
            "apply, unless Java properties such as https.proxyHost are set (LINFHASH_JAVA_ARGS)."
        })
final class FetchCommand extends BaseCommand {
    private static final int MOST_ATTEMPTS = 100;
    private static final int LONGEST_TIMEOUT = 3600;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "A data set listed by 'linfhash list datasets'.")
    private String name = "";

    /** The names of the data sets. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            try {
                return DatasetManifest.names(ProjectHome.find().datasets()).iterator();
            } catch (IOException e) {
                throw new UncheckedIOException("the data sets cannot be listed", e);
            }
        }
    }

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the files (default: the data set's cache folder).")
    private @Nullable Path out;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "Base URL to try before the addresses in the manifest; repeatable.")
    private List<String> mirrors = new ArrayList<>();

    @Option(names = "--yes", description = "Accept the terms of the data set, if any.")
    private boolean accepted;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "Attempts per address without progress (default: ${DEFAULT-VALUE}).")
    private int attempts = 5;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Seconds to wait for a silent server (default: ${DEFAULT-VALUE}).")
    private int timeout = 30;

    @Override
    public Integer call() throws IOException {
        NumberList.requireWithin("--attempts", attempts, 1, MOST_ATTEMPTS);
        NumberList.requireWithin("--timeout", timeout, 1, LONGEST_TIMEOUT);
        if (out != null) {
            WrittenFiles.requireParent("--out", out);
        }
        List<URI> addresses = mirrors.stream().map(FetchCommand::address).toList();
        ProjectHome home = ProjectHome.find();
        DataLocator locator = new DataLocator(home.root(), home.cache());
        DatasetManifest manifest = locator.manifest(name);
        introduce(manifest);
        Path folder = folder(locator, manifest);
        DatasetFetch fetch = DatasetFetch.of(
                manifest,
                folder,
                new DatasetFetch.Options(attempts, Duration.ofSeconds(1), Duration.ofSeconds(timeout)),
                System.getenv(),
                progress(),
                this::say);
        if (!fetch.isThere()) {
            requireAcceptance(manifest);
        }
        fetch.fetch(addresses);
        say(manifest.title() + " is in " + folder);
        print(folder + "\n");
        return ExitCodes.OK;
    }

    /** Where the user says; else where the data set lies that comes with linfhash; else in the cache. */
    private Path folder(DataLocator locator, DatasetManifest manifest) {
        if (out != null) {
            return out;
        }
        Path embedded = locator.embedded(manifest);
        return manifest.files().completeIn(embedded) ? embedded : locator.cached(manifest);
    }

    private void introduce(DatasetManifest manifest) {
        DatasetOrigin origin = manifest.origin();
        say(manifest.title() + ", " + origin.homepage());
        say("license: " + origin.license());
        say("to cite: " + origin.citation());
    }

    private void requireAcceptance(DatasetManifest manifest) {
        String terms = manifest.origin().terms();
        if (terms != null && !accepted) {
            throw new InputException("To download " + manifest.title() + ", accept its terms with --yes: " + terms);
        }
    }

    private static URI address(String mirror) {
        return WebAddress.of(mirror)
                .orElseThrow(() -> new InputException(
                        "--mirror: expected an address that begins with https:// or http://, found '" + mirror + "'"));
    }
}
