package io.github.linfhash.cli;

import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code linfhash list}: what there is. */
@Command(
        name = "list",
        description = "Lists protocols, methods, losses, quantizers, data sets or metrics.",
        footer = {"  linfhash list", "  linfhash list methods --format json"})
final class ListCommand extends TableCommand {
    /** The subjects that can be listed. */
    enum Subject {
        PROTOCOLS,
        METHODS,
        LOSSES,
        QUANTIZERS,
        DATASETS,
        METRICS
    }

    @Parameters(
            index = "0",
            defaultValue = "PROTOCOLS",
            description = "protocols, methods, losses, quantizers, datasets or metrics (default: protocols).")
    private Subject subject = Subject.PROTOCOLS;

    @Override
    public Integer call() throws IOException {
        Listing listing = switch (subject) {
            case PROTOCOLS -> protocols(ProjectHome.find());
            case METHODS -> methods();
            case LOSSES -> losses();
            case QUANTIZERS -> quantizers();
            case DATASETS -> datasets(ProjectHome.find());
            case METRICS -> metrics();
        };
        print(listing);
        return ExitCodes.OK;
    }

    private static Listing protocols(ProjectHome home) throws IOException {
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Listing listing = new Listing("name", "data set", "bits", "seeds", "title");
        for (String name : files.names()) {
            Protocol protocol = files.read(name);
            listing.add(
                    name,
                    protocol.data().shown(),
                    numbers(protocol.bits().toString()),
                    numbers(protocol.seeds().toString()),
                    protocol.title());
        }
        return listing;
    }

    private static Listing methods() {
        Listing listing = new Listing("name", "supervision", "title", "citation");
        MethodRegistry.standard()
                .all()
                .forEach(spec -> listing.add(spec.name(), lower(spec.supervision()), spec.title(), spec.citation()));
        return listing;
    }

    private static Listing losses() {
        Listing listing = new Listing("name", "learns from", "labels of an image", "title", "citation");
        for (LossKind loss : LossKind.values()) {
            listing.add(loss.word(), lower(loss.learns()), lower(loss.labeling()), loss.title(), loss.citation());
        }
        return listing;
    }

    private static Listing quantizers() {
        Listing listing = new Listing("name", "title", "citation");
        Quantizers.all().forEach(spec -> listing.add(spec.name(), spec.title(), spec.citation()));
        return listing;
    }

    private static Listing datasets(ProjectHome home) throws IOException {
        Listing listing = new Listing("name", "title", "rows", "license");
        for (DatasetManifest manifest : DatasetManifest.readAll(home.datasets())) {
            listing.add(
                    manifest.name(),
                    manifest.title(),
                    manifest.content().rows(),
                    manifest.origin().license());
        }
        return listing;
    }

    private static Listing metrics() {
        Listing listing = new Listing("key", "kind", "measured", "title");
        addTo(listing, "always", StandardMetrics.ALL.stream().map(Metric::quantity));
        addTo(listing, "on request", StandardMetrics.ON_REQUEST.stream().map(Metric::quantity));
        addTo(listing, "on request", Stream.of(StandardMetrics.OWN_MAP));
        addTo(listing, "with neighbors", StandardMetrics.OF_NEIGHBORS.stream());
        return listing;
    }

    private static void addTo(Listing listing, String when, Stream<Quantity> quantities) {
        quantities.forEach(quantity -> listing.add(quantity.key(), lower(quantity.kind()), when, quantity.title()));
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String numbers(String list) {
        return list.replaceAll("[\\[\\] ]", "");
    }
}
