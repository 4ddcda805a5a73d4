package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.ChainNetwork;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Tanh;
import io.github.linfhash.encoders.layers.Weights;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Networks of two layers for 12 features, to train, to kill while they are trained, and to compare. */
final class SmallNetworks {
    private SmallNetworks() {}

    static Network of(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("init");
        Tanh tanh = new Tanh();
        return new ChainNetwork(
                1,
                List.of(Weights.glorot("W1", 8, 12, random), Weights.glorot("W2", 8, 8, random)),
                List.of(tanh, tanh));
    }

    static float[][] weights(Network network) {
        return network.parameters().stream().map(p -> p.toArray()).toArray(float[][]::new);
    }

    /** Requires that a training that is killed after so many epochs, each time, ends as one that is not. */
    static void assertGoesOn(TrainingOptions options, TrainingSet images, Path folder, int... epochs) {
        SiameseTrainer trainer = new SiameseTrainer("test", options, options);
        Network whole = of(1);
        trainer.train(whole, images, TrainingContext.quiet(1));
        for (int after : epochs) {
            TrainingContext killed = new TrainingContext(new RandomStreams(1), dyingAfter(after), folder);
            assertThatThrownBy(() -> trainer.train(of(1), images, killed)).hasMessage("killed");
        }

        Network resumed = of(1);
        trainer.train(resumed, images, new TrainingContext(new RandomStreams(1), Progress.NONE, folder));

        assertThat(weights(resumed)).isDeepEqualTo(weights(whole));
    }

    /** A progress whose task dies when it is told of that many epochs. */
    static Progress dyingAfter(int epochs) {
        return (name, steps) -> new Progress.Task() {
            private long done;

            @Override
            public void advance(long steps) {
                done += steps;
                if (done == epochs) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }
}
