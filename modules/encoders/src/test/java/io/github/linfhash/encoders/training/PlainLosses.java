package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.encoders.training.LossKind.LossOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** The losses once more, as their papers print them: in double precision, over lists of pairs and one image at a time. */
final class PlainLosses {
    private final LossKind kind;
    private final LossOptions options;
    private final Labels labels;
    private final int units;
    private final double beta;
    private final byte[][] codes;
    private final float[] head;

    /**
     * A twin.
     *
     * @param labels of the images, all of which are a batch
     * @param units N
     * @param beta of HashNet in the epoch
     * @param codes of 1 and -1: for each class those of OrthoHash, for each image those of CSQ
     * @param head the classifier of Greedy Hash, C x N column-major; or the solutions of regression, N values an image
     */
    PlainLosses(
            LossKind kind, LossOptions options, Labels labels, int units, double beta, byte[][] codes, float[] head) {
        this.kind = kind;
        this.options = options;
        this.labels = labels;
        this.units = units;
        this.beta = beta;
        this.codes = codes.clone();
        this.head = head.clone();
    }

    /** Returns these losses with another classifier. */
    PlainLosses with(float[] otherHead) {
        return new PlainLosses(kind, options, labels, units, beta, codes, otherHead);
    }

    /** The loss of outputs, N x B column-major; {@code moved} is how far each is from where its sign is taken. */
    double value(double[] x, double[] moved) {
        return switch (kind) {
            case CONTRASTIVE -> throw new IllegalArgumentException("has a twin of its own");
            case DSH -> dsh(x);
            case HASHNET -> hashnet(x);
            case DCH -> dch(x);
            case GREEDYHASH -> greedyHash(x, moved);
            case CSQ -> csq(x);
            case ORTHOHASH -> orthoHash(x);
            case REGRESSION -> regression(x);
        };
    }

    private double regression(double[] x) {
        double sum = 0;
        for (int i = 0; i < images(); i++) {
            double distance = 0;
            for (int u = 0; u < units; u++) {
                distance = Math.hypot(distance, x[i * units + u] - head[i * units + u]);
            }
            sum += distance * distance / images();
        }
        return sum;
    }

