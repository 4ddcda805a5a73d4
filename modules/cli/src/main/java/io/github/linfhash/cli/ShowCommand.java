package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.results.ProtocolName;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.models.ModelFile;
import io.github.linfhash.experiment.models.ModelListing;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.input.TextLines;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code linfhash show NAME}: one protocol, method, loss or data set. */
@Command(
        name = "show",
        description = "Shows a protocol, data set or model, or the options of a method or loss and the origin of"
                + " their defaults.",
        footer = {
            "  linfhash show cifar10",
            "  linfhash show ksh",
            "  linfhash show dch",
            "  linfhash show my.linfhash",
            "",
            "--format applies to models, methods and losses; files are printed unchanged."
        })
final class ShowCommand extends TableCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "A name listed by 'linfhash list', or a model file.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
        print(
                name.endsWith(ModelFile.ENDING)
                        ? format().render(ModelListing.of(Models.read(Path.of(name))))
                        : describe(ProjectHome.find()));
        return ExitCodes.OK;
    }

    /** Everything of that name: a data set often shares the name of its protocol. */
    private String describe(ProjectHome home) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path folder : List.of(home.protocols(), home.datasets())) {
            Path file = folder.resolve(name + ".yaml");
            if (ProtocolName.is(name) && Files.isRegularFile(file)) {
                found.add(TextLines.text(file));
            }
        }
        MethodRegistry.standard().all().stream()
                .filter(method -> method.name().equals(name))
                .forEach(method -> found.add(describe(method)));
        Arrays.stream(LossKind.values())
                .filter(loss -> loss.word().equals(name))
                .forEach(loss -> found.add(describe(loss)));
        if (found.isEmpty()
                && Quantizers.all().stream()
                        .anyMatch(quantizer -> quantizer.name().equals(name))) {
            throw new InputException("'" + name + "' is a quantizer, which 'linfhash list quantizers' describes;"
                    + " expected a protocol, method, loss or data set");
        }
        if (found.isEmpty()) {
            throw new InputException(
                    "There is no protocol, method, loss or data set '" + name + "'" + Suggestion.of(name, names(home))
                            + "; see 'linfhash list protocols', 'list methods', 'list losses' and 'list datasets'");
        }
        return String.join("---\n", found);
    }

    private static List<String> names(ProjectHome home) throws IOException {
        List<String> names = new ArrayList<>(new ProtocolFiles(home.protocols()).names());
        names.addAll(DatasetManifest.names(home.datasets()));
        MethodRegistry.standard().all().forEach(method -> names.add(method.name()));
        Stream.of(LossKind.values()).forEach(loss -> names.add(loss.word()));
        return names;
    }

    private String describe(MethodSpec<?> method) {
        Listing options = new Listing("option", "default", "own data", "range", "origin", "note");
        Map<String, OptionValue> defaults = OptionValue.allOf(method.defaults());
        Map<String, OptionValue> own = OptionValue.allOf(method.recommended());
        for (OptionEntry entry : OptionEntry.of(method.defaults())) {
            options.add(
                    entry.name(),
                    String.valueOf(defaults.get(entry.name())),
                    String.valueOf(own.get(entry.name())),
                    range(entry),
                    source(entry.origin()),
                    note(entry.origin()));
        }
        String heading = format() == OutputFormat.TABLE
                ? method.name() + ": " + method.title() + "\n" + method.citation() + "\n\n"
                        + "default: what a protocol takes that says nothing else; own data: what 'init' and 'train' take;\n"
                        + "origin and note are of the default\n\n"
                : "";
        return heading + format().render(options);
    }

    private String describe(LossKind loss) {
        Listing options = new Listing("option", "default", "range", "origin", "note");
        for (OptionEntry entry : loss.options()) {
            String value = OptionValue.of(entry.value()).toString();
            options.add(entry.name(), value, range(entry), source(entry.origin()), note(entry.origin()));
        }
        String heading = format() == OutputFormat.TABLE
                ? loss.word() + ": " + loss.title() + "\n" + loss.citation() + "\n\n" + facts(loss) + "\n\n"
                : "";
        return heading + format().render(options);
    }

    private static String facts(LossKind loss) {
        String learns = switch (loss.learns()) {
            case SIMILARITY ->
                "learns from which images are similar: by labels, or with training.supervision: neighbors without any";
            case CLASSES -> "learns from what images are of, by labels alone";
            case SOLUTIONS -> "learns what ADMM makes of images, without any label; for deep-linf alone";
        };
        String labels = loss.labeling() == LossKind.Labeling.SEVERAL
                ? "images may have several labels"
                : "images have one class each";
        return "training.loss: " + loss.word() + "\n" + learns + "; " + labels;
    }

    private static String range(OptionEntry entry) {
        return entry.range() == null ? "" : Ranges.text(entry.range());
    }

    private static String source(@Nullable Origin origin) {
        return origin == null
                ? ""
                : origin.value().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String note(@Nullable Origin origin) {
        return origin == null ? "" : origin.note();
    }
}
