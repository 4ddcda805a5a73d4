package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.training.SiameseTrainings.Ended;
import io.github.linfhash.experiment.tuning.SearchSpace.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Successive halving (Karnin, Koren, Somekh, ICML 2013; Jamieson and Talwalkar, AISTATS 2016): all configurations are judged
 * on one training, the better half of them on a second one too, the better half of those on four, and so on. It spends
 * most trainings on configurations that may win, and equally many on every method.
 *
 * @param judge evaluates one configuration on one training
 * @param criteria the metrics that rank configurations
 * @param bits the code length
 * @param journal the measurements of earlier tuning runs
 * @param workers the number of configurations that are judged at the same time
 */
record SuccessiveHalving(HeldOutJudge judge, List<Criterion> criteria, int bits, Journal journal, int workers) {
    /** The number of trainings on a device after which their measurements are saved. */
    private static final int TOGETHER = 256;

    /** Returns the number of trainings of a whole run. */
    static long trainings(int configurations, int units) {
        long total = 0;
        int done = 0;
        for (int left = configurations, next = 1; done < units; left = half(left), next = Math.min(units, 2 * next)) {
            total += (long) left * (next - done);
            done = next;
        }
        return total;
    }

    /**
     * Halves the configurations until the remaining ones were judged on all trainings.
     *
     * @return all scores, those of the configurations that remained longest first, and each group by its own ranks
     */
    List<Score> run(List<Configuration> configurations, Progress.Task task) {
        List<Score> ranking = new ArrayList<>();
        List<Configuration> left = configurations;
        Map<Configuration, TrialResult> measured = new LinkedHashMap<>();
        left.forEach(configuration -> measured.put(configuration, TrialResult.NONE));
        int done = 0;
        for (int next = 1; done < judge.units(); next = Math.min(judge.units(), 2 * next)) {
            judgeAll(measured, done, next, task);
            done = next;
            List<Score> rung = Score.ranked(measured, criteria, judge.database());
            int kept = done == judge.units() ? rung.size() : half(rung.size());
            ranking.addAll(0, done == judge.units() ? rung : rung.subList(kept, rung.size()));
            List<Integer> surviving =
                    rung.subList(0, kept).stream().map(Score::trial).toList();
            measured.keySet().removeIf(configuration -> !surviving.contains(configuration.trial()));
        }
        return ranking;
    }

    /** Judges configurations on all trainings at once, and ranks them. */
    List<Score> runWhole(List<Configuration> configurations, Progress.Task task) {
        Map<Configuration, TrialResult> measured = new LinkedHashMap<>();
        configurations.forEach(configuration -> measured.put(configuration, TrialResult.NONE));
        judgeAll(measured, 0, judge.units(), task);
        return Score.ranked(measured, criteria, judge.database());
    }

    /** Trains the configurations that the journal lacks, {@value #TOGETHER} at a time, and saves their measurements in the journal. */
    private void judgeTogether(Set<Configuration> configurations, int from, int to) {
        List<Unit> missing = new ArrayList<>();
        for (Configuration configuration : configurations) {
            if (configuration.trial() == Configuration.DEFAULTS
                    && judge.obstacle(configuration).isPresent()) {
                continue; // each training by the method itself, below
            }
            for (int unit = from; unit < to; unit++) {
                if (!journal.has(configuration, bits, unit)) {
                    missing.add(new Unit(configuration, unit));
                }
            }
        }
        for (int first = 0; first < missing.size(); first += TOGETHER) {
            List<Unit> some = missing.subList(first, Math.min(missing.size(), first + TOGETHER));
            List<Ended> ended = judge.device()
                    .train(
                            some.stream()
                                    .map(unit -> judge.job(unit.configuration().method(), bits, unit.number()))
                                    .toList(),
                            Progress.NONE);
            IntStream.range(0, some.size()).parallel().forEach(k -> {
                Unit unit = some.get(k);
                journal.get(
                        unit.configuration(),
                        bits,
                        unit.number(),
                        () -> judge.measure(ended.get(k)::function, unit.number()));
            });
        }
    }

    /** One training of one configuration. */
    private record Unit(Configuration configuration, int number) {}

    private static int half(int count) {
        return (count + 1) / 2;
    }

    private void judgeAll(Map<Configuration, TrialResult> measured, int from, int to, Progress.Task task) {
        if (judge.device().together()) {
            judgeTogether(measured.keySet(), from, to);
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            Map<Configuration, List<Future<TrialResult>>> futures = new LinkedHashMap<>();
            for (Configuration configuration : measured.keySet()) {
                List<Future<TrialResult>> some = new ArrayList<>();
                for (int unit = from; unit < to; unit++) {
                    int number = unit;
                    some.add(pool.submit(() -> {
                        TrialResult one = journal.get(
                                configuration, bits, number, () -> judge.judge(configuration.method(), bits, number));
                        task.advance(1);
                        return one;
                    }));
                }
                futures.put(configuration, some);
            }
            for (Map.Entry<Configuration, List<Future<TrialResult>>> entry : futures.entrySet()) {
                for (Future<TrialResult> future : entry.getValue()) {
                    measured.merge(entry.getKey(), future.get(), TrialResult::plus);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a configuration could not be judged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the tuning run was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
