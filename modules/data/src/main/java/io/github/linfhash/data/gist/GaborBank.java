package io.github.linfhash.data.gist;

import io.github.linfhash.data.gist.BandFilter.GaborFilter;
import io.github.linfhash.data.gist.BlockMeans.QuarterBands;
import java.util.ArrayList;
import java.util.List;

/** All Gabor filters of a GIST, from the finest scale to the coarsest, the orientations of a scale in turn. */
final class GaborBank {
    private final List<BandFilter> filters = new ArrayList<>();
    private final Halves x;
    private final Halves y;
    private final int lanes;
    private final BlockMeans means;

    GaborBank(int width, int height, GistOptions options, int lanes) {
        this.x = new Halves(width);
        this.y = new Halves(height);
        this.lanes = lanes;
        this.means = new BlockMeans(width, height, options.blocks());
        int extension = 2 * options.convention().boundaryExtension();
        for (int scale = 0; scale < options.orientationsPerScale().size(); scale++) {
            for (int o = 0; o < options.orientationsPerScale().get(scale); o++) {
                GaborFilter filter = GaborFilter.of(width + extension, height + extension, options, scale, o);
                filters.add(new BandFilter(filter, x, y, lanes));
            }
        }
    }

    Space space() {
        return new Space();
    }

    /** One thread's memory. */
    final class Space {
        private final QuarterBands bands = new QuarterBands(
                filters.stream().mapToInt(BandFilter::pairsX).max().orElseThrow(),
                filters.stream().mapToInt(BandFilter::pairsY).max().orElseThrow(),
                x,
                y,
                lanes);
        private final BlockMeans.Space blocks = means.space(lanes);

        /** Writes the features of each lane. */
        void describe(Spectrum spectrum, float[][] features) {
            int perFilter = features[0].length / filters.size();
            for (int f = 0; f < filters.size(); f++) {
                BandFilter filter = filters.get(f);
                filter.fold(spectrum, bands);
                filter.inverse(bands, lanes);
                blocks.average(bands, features, f * perFilter);
            }
        }
    }
}
