package io.github.linfhash.experiment.doctor;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The Java runtime, and the flags that newer ones want for native code. */
final class JavaPart {
    static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
    static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    /** The first Java that warns without the flags. */
    private static final int WARNS = 24;

    private JavaPart() {}

    static Examination.Part of() {
        return of(
                Runtime.version().feature(),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    static Examination.Part of(int feature, List<String> arguments) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("runtime", System.getProperty("java.vendor") + " " + Runtime.version()));
        facts.add(new Fact("machine", System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.info")));
        facts.add(new Fact("home", System.getProperty("java.home")));
        List<String> advice = new ArrayList<>();
        for (String flag : List.of(NATIVE, UNSAFE)) {
            boolean given = arguments.contains(flag);
            String needed = feature >= WARNS ? "not given" : "not given, and not needed before Java " + WARNS;
            facts.add(new Fact(flag, given ? "given" : needed));
            if (feature >= WARNS && !given) {
                advice.add("Java " + feature + " warns about native code or will refuse it: start it with " + flag
                        + ", as the launcher does");
            }
        }
        return new Examination.Part("java", facts, advice);
    }
}
