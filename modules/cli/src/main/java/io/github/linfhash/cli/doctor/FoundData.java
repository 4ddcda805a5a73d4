package io.github.linfhash.cli.doctor;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.manifest.DataLocator;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.experiment.home.ProjectHome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data sets that are found without --data. */
final class FoundData {
    private FoundData() {}

    static List<Fact> of(ProjectHome home) throws IOException {
        DataLocator locator = new DataLocator(home.root(), home.cache());
        List<Fact> facts = new ArrayList<>();
        for (DatasetManifest manifest : DatasetManifest.readAll(home.datasets())) {
            facts.add(new Fact(manifest.name(), place(locator, manifest)));
        }
        return facts;
    }

    private static String place(DataLocator locator, DatasetManifest manifest) {
        try {
            return locator.locate(manifest, Optional.empty()).toString();
        } catch (InputException e) {
            return "not in " + locator.cached(manifest) + ": name its folder with --data";
        }
    }
}
