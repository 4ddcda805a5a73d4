package io.github.linfhash.harness.tuning;

import io.github.linfhash.core.progress.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Successive halving over folds: all configurations are judged on the first fold, the better half of them also on the
 * second, and so on. It spends most trainings on configurations that may win, and equally many on every method.
 *
 * @param judge of one configuration on one fold
 * @param folds the divisions of the training images
 * @param workers configurations judged at the same time
 */
record Race(HeldOutJudge judge, List<Fold> folds, int workers) {
    /** How many trainings a race of so many configurations takes. */
    static long trainings(int configurations, int folds) {
        long total = 0;
        for (int fold = 0, left = configurations; fold < folds; fold++, left = half(left)) {
            total += left;
        }
        return total;
    }

    /**
     * Runs the race.
     *
     * @return all scores: those that lasted longest first, among them the best mean first, equal ones by trial
     */
    List<Score> run(List<Configuration> configurations, Progress.Task task) {
        Map<Integer, Score> scores = new TreeMap<>();
        configurations.forEach(configuration -> scores.put(configuration.trial(), Score.none(configuration)));
        List<Configuration> left = configurations;
        for (int fold = 0; fold < folds.size(); fold++) {
            if (fold > 0) {
                left = best(left, scores);
            }
            judgeAll(left, folds.get(fold), scores, task);
        }
        List<Score> ranking = new ArrayList<>(scores.values());
        ranking.sort(Comparator.<Score>comparingInt(score -> score.map().size())
                .thenComparingDouble(Score::mean)
                .reversed());
        return ranking;
    }

    private static List<Configuration> best(List<Configuration> configurations, Map<Integer, Score> scores) {
        return configurations.stream()
                .sorted(Comparator.comparingDouble((Configuration c) ->
                                scores.getOrDefault(c.trial(), Score.none(c)).mean())
                        .reversed())
                .limit(half(configurations.size()))
                .toList();
    }

    private static int half(int count) {
        return (count + 1) / 2;
    }

    private void judgeAll(List<Configuration> left, Fold fold, Map<Integer, Score> scores, Progress.Task task) {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Score>> futures = new ArrayList<>();
            for (Configuration configuration : left) {
                Score before = scores.getOrDefault(configuration.trial(), Score.none(configuration));
                futures.add(pool.submit(() -> {
                    Score score = judge.judge(configuration, before, fold);
                    task.advance(1);
                    return score;
                }));
            }
            for (Future<Score> future : futures) {
                Score score = future.get();
                scores.put(score.trial(), score);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a configuration could not be judged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
