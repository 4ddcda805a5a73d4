package io.github.linfhash.results.fuzz;

import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.audit.AuditReport;
import io.github.linfhash.results.audit.AuditSettings;
import io.github.linfhash.results.audit.AuditSettings.TableFacts;
import io.github.linfhash.results.audit.SubmittedTables;
import io.github.linfhash.results.audit.TableAudit.Audited;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.PackedQueryMetrics;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.FuzzTargets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** All targets of this module. */
public final class ResultsTargets implements FuzzTargets {
    private static final String LONG = """
            table,dataset,method,bits,metric,printed_percent
            T,CIFAR10,A,48,map,31.10
            T,CIFAR10,A,48,precision@2,18.22
            T,CIFAR10,A,48,recall@2,5.6e-2
            T,CIFAR10,A,48,f1@2,0.11
            """;
    private static final String WIDE = """
            method,bits,map,precision@2,recall@2,f1@2
            A,64,0.311,0.3000,1.0e-5,2.0e-5
            "B, b",64,-,n/a,0.10,0.20
            """;
    private static final String PUBLISHED = """
            table,dataset,method,bits,metric,printed,flags
            T2,CIFAR10,KSH,48,map,31.10,
            T2,CIFAR10,KSH,48,precision@2,18.22,
            """;

    @Override
    public List<FuzzTarget> targets() {
        Results sample = SampleResults.comparison();
        Results one = new Results(
                sample.protocol(), sample.environment(), sample.runs().subList(0, 1));
        return List.of(
                FuzzTarget.ofFile(
                        "results-json",
                        "results.json",
                        ResultsJson::read,
                        () -> Map.of("one-run", text(ResultsJson.text(one)))),
                FuzzTarget.ofFile(
                        "query-values",
                        "queries-map.npy.gz",
                        file -> PackedQueryMetrics.read(
                                Objects.requireNonNull(file.toAbsolutePath().getParent()), one),
                        () -> Map.of("one-run", values(one))),
                FuzzTarget.ofFile(
                        "audit-csv",
                        "table.csv",
                        ResultsTargets::audit,
                        () -> Map.of("long", text(LONG), "wide", text(WIDE))),
                FuzzTarget.ofFile(
                        "published-csv", "table.csv", PublishedTables::read, () -> Map.of("two", text(PUBLISHED))));
    }

    /** Reads a table, audits it, and writes what was found in every form. */
    private static void audit(Path file) throws IOException {
        SubmittedTables tables = SubmittedTables.read(file, Optional.empty());
        List<Audited> audited = tables.tables().stream()
                .map(table -> tables.audit(table, AuditSettings.of(TableFacts.of(table.dataset()))))
                .toList();
        AuditReport.text(audited);
        AuditReport.json(audited);
        AuditReport.markdown("table.csv", audited);
    }

    /** Values of single queries, all of which are the run's mean. */
    private static byte[] values(Results one) {
        int queries = one.protocol().sizes().queries();
        double mean = Objects.requireNonNull(one.runs().get(0).metrics().get("map"));
        ByteBuffer content = ByteBuffer.allocate(2 * queries).order(ByteOrder.LITTLE_ENDIAN);
        for (int q = 0; q < queries; q++) {
            content.putShort((short) Math.round(10_000 * mean));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(NpyFile.toBytes(NpyArray.owning(NpyType.UINT16, List.of(1, queries), content.array())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
