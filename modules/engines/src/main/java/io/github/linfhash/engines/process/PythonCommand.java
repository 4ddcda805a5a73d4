package io.github.linfhash.engines.process;

import io.github.linfhash.core.errors.InputException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A script in Python with the module {@code linfhash_engine}.
 *
 * @param python the program
 * @param engine of the program, by name
 * @param script of the user, in place of that; null for none
 */
record PythonCommand(String python, String engine, @Nullable Path script) implements EngineProcess.Command {
    /** The variable with the program of Python. */
    static final String VARIABLE = "LINFHASH_PYTHON";

    private static final String FOLDER = "/io/github/linfhash/engines/python/";
    private static final String MODULE = "linfhash_engine.py";
    private static final String PATH = "PYTHONPATH";

    /**
     * Finds a script.
     *
     * @param engine a name, or a path that ends in .py
     * @throws InputException if there is no such script
     */
    static PythonCommand of(String engine, Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        Path script = engine.endsWith(".py") ? Path.of(engine).toAbsolutePath() : null;
        if (script == null ? !engine.matches("[a-z0-9-]+") || resource(engine) == null : !Files.isRegularFile(script)) {
            throw new InputException(
                    "--engine: expected the name of an engine, or the path of a script that ends in .py, found "
                            + (script == null ? "'" + engine + "'" : "no file " + script));
        }
        return new PythonCommand(named.isEmpty() ? "python3" : named, engine, script);
    }

    private static @Nullable URL resource(String engine) {
        return PythonCommand.class.getResource(FOLDER + engine + "/engine.py");
    }

    @Override
    public List<String> in(Path folder, Map<String, String> environment) throws IOException {
        copy(MODULE, folder.resolve(MODULE));
        Path run = script;
        if (run == null) {
            run = folder.resolve("engine.py");
            copy(engine + "/engine.py", run);
        }
        String others = environment.getOrDefault(PATH, "");
        environment.put(PATH, others.isEmpty() ? folder.toString() : folder + File.pathSeparator + others);
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        return List.of(python, run.toString());
    }

    private static void copy(String name, Path to) throws IOException {
        try (InputStream in = PythonCommand.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + name);
            }
            long unused = Files.copy(in, to);
        }
    }

    @Override
    public String advice(String lastWords) {
        return lastWords.contains("No module named")
                ? ". Install the module for " + python + ", or set " + VARIABLE + " to a Python that has it"
                : lastWords.isEmpty() ? ": set " + VARIABLE + " to the program of Python 3.10 or newer with NumPy" : "";
    }
}
