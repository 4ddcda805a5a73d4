package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.reports.ranking.LeaderboardFiles;
import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.ranking.SubmittedResults;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.schema.PackedQueryMetrics;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs claims and compare as a user would, on results of a small data set. */
class ResultCommandsTest extends ProgramOnTinyHome {
    private String results = "";

    @BeforeEach
    void measure() throws IOException {
        once(() -> succeed("run --protocol tiny --methods ksh,nnh --bits 8,12 --seeds 0,1"));
        results = root.resolve("reports/out/tiny/results.json").toString();
    }

    @Test
    void everyClaimGetsAVerdictHereAndOnThePage() throws IOException {
        succeed("paper claims %s --format csv", results);
        ClaimsFile claims = StrictReader.read(root.resolve("reports/claims/wang2016.yaml"), ClaimsFile.class);
        String page = Files.readString(root.resolve("reports/out/tiny/index.html"));
        assertThat(claims.claims()).hasSizeGreaterThan(9).allSatisfy(claim -> {
            assertThat(out.toString())
                    .containsPattern("(?m)^" + claim.id() + ",(holds|does not hold|cannot be decided),");
            assertThat(page).contains("data-claim=\"" + claim.id() + "\"");
        });
        assertThat(out.toString()).contains("no run of deep-linf:as-printed (stageWeights untied)", "no run of snnh");
        assertThat(page).contains("The paper has no results on these data");
    }

