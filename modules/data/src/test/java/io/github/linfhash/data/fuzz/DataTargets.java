package io.github.linfhash.data.fuzz;

import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.FuzzTargets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All targets of this module. */
public final class DataTargets implements FuzzTargets {
    private static final String MANIFEST = """
            name: tiny
            title: Tiny
            origin: {homepage: "https://example.org", license: none, terms: be kind, citation: nobody}
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

    @Override
    public List<FuzzTarget> targets() {
        List<FuzzTarget> manifests = List.of(FuzzTarget.ofFile(
                "dataset-yaml",
                "tiny.yaml",
                DatasetManifest::read,
                () -> Map.of("idx", MANIFEST.getBytes(StandardCharsets.UTF_8))));
        return Stream.of(ImageTargets.all(), FolderTargets.all(), manifests)
                .flatMap(List::stream)
                .toList();
    }
}
