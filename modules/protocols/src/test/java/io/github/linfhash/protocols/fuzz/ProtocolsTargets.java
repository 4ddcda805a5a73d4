package io.github.linfhash.protocols.fuzz;

import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.FuzzTargets;
import java.util.List;
import java.util.stream.Stream;

/** All targets of this module. */
public final class ProtocolsTargets implements FuzzTargets {
    @Override
    public List<FuzzTarget> targets() {
        return Stream.of(ImageTargets.all(), VectorTargets.all(), FolderTargets.all(), YamlTargets.all())
                .flatMap(List::stream)
                .toList();
    }
}
