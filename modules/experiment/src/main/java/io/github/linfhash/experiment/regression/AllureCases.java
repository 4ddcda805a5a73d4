package io.github.linfhash.experiment.regression;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.regression.RegressionReport;
import io.github.linfhash.results.regression.RegressionReport.Check;
import io.github.linfhash.results.regression.ToleranceRule.Digits;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The verdicts of a regression as test cases of an Allure report: one for each check, with what was expected, measured
 * and tolerated as its parameters, and with the runs and the table of all checks attached.
 */
public final class AllureCases {
    private final AllureResultsWriter writer;
    private final RegressionReport report;
    private final Results results;
    private final Attachment table;
    private final Map<String, Attachment> runs = new HashMap<>();
    private final long now = System.currentTimeMillis();

    private AllureCases(AllureResultsWriter writer, RegressionReport report, Results results, String table) {
        this.writer = writer;
        this.report = report;
        this.results = results;
        this.table = attachment("all checks", "text/plain", "txt", table);
    }

    /**
     * Writes the cases beside those that are there already.
     *
     * @param folder the folder of Allure results; made if it is missing
     * @param table the table of all checks, for people
     * @throws IOException if the folder cannot be made
     */
    public static void write(Path folder, RegressionReport report, Results results, String table) throws IOException {
        Files.createDirectories(folder);
        AllureCases cases = new AllureCases(new FileSystemResultsWriter(folder), report, results, table);
        report.checks().forEach(cases::write);
    }

    private void write(Check check) {
        String cell =
                check.subject().cell().isEmpty() ? "all runs" : check.subject().cell();
        String name = cell + ": " + check.subject().what();
        String fullName = "regression." + report.protocol() + "." + name;
        writer.write(new TestResult()
                .setUuid(UUID.randomUUID().toString())
                .setHistoryId(Digests.sha256(fullName))
                .setTestCaseId(Digests.sha256(fullName))
                .setFullName(fullName)
                .setName(name)
                .setStage(Stage.FINISHED)
                .setStatus(check.ok() ? Status.PASSED : Status.FAILED)
                .setStatusDetails(new StatusDetails().setMessage(message(check)))
                .setStart(now)
                .setStop(now)
                .setLabels(labels(cell))
                .setParameters(parameters(check))
                .setAttachments(attachments(check)));
    }

    /** Where a case stands in the report's views: suites, behaviors and packages. */
    private List<Label> labels(String cell) {
        return List.of(
                label("parentSuite", "regression"),
                label("suite", report.protocol()),
                label("subSuite", cell),
                label("epic", "regression"),
                label("feature", report.protocol()),
                label("story", cell),
                label("package", "regression." + report.protocol() + "." + cell),
                label("framework", "linfhash results check"));
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }

    private static String message(Check check) {
        return check.verdict().text() + (check.note().isEmpty() ? "" : ": " + check.note());
    }

    private List<Parameter> parameters(Check check) {
        List<Parameter> parameters = new ArrayList<>();
        check.numbers().ifPresent(numbers -> {
            parameters.add(parameter("expected", Digits.text(numbers.expected())));
            parameters.add(parameter("measured", Digits.text(numbers.measured())));
            parameters.add(parameter("tolerance", "\u00b1 " + Digits.text(numbers.tolerance())));
        });
        parameters.add(parameter("seeds", report.seeds().toString()));
        return parameters;
    }

    private static Parameter parameter(String name, String value) {
        // Excluded, so that the history of a case does not start anew with each value.
        return new Parameter().setName(name).setValue(value).setExcluded(true);
    }

    private List<Attachment> attachments(Check check) {
        List<Attachment> attachments = new ArrayList<>(List.of(table));
        if (!check.subject().method().isEmpty()) {
            attachments.add(runs.computeIfAbsent(check.subject().cell(), cell -> runs(check)));
        }
        return attachments;
    }

    private Attachment runs(Check check) {
        List<RunResult> cell =
                results.runs(check.subject().method(), check.subject().bits());
        String json = ResultsJson.text(new Results(results.protocol(), results.environment(), cell));
        return attachment("results.json, runs of " + check.subject().cell(), "application/json", "json", json);
    }

    private Attachment attachment(String name, String type, String ending, String content) {
        String source = UUID.randomUUID() + "-attachment." + ending;
        writer.write(source, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        return new Attachment().setName(name).setType(type).setSource(source);
    }
}