    private double dsh(double[] x) {
        double m = options.dsh().marginPerBit() * units;
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < images(); i++) {
            for (int j = 0; j < i; j++) {
                double d = 0;
                double regular = 0;
                for (int u = 0; u < units; u++) {
                    d += Math.pow(x[i * units + u] - x[j * units + u], 2);
                    regular += Math.abs(Math.abs(x[i * units + u]) - 1) + Math.abs(Math.abs(x[j * units + u]) - 1);
                }
                sum += (similar(i, j) ? d : Math.max(m - d, 0)) / 2
                        + options.dsh().penalty() * regular;
                pairs++;
            }
        }
        return sum / pairs;
    }

    private double hashnet(double[] x) {
        double[] h = Arrays.stream(x).map(v -> Math.tanh(beta * v)).toArray();
        double alpha = options.hashnet().sharpness() / units;
        return weighted((i, j) -> {
            double product = alpha * dot(h, (int) i, (int) j);
            return Math.log(1 + Math.exp(product)) - (similar((int) i, (int) j) ? product : 0);
        });
    }

    private double dch(double[] x) {
        double gamma = options.dch().gamma();
        double pairs = weighted((i, j) -> {
            double cos = dot(x, (int) i, (int) j)
                    / Math.sqrt(dot(x, (int) i, (int) i))
                    / Math.sqrt(dot(x, (int) j, (int) j));
            double d = units / 2.0 * (1 - cos);
            double s = similar((int) i, (int) j) ? 1 : 0;
            return s * Math.log(d / gamma) + Math.log(1 + gamma / d);
        });
        double quantization = 0;
        for (int i = 0; i < images(); i++) {
            double absolute = Arrays.stream(column(x, i)).map(Math::abs).sum();
            double cos = absolute / Math.sqrt(dot(x, i, i)) / Math.sqrt(units);
            quantization += Math.log(1 + units / 2.0 * (1 - cos) / gamma);
        }
        return pairs + options.dch().quantization() * quantization / images();
    }

    /** The mean over pairs of a loss times S / S_1 for similar and S / S_0 for dissimilar ones. */
    private double weighted(DoubleBinaryOperator loss) {
        int[] counts = new int[2];
        for (int i = 0; i < images(); i++) {
            for (int j = 0; j < i; j++) {
                counts[similar(i, j) ? 1 : 0]++;
            }
        }
        double all = counts[0] + counts[1];
        double sum = 0;
        for (int i = 0; i < images(); i++) {
            for (int j = 0; j < i; j++) {
                sum += all / counts[similar(i, j) ? 1 : 0] * loss.applyAsDouble(i, j);
            }
        }
        return sum / all;
    }

    private double greedyHash(double[] x, double[] moved) {
        int classes = head.length / units;
        double sum = 0;
        for (int i = 0; i < images(); i++) {
            double[] scores = new double[classes];
            for (int u = 0; u < units; u++) {
                double sign = x[i * units + u] - moved[i * units + u] > 0 ? 1 : -1;
                for (int c = 0; c < classes; c++) {
                    scores[c] += head[u * classes + c] * (sign + moved[i * units + u]);
                }
                double apart = Math.abs(x[i * units + u] - sign);
                sum += options.greedyhash().penalty() * apart * apart * apart / units;
            }
            sum += softmaxLoss(scores, of(i));
        }
        return sum / images();
    }

    private double csq(double[] x) {
        double sum = 0;
        for (int i = 0; i < images(); i++) {
            for (int u = 0; u < units && !of(i).isEmpty(); u++) {
                double p = (1 + Math.tanh(x[i * units + u])) / 2;
                double c = (1 + codes[i][u]) / 2.0;
                sum -= c * Math.log(p) + (1 - c) * Math.log(1 - p);
                sum += options.csq().quantization() * Math.log(Math.cosh(Math.abs(2 * p - 1) - 1));
            }
        }
        return sum / units / labeled();
    }

    private double orthoHash(double[] x) {
        double sum = 0;
        for (int i = 0; i < images(); i++) {
            double[] scores = new double[codes.length];
            for (int c = 0; c < codes.length; c++) {
                double product = 0;
                for (int u = 0; u < units; u++) {
                    product += codes[c][u] * x[i * units + u];
                }
                double cos = product / Math.sqrt(dot(x, i, i)) / Math.sqrt(units);
                scores[c] = options.orthohash().scale()
                        * (cos - (of(i).contains(c) ? options.orthohash().margin() : 0));
            }
            sum += softmaxLoss(scores, of(i));
        }
        return sum / labeled();
    }

    private static double softmaxLoss(double[] scores, List<Integer> own) {
        double total = Arrays.stream(scores).map(Math::exp).sum();
        return own.stream()
                .mapToDouble(c -> -Math.log(Math.exp(scores[c]) / total) / own.size())
                .sum();
    }

    private int images() {
        return labels.size();
    }

    private long labeled() {
        return IntStream.range(0, images()).filter(i -> !of(i).isEmpty()).count();
    }

    /** Returns the class or the labels of an image; classes of the tests count from 0. */
    private List<Integer> of(int image) {
        if (labels instanceof LabelSets sets) {
            return IntStream.range(0, sets.labels())
                    .filter(label -> sets.has(image, label))
                    .boxed()
                    .toList();
        }
        return List.of(((ClassLabels) labels).get(image));
    }

    private boolean similar(int i, int j) {
        return of(i).stream().anyMatch(of(j)::contains);
    }

    private double[] column(double[] x, int i) {
        return Arrays.copyOfRange(x, i * units, (i + 1) * units);
    }

    private double dot(double[] x, int i, int j) {
        double sum = 0;
        for (int u = 0; u < units; u++) {
            sum += x[i * units + u] * x[j * units + u];
        }
        return sum;
    }
}
