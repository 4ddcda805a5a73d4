/**
 * Experiments from Java: a protocol, its data, what of it to run, and where to keep it.
 *
 * <pre>{@code
 * Results results = Experiment.of("cifar10", Path.of("data"))
 *         .with(Selection.ALL.ofMethods("ksh", "deep-linf").atBits(48))
 *         .run(Path.of("results"));
 * }</pre>
 *
 * <p>A single method needs none of this: {@link io.github.linfhash.experiment.registry.MethodRegistry} finds it, {@code train}
 * learns a hash function, {@code encode} gives codes, and {@link io.github.linfhash.core.evaluation} scores them.
 *
 * <p>{@code registry} has the methods with their options, {@code runner} what runs and keeps comparisons, {@code tuning} the
 * search for options, {@code models} what is trained to be kept, {@code draft} the protocol files for users' own data,
 * {@code regression} the expected results, {@code studies} the measurements behind single figures, {@code home} where
 * files are.
 */
@NullMarked
package io.github.linfhash.experiment;

import org.jspecify.annotations.NullMarked;
