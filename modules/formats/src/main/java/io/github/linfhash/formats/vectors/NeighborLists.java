package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.hdf5.Hdf5File;
import io.github.linfhash.formats.vectors.VectorFormat.Holds;
import io.github.linfhash.formats.vectors.VectorFormat.Source;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.TextLines;
import io.github.linfhash.io.npy.NeighborArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the lists of neighbors that a search returned, nearest first: {@code .npy}, {@code .npz} (array {@code ids}), {@code .ibin} or HDF5
 * (data set {@code neighbors}) with a row of integers for each query, in which -1 fills short lists, as in faiss; or a
 * text with a line for each query and ids separated by commas, tabs or spaces.
 */
public final class NeighborLists {
    private final VectorIds rows;
    private final List<int[]> lists = new ArrayList<>();

    private NeighborLists(VectorIds rows) {
        this.rows = rows;
    }

    /**
     * Reads a file.
     *
     * @param rows the ids of the vectors
     * @return for each query the rows of its neighbors
     * @throws InputException if the file is missing or of another format, an id is unknown, or a list contains a vector twice
     */
    public static List<int[]> read(Path file, VectorIds rows, Progress progress) {
        NeighborLists read = new NeighborLists(rows);
        VectorFormat format = VectorFormat.ofName(file).orElse(null);
        if (VectorFormat.NPY.equals(format) || VectorFormat.NPZ.equals(format)) {
            read.addArray(NeighborArrays.readIds(file), file.toString());
        } else if (VectorFormat.INT32_ROWS.equals(format)) {
            read.addArray(BigAnnFile.open(file, NpyType.INT32).toArray(), file.toString());
        } else if (VectorFormat.HDF5.equals(format)) {
            Source source = Source.of(file, TableForm.PLAIN, Holds.FEATURES);
            String named = source.column();
            try (Hdf5File opened = Hdf5File.open(source.file())) {
                read.addArray(
                        opened.matrix(named == null ? Hdf5File.NEIGHBORS : named)
                                .requireWhole()
                                .toArray(),
                        file.toString());
            }
        } else {
            VectorFormat.show(file, 1, progress, task -> {
                try (TextLines lines = TextLines.open(file, task)) {
                    for (String line = lines.next(); line != null; line = lines.next()) {
                        List<String> ids = line.isBlank()
                                ? List.of()
                                : List.of(line.strip().split("[,\\s]+", -1));
                        read.add(
                                ids,
                                wrong -> lines.wrong(rows.expected(), "'" + Excerpt.of(wrong) + "'"),
                                wrong -> lines.wrong("each neighbor once", "'" + Excerpt.of(wrong) + "' twice"));
                    }
                }
                return read;
            });
        }
        return List.copyOf(read.lists);
    }

    private void addArray(NpyArray ids, String name) {
        for (int query = 0; query < ids.rows(); query++) {
            List<String> list = new ArrayList<>();
            for (int rank = 0; rank < ids.columns(); rank++) {
                long id = ids.integer(query * ids.columns() + rank);
                if (id != -1) {
                    list.add(Long.toString(id));
                }
            }
            String place = name + " has a wrong id in row " + query + " (counted from 0): expected ";
            add(
                    list,
                    wrong -> new InputException(place + rows.expected() + ", found " + wrong),
                    wrong -> new InputException(place + "each neighbor once, found " + wrong + " twice"));
        }
    }

    private void add(
            List<String> ids, Function<String, InputException> unknown, Function<String, InputException> twice) {
        int[] list = new int[ids.size()];
        Set<Integer> seen = new HashSet<>();
        for (int rank = 0; rank < list.length; rank++) {
            String id = ids.get(rank);
            OptionalInt row = rows.find(id);
            if (row.isEmpty()) {
                throw unknown.apply(id);
            }
            if (!seen.add(row.getAsInt())) {
                throw twice.apply(id);
            }
            list[rank] = row.getAsInt();
        }
        lists.add(list);
    }
}
