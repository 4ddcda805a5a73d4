package io.github.linfhash.protocols.fuzz;

import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.FuzzTargets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** All targets of this module. */
public final class ProtocolsTargets implements FuzzTargets {
    private static final String PROTOCOL = """
            schema: linfhash-protocol/1
            name: mine
            title: Mine
            description: For a test.
            published: {table: T2, sameData: false}
            data: {set: stripes}
            features: {convention: lmgist, orientationsPerScale: [4, 4], blocks: 2, prefilterCycles: 4}
            preprocessing: {center: training-mean, normalize: l2}
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
            preprocessing: {center: none, normalize: none}
            split: {kind: label-balanced, queriesPerLabel: 5, training: 20}
            evaluation: {relevance: shared-label, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            bits: [8]
            seeds: [0]
            methods: [{name: lsh, variant: wide, options: {}}]
            quick: {bits: [8], seeds: [0]}
            """;

    private static final String UNSEEN = """
            schema: linfhash-protocol/1
            name: mine
            title: Mine
            description: For a test.
            data: {images: folder, side: 64}
            features: {onnx: {file: net.onnx, values: 0..1}, side: 64}
            preprocessing: {center: none, normalize: l2}
            split: {kind: unseen-classes, unseen: 1, queriesPerClass: 5, trainingPerClass: 20, groups: {a: [x, y], b: [z, "no"]}}
            evaluation: {relevance: same-class, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            bits: [8]
            seeds: [0]
            methods: [{name: lsh, options: {}}]
            quick: {bits: [8], seeds: [0]}
            """;

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.ofFile(
                "protocol-yaml",
                "mine.yaml",
                file -> new ProtocolFiles(file.resolveSibling("protocols")).read(file.toString()),
                () -> Map.of(
                        "images", PROTOCOL.getBytes(StandardCharsets.UTF_8),
                        "unseen", UNSEEN.getBytes(StandardCharsets.UTF_8),
                        "vectors", VECTORS.getBytes(StandardCharsets.UTF_8))));
    }
}
