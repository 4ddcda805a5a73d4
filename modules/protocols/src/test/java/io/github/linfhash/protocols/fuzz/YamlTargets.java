package io.github.linfhash.protocols.fuzz;

import io.github.linfhash.protocols.dataset.DatasetManifest;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import java.util.List;
import java.util.Map;

/** Readers of YAML. */
final class YamlTargets {
    private static final String PROTOCOL = """
            schema: linfhash-protocol/1
            name: mine
            title: Mine
            description: For a test.
            published: {table: T2, sameData: false}
            data: {set: stripes}
            features: {convention: lmgist, orientationsPerScale: [4, 4], blocks: 2, prefilterCycles: 4}
            preprocessing: {centre: training-mean, normalise: l2}
            split: {kind: class-balanced, queriesPerClass: 5, trainingPerClass: 20, trainingRows: in-database}
            evaluation: {relevance: same-class, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            bits: [8, 12]
            seeds: [0, 1]
            methods:
              - name: ksh
                options: {anchors: 20}
              - name: agh1
                options: {}
            quick: {bits: [8], seeds: [0]}
            """;
    private static final String VECTORS = """
            schema: linfhash-protocol/1
            name: mine
            title: Mine
            description: For a test.
            data: {features: x.npy, labels: y.npy}
            preprocessing: {centre: none, normalise: none}
            split: {kind: label-balanced, queriesPerLabel: 5, training: 20}
            evaluation: {relevance: shared-label, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            bits: [8]
            seeds: [0]
            methods: [{name: lsh, options: {}}]
            quick: {bits: [8], seeds: [0]}
            """;
    private static final String MANIFEST = """
            name: tiny
            title: Tiny
            origin: {homepage: "https://example.org", licence: none, terms: be kind, citation: nobody}
            content: {format: idx, images: 2, shape: {width: 2, height: 1, channels: 1}, classes: [a, b]}
            files:
              layouts: [[i, l]]
              files:
                - path: i
                  urls: ["https://example.org/i"]
                  size: 20
                  checksums: {md5: 0123456789abcdef0123456789abcdef}
              sources: []
              instructions: >-
                fetch
                it
            """;

    private YamlTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.ofFile(
                        "protocol-yaml",
                        "mine.yaml",
                        file -> new ProtocolFiles(file.resolveSibling("protocols")).read(file.toString()),
                        () -> Map.of("images", Seeds.text(PROTOCOL), "vectors", Seeds.text(VECTORS))),
                FuzzTarget.ofFile(
                        "dataset-yaml", "tiny.yaml", DatasetManifest::read, () -> Map.of("idx", Seeds.text(MANIFEST))));
    }
}
