package io.github.linfhash.engines.measure;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The steps of a measurement. What fails is a sentence beside what was measured before, and other steps follow if the engine still answers. */
final class Steps {
    private final Engine engine;
    private final Runnable after;
    private final List<String> leftOut = new ArrayList<>();
    private String doing = "preparing";
    private boolean complete = true;
    private boolean ended;

    /** A part of a measurement. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /** @param after runs after each step that is taken or failed */
    Steps(Engine engine, Runnable after) {
        this.engine = engine;
        this.after = after;
    }

    /** A step begins, such as "loading the vectors", which sentences about failures name. */
    void begin(String step) {
        doing = step;
    }

    /** Says what is not measured, and why. */
    void leaveOut(String sentence) {
        leftOut.add(sentence);
    }

    /** Sentences about what is not measured. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Whether no step failed. */
    boolean complete() {
        return complete;
    }

    /** Whether the engine answers no more. */
    boolean ended() {
        return ended;
    }

    /**
     * Takes a step without which there is nothing to say.
     *
     * @throws InputException if it fails
     */
    void require(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new InputException(
                    engine.interrupted()
                            ? "Interrupted while " + doing + ", before anything was measured"
                            : engine.sentence(e, doing),
                    e);
        }
    }

    /**
     * Takes a step that may fail.
     *
     * @param what it is about
     * @return whether it was taken
     */
    boolean attempt(String what, Step step) {
        if (ended) {
            return false;
        }
        boolean taken = false;
        try {
            step.run();
            taken = true;
        } catch (IOException e) {
            failed(what, engine.interrupted() ? "interrupted" : engine.sentence(e, doing));
        } catch (InputException e) {
            failed(what, engine.interrupted() ? "interrupted" : String.valueOf(e.getMessage()));
        }
        after.run();
        return taken;
    }

    private void failed(String what, String sentence) {
        complete = false;
        try {
            ended = !engine.recovers();
        } catch (IOException | InputException e) {
            ended = true;
        }
        leftOut.add(
                what + (ended ? ", and all that was still to come: " : ": ") + sentence.replaceFirst("[.]$", "") + ".");
    }
}
