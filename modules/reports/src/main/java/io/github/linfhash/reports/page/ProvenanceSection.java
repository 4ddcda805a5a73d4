package io.github.linfhash.reports.page;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where the numbers come from, and how to make them again. */
public final class ProvenanceSection {
    private ProvenanceSection() {}

    static Html html(Results results, Provenance provenance) {
        return Html.fragment(List.of(
                Section.folding(
                        "reproduce",
                        "How to reproduce",
                        false,
                        List.of(
                                Element.of("p", introduction(results, provenance)),
                                Element.of("pre").with("tabindex", "0").add(Element.of("code", provenance.command())))),
                Section.folding(
                        "data",
                        "Data and protocol",
                        false,
                        List.of(Section.terms(data(results)), protocolFile(provenance))),
                Section.folding("environment", "Environment", false, List.of(Section.terms(environment(results))))));
    }

    private static String introduction(Results results, Provenance provenance) {
        ProtocolSummary protocol = results.protocol();
        long missing = protocol.methods().stream()
                .filter(method -> !method.madeElsewhere())
                .mapToLong(method -> missing(results, method))
                .sum();
        if (missing > 0) {
            return "This command produces the same results, except for times, and the "
                    + Count.of(missing, "run")
                    + " missing from the table. Earlier commands made some of the results:";
        }
        return provenance.recorded()
                ? "This command produces the same results, except for times:"
                : "This command produces the same results, except for times, if the methods used the options of the protocol."
                        + " The report was made from results.json, which does not contain the original command:";
    }

    /** How many runs of a method there are not. Those of codes made elsewhere no command can make. */
    private static long missing(Results results, Configuration method) {
        ProtocolSummary protocol = results.protocol();
        return (long) protocol.bits().size() * protocol.seeds().size()
                - results.runs().stream()
                        .filter(run -> run.key().entry().equals(method.entry()))
                        .count();
    }

    private static Html protocolFile(Provenance provenance) {
        String text = provenance.protocol();
        return text == null
                ? Html.fragment(List.of())
                : Element.of("details")
                        .with("class", "on-screen")
                        .add(Element.of("summary", "The protocol file"))
                        .add(Element.of("pre").with("tabindex", "0").add(Element.of("code", text)));
    }

    /** Returns the protocol, the data and the features that were measured, as terms of a list. */
    private static List<Html> data(Results results) {
        ProtocolSummary protocol = results.protocol();
        List<Html> terms = new ArrayList<>(List.of(
                Section.code("Protocol", protocol.name()),
                Section.code("Protocol hash", protocol.hash()),
                Section.term("Data set", protocol.dataset().title()),
                Section.term("Samples read", Count.of(protocol.dataset().images())),
                Section.code("Data hash", protocol.dataset().hash()),
                Section.term(
                        "Features",
                        protocol.features().name() + ", dimension "
                                + protocol.features().dimension()),
                Section.code("Features hash", protocol.features().hash())));
        protocol.dataset().facts().forEach(fact -> terms.add(Section.term("Note", fact)));
        protocol.conventions().forEach((name, value) -> terms.add(Section.code("Convention: " + name, value)));
        splits(results.runs()).forEach((seed, hash) -> terms.add(Section.code("Split of seed " + seed, hash)));
        return terms;
    }

    /** The split of each seed; all methods and code lengths of a seed share it. */
    private static Map<Long, String> splits(List<RunResult> runs) {
        Map<Long, String> splits = new TreeMap<>();
        runs.forEach(run -> splits.put(run.key().seed(), run.splitHash()));
        return splits;
    }

    /** Returns the environment that measured, as terms of a list. */
    private static List<Html> environment(Results results) {
        EnvironmentSummary environment = results.environment();
        List<Html> terms = new ArrayList<>(List.of(
                Section.term("linfhash", environment.version()),
                Section.code("Commit", environment.commit()),
                Section.term("Java", environment.jdk()),
                Section.term("Operating system", environment.os()),
                Section.term("Processor", environment.cpu() + " (" + Count.of(environment.cores(), "core") + " used)"),
                Section.term("Tensor backend", environment.backend())));
        devices(results.runs())
                .forEach((device, methods) ->
                        terms.add(Section.term("Trained on " + device, String.join(", ", methods))));
        terms.add(Section.term(
                "Threads",
                environment.threads() + " per operation, " + Count.of(environment.workers(), "run") + " at a time"));
        terms.add(Section.term("Evaluator", "version " + environment.evaluator()));
        for (Results.Addition one : results.additions()) {
            terms.add(Section.term("Added later", String.join(", ", one.methods())));
            terms.add(Section.code("Commit", one.environment().commit()));
            terms.add(Section.term("Processor", one.environment().cpu()));
            terms.add(Section.term("Java", one.environment().jdk()));
        }
        return terms;
    }

    /** The methods that other devices than the processor trained. */
    private static Map<String, Set<String>> devices(List<RunResult> runs) {
        Map<String, Set<String>> devices = new TreeMap<>();
        for (RunResult run : runs) {
            String device = run.device();
            if (device != null && !device.equals(RunResult.CPU)) {
                devices.computeIfAbsent(device, unused -> new LinkedHashSet<>())
                        .add(run.key().entry());
            }
        }
        return devices;
    }
}