    @Test
    void everyCommandTakesAFolderWithPackedResults() throws IOException {
        succeed("results pack --results F/reports/out/tiny --out %s", root);
        Path kept;
        try (Stream<Path> list = Files.list(root)) {
            kept = list.filter(folder -> Files.exists(folder.resolve("results.json.gz")))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(kept.resolve("results.json")).doesNotExist();
        for (List<String> command : List.of(
                List.of("results", "compare", kept.toString(), results),
                List.of("paper", "claims", kept.toString()),
                List.of(
                        "results",
                        "merge",
                        kept.toString(),
                        kept.toString(),
                        "--out",
                        root.resolve("both").toString()),
                List.of("report", kept.toString()))) {
            assertThat(run(command.toArray(String[]::new)))
                    .as(command + ": " + err)
                    .isZero();
        }
        assertThat(kept.resolve("index.html")).content().contains("contain no curves by radius");
        assertThat(root.resolve("both/results.json")).exists();
    }

    /** A method that was measured later joins packed results, with its values of single queries and with the code that measured it. */
    @Test
    void laterMethodsArePackedWithPackedResults() throws IOException {
        List<Path> packed = new ArrayList<>();
        for (String method : List.of("ksh", "nnh")) {
            Path folder = root.resolve("of-" + method);
            succeed("run --protocol tiny --methods %s --bits 8 --seeds 0 --selected-only --out %s", method, folder);
            succeed("results pack --results %s --out %s", folder, root.resolve("packed-" + method));
            try (Stream<Path> list = Files.list(root.resolve("packed-" + method))) {
                packed.add(list.findFirst().orElseThrow());
            }
        }
        Path later = packed.get(1).resolve("results.json.gz");
        Results nnh = ResultsJson.read(later);
        String commit = nnh.environment().commit();
        Path text = Files.writeString(
                root.resolve("later.json"), ResultsJson.text(nnh).replace("\"" + commit + "\"", "\"0123456789ab\""));
        ResultsJson.write(later, ResultsJson.read(text));

        succeed("results pack --results %s --results %s --out %s", packed.get(0), packed.get(1), root.resolve("all"));

        Path both = root.resolve("all").resolve(packed.get(0).getFileName());
        Results joined = ResultsJson.read(both);
        assertThat(joined.protocol().methodNames()).containsExactly("ksh", "nnh");
        assertThat(joined.environment("ksh").commit()).isEqualTo(commit);
        assertThat(joined.environment("nnh").commit()).isEqualTo("0123456789ab");
        Optional<PackedQueryMetrics> queries = PackedQueryMetrics.read(both, joined);
        assertThat(queries).isPresent();
        for (int i = 0; i < 2; i++) {
            assertThat(queries.get().of(joined.runs().get(i), "map").orElseThrow())
                    .isEqualTo(PackedQueryMetrics.read(packed.get(i), ResultsJson.read(packed.get(i)))
                            .orElseThrow()
                            .of(joined.runs().get(i), "map")
                            .orElseThrow());
        }
        succeed("report %s", both);
        assertThat(both.resolve("index.html")).content().contains("Added later", "0123456789ab");
    }

    @Test
    void theResultsOfTwoSeedsAreJoinedToThoseOfOneCommand() throws IOException {
        for (String seed : List.of("0", "1")) {
            String folder = root.resolve("s" + seed).toString();
            succeed("run --protocol tiny --methods ksh,nnh --bits 8,12 --seeds %s --out %s", seed, folder);
        }
        Path both = root.resolve("both");
        String first = root.resolve("s0/results.json").toString();
        String second = root.resolve("s1/results.json").toString();
        succeed("results merge %s %s --out %s", first, second, both);

        Results whole = ResultsJson.read(Path.of(results)).withoutSeconds();
        Results joined = ResultsJson.read(both.resolve("results.json")).withoutSeconds();
        assertThat(joined).usingRecursiveComparison().isEqualTo(whole);
        assertThat(names(both.resolve("queries")))
                .isNotEmpty()
                .containsExactlyElementsOf(names(root.resolve("reports/out/tiny/queries")));
        assertThat(both.resolve("index.html")).content().contains("./linfhash results merge");
        badInput("results merge %s %s --out %s", first, second, both);
    }

    /** One interval and one group for one set of runs, in a ranking of two folders and in their merged results. */
    @Test
    void packedResultsMergedWithASubmissionKeepIntervalsAndGroups() throws IOException {
        Path protocol = root.resolve("protocols/tiny.yaml");
        Files.writeString(protocol, Files.readString(protocol).replace("seeds: [0, 1]", "seeds: [0, 1, 2]"));
        Path baseline = root.resolve("baseline");
        succeed("run --protocol tiny --methods ksh,lsh --selected-only --out %s", root.resolve("shallow"));
        succeed("results pack --results F/shallow --out %s", baseline);
        Path own = root.resolve("own");
        succeed("run --protocol tiny --methods nnh --selected-only --out %s", own);
        Path packed = SubmittedResults.readAll(List.of(baseline)).get(0).file();

        succeed("results merge %s %s/results.json --out F/merged", packed, own);

        List<Ranked> apart = ranked(baseline, own);
        List<Ranked> merged = ranked(root.resolve("merged"));
        assertThat(apart).hasSize(6).extracting(Ranked::group).doesNotContain("");
        assertThat(apart).extracting(Ranked::interval).doesNotContain("");
        assertThat(merged).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(apart);
        String page = Files.readString(root.resolve("merged/index.html"));
        assertThat(page).contains("Lines: 95% intervals.");
    }

    private record Ranked(String method, String bits, String interval, String group) {}

    /** The methods by mAP, whose values of single queries packed results keep, with intervals to the fourth digit, as packing rounds. */
    private static List<Ranked> ranked(Path... folders) throws IOException {
        Leaderboards boards = Leaderboards.of(SubmittedResults.readAll(List.of(folders)), Map.of());
        return LeaderboardFiles.csv(boards.standings().get(0))
                .lines()
                .map(line -> List.of(line.split(",", -1)))
                .filter(cells -> cells.get(4).equals("map"))
                .map(cells -> new Ranked(
                        cells.get(2),
                        cells.get(3),
                        cells.get(6).isEmpty() ? "" : String.format(Locale.ROOT, "%.4f", Double.valueOf(cells.get(6))),
                        cells.get(10)))
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatDoesNotBelongTogetherIsNotJoined() throws IOException {
        String text = Files.readString(Path.of(results));
        Path out = root.resolve("joined");
        String commit = ResultsJson.read(Path.of(results)).environment().commit();
        Path otherCode =
                Files.writeString(root.resolve("code.json"), text.replace("\"" + commit + "\"", "\"0123456789ab\""));
        assertThat(badInput("results merge %s %s --out %s", results, otherCode, out))
                .contains("expected all of ksh from the code of version", "0123456789ab");
        String codes = Objects.requireNonNull(
                ResultsJson.read(Path.of(results)).runs().get(0).codesHash());
        Path otherCodes =
                Files.writeString(root.resolve("codes.json"), text.replace(codes, "0".repeat(codes.length())));
        assertThat(badInput("results merge %s %s --out %s", results, otherCodes, out))
                .contains("expected equal numbers for the run ksh-8-seed0", "000000000000");
        assertThat(out).doesNotExist();
    }

    /** They are not taken for none: results of this version would take their place. */
    @Test
    void resultsOfAnotherSchemaAreRefusedAndStay() throws IOException {
        Path file = Path.of(results);
        String old = Files.readString(file).replace(ResultsJson.SCHEMA, "linfhash-results/8");
        Files.writeString(file, old);
        String sentence = file + ", schema: expected " + ResultsJson.SCHEMA
                + ", found 'linfhash-results/8'; read the file with the version of linfhash that wrote it, or run the protocol"
                + " again with another output folder.";
        for (String command : List.of(
                "results compare %1 %1",
                "results merge %1 %1 --out F/out",
                "report %1 --out F/out",
                "paper claims %1",
                "results rank --results F/reports/out/tiny --out F/out",
                "run --protocol tiny --methods lsh --bits 8 --seeds 0")) {
            assertThat(badInput(command.replace("%1", results))).as(command).contains(sentence);
        }
        assertThat(Files.readString(file)).isEqualTo(old);
    }

    @Test
    void aBadClaimsFileIsRefused() throws IOException {
        Path file = Files.writeString(root.resolve("c.yaml"), "schema: other/1\nsource: x\nclaims: []\n");
        assertThat(badInput("paper claims %s --claims %s", results, file))
                .contains("c.yaml", "expected schema linfhash-claims/1, found 'other/1'");
    }

    @Test
    void aComparisonWithItselfDiffersInNothing() throws IOException {
        Path page = root.resolve("o").resolve("compare.html");
        succeed("results compare %s %s --out F/o", results, results);
        assertThat(err.toString()).contains("8 of 8 runs have identical codes", "0 of ");
        assertThat(out.toString()).contains("ksh", "map@10");
        assertThat(Files.readString(page)).contains("Content-Security-Policy", "Environment and options that differ");
    }

    @Test
    void otherDataAreRefusedAndNothingIsWritten() throws IOException {
        Path other = root.resolve("other.json");
        String hash = ResultsJson.read(Path.of(results)).protocol().dataset().hash();
        Files.writeString(other, Files.readString(Path.of(results)).replace(hash, "f".repeat(64)));
        assertThat(badInput("results compare %s %s --out F/o", results, other))
                .contains("expected the same hash of the data")
                .doesNotContain("\tat ");
        assertThat(root.resolve("o")).doesNotExist();
        badInput("paper claims %s %s", results, other);
    }
}
