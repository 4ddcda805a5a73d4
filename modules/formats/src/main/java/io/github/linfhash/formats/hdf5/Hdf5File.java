package io.github.linfhash.formats.hdf5;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.formats.columnar.ColumnTable;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.io.npy.StoredRows;
import io.jhdf.Constants;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.Superblock.SuperblockV0V1;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An HDF5 file. jHDF decodes its structures, out of a {@link Storage} that bounds what they can cost; this class follows the names, and takes
 * nothing but matrices of numbers, contiguous or in chunks. No link is followed, so that nothing but the file itself is read.
 */
public final class Hdf5File implements AutoCloseable {
    /** The data sets of ann-benchmarks. */
    public static final String VECTORS = "train";

    /** The data set of queries in files of ann-benchmarks. */
    public static final String QUERIES = "test";

    /** The data set of the exact neighbors of queries in files of ann-benchmarks. */
    public static final String NEIGHBORS = "neighbors";

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int MOST_COMPONENTS = 1 << 20;
    private static final int LONGEST_NAME = 1 << 10;
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;

    private final Path path;
    private final Storage storage;
    private final long root;

    private Hdf5File(Path path, Storage storage, long root) {
        this.path = path;
        this.storage = storage;
        this.root = root;
    }

    /** A name in a group: a header at an address, or a link, which is not followed. */
    private record Child(long address, @Nullable String link) {}

    /**
     * Opens a file.
     *
     * @throws InputException if it is missing, no HDF5 file, or shorter than it says
     */
    public static Hdf5File open(Path path) {
        StrictInput.requireFile(path);
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                return open(path, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new InputException(path + " cannot be opened: " + StrictInput.reason(e), e);
        }
    }

    private static Hdf5File open(Path path, FileChannel channel) throws IOException {
        ByteBuffer begin = ByteBuffer.allocate(SIGNATURE.length);
        int length = channel.read(begin, 0);
        if (length < SIGNATURE.length || !Arrays.equals(begin.array(), SIGNATURE)) {
            throw new InputException(
                    path + " is no HDF5 file: expected its signature at the beginning, found something else");
        }
        Superblock superblock = decoded(path.toString(), "a superblock", () -> Superblock.readSuperblock(channel, 0));
        if (superblock.getBaseAddressByte() != 0 || superblock.getEndOfFileAddress() > channel.size()) {
            throw new InputException(path + " is cut short: expected " + superblock.getEndOfFileAddress()
                    + " bytes from byte " + superblock.getBaseAddressByte() + " on, found " + channel.size()
                    + "; copy the file again");
        }
        Storage storage = new Storage(path.toString(), channel, superblock);
        storage.begin("a root group", 1, Short.MAX_VALUE);
        long root = decoded(
                path.toString(),
                "a root group",
                () -> superblock instanceof SuperblockV0V1 old
                        ? new SymbolTableEntry(storage, old.getRootGroupSymbolTableAddress()).getObjectHeaderAddress()
                        : ((SuperblockV2V3) superblock).getRootGroupObjectHeaderAddress());
        return new Hdf5File(path, storage, root);
    }

    /**
     * Decodes by jHDF, which throws exceptions of all kinds for invalid input, often nested. It calls itself for types in types: how many fit on the
     * stack depends on how its code is compiled.
     *
     * @param place what is decoded, for messages
     */
    private static <T> T decoded(String file, String place, Supplier<T> decoder) {
        try {
            return decoder.get();
        } catch (StackOverflowError e) {
            throw ColumnTable.damaged(file, "an HDF5 file", place, new IllegalArgumentException("types in types", e));
        } catch (RuntimeException e) {
            Throwable fault = e;
            while (!(fault instanceof InputException) && fault.getCause() != null) {
                fault = fault.getCause();
            }
            if (fault instanceof InputException refused) {
                throw refused;
            }
            if (fault instanceof UnsupportedHdfException unsupported) {
                throw new InputException(
                        file + " cannot be read: expected " + place + " as h5py writes it, found another ("
                                + Excerpt.of(StrictInput.reason(unsupported)) + "); write the file again by h5py",
                        e);
            }
            throw ColumnTable.damaged(file, "an HDF5 file", place, fault instanceof Exception cause ? cause : e);
        }
    }

    /**
     * Finds a matrix.
     *
     * @param name of a data set, with the names of groups and slashes before it
     * @throws InputException if there is none, or it is of a kind that is not read
     */
    public Hdf5Matrix matrix(String name) {
        String shown = path + ":" + Excerpt.of(name);
        long address = root;
        for (String part : name.replaceFirst("^/", "").split("/", -1)) {
            Map<String, Child> children = children(shown, header(shown, address));
            Child child = children.get(part);
            if (child == null) {
                throw new InputException(shown + " is missing: expected " + (address == root ? "" : "in that group ")
                        + "a data set '" + Excerpt.of(part) + "', found " + listed(children) + " (" + path
                        + ":NAME names one)");
            }
            if (child.link() != null) {
                throw new InputException(shown + " is a link: expected a data set in the file itself, found "
                        + child.link() + "; name the data set that it points to, or write its values into the file");
            }
            address = child.address();
        }
        return matrix(shown, header(shown, address));
    }

    private static String listed(Map<String, Child> children) {
        int most = 8;
        return children.isEmpty()
                ? "none"
                : children.keySet().stream()
                                .limit(most)
                                .map(name -> "'" + Excerpt.of(name) + "'")
                                .collect(Collectors.joining(", "))
                        + (children.size() > most ? " and " + (children.size() - most) + " more" : "");
    }

    private ObjectHeader header(String name, long address) {
        storage.beginHeader();
        return decoded(name, "a header", () -> ObjectHeader.readObjectHeader(storage, address));
    }

    private Map<String, Child> children(String name, ObjectHeader header) {
        return decoded(name, "a group", () -> {
            if (header.hasMessageOfType(SymbolTableMessage.class)) {
                return children(header.getMessageOfType(SymbolTableMessage.class));
            }
            if (!header.hasMessageOfType(LinkInfoMessage.class)) {
                throw new InputException(name + " is missing: expected a group, found a data set");
            }
            if (header.getMessageOfType(LinkInfoMessage.class).getBTreeNameIndexAddress()
                    != Constants.UNDEFINED_ADDRESS) {
                throw new InputException(name + " is in a group with too many names: expected at most 8 in a file whose"
                        + " groups keep an order, found more; write the file again by h5py without track_order");
            }
            Map<String, Child> children = new TreeMap<>();
            for (LinkMessage link : header.getMessagesOfType(LinkMessage.class)) {
                children.put(
                        link.getLinkName(),
                        switch (link.getLinkType()) {
                            case HARD -> new Child(link.getHardLinkAddress(), null);
                            case SOFT -> new Child(0, "a soft link to '" + Excerpt.of(link.getSoftLink()) + "'");
                            case EXTERNAL ->
                                new Child(0, "a link into the file '" + Excerpt.of(link.getExternalFile()) + "'");
                        });
            }
            return children;
        });
    }

    /** The names in a group as HDF5 1.6 has them, which h5py writes by default. */
    private Map<String, Child> children(SymbolTableMessage group) {
        storage.beginTree();
        List<Long> nodes =
                BTreeV1.createGroupBTree(storage, group.getBTreeAddress()).getChildAddresses();
        storage.beginNames();
        ByteBuffer names = new LocalHeap(storage, group.getLocalHeapAddress()).getDataBuffer();
        Map<String, Child> children = new TreeMap<>();
        for (long node : nodes) {
            for (SymbolTableEntry entry : new GroupSymbolTableNode(storage, node).getSymbolTableEntries()) {
                String name = name(names, entry.getLinkNameOffset());
                if (entry.getCacheType() == 2) {
                    String target = name(names, entry.getLinkValueOffset());
                    children.put(name, new Child(0, "a soft link to '" + Excerpt.of(target) + "'"));
                } else {
                    children.put(name, new Child(entry.getObjectHeaderAddress(), null));
                }
            }
        }
        return children;
    }

    /** Many entries may name one place of a large heap. */
    private static String name(ByteBuffer heap, int offset) {
        return Utils.readUntilNull(heap.slice(offset, Math.min(LONGEST_NAME, heap.capacity() - offset)));
    }

    private Hdf5Matrix matrix(String name, ObjectHeader header) {
        return decoded(name, "a data set", () -> {
            if (!header.hasMessageOfType(DataLayoutMessage.class)) {
                throw wrong(name, "is no data set", "one", "a group or a named type");
            }
            DataTypeMessage type = header.getMessageOfType(DataTypeMessage.class);
            if (type.isMessageShared()
                    || header.getMessageOfType(DataSpaceMessage.class).isMessageShared()) {
                throw wrong(name, "has a named type", "a type of its own", "one that is stored elsewhere in the file");
            }
            long[] sizes = header.getMessageOfType(DataSpaceMessage.class)
                    .getDataSpace()
                    .getDimensionsAsLong();
            if (sizes.length != 2
                    || sizes[0] < 1
                    || sizes[0] > Integer.MAX_VALUE
                    || sizes[1] < 1
                    || sizes[1] > MOST_COMPONENTS) {
                throw wrong(
                        name,
                        "has a wrong shape",
                        "1 to " + Integer.MAX_VALUE + " rows of 1 to " + MOST_COMPONENTS + " numbers",
                        Arrays.toString(sizes));
            }
            return matrix(name, header, element(name, type.getDataType()), (int) sizes[0], (int) sizes[1]);
        });
    }

    private record Element(NpyType type, ByteOrder order) {}

    private Hdf5Matrix matrix(String name, ObjectHeader header, Element element, int rows, int dimension) {
        List<Integer> filters = header.getMessagesOfType(FilterPipelineMessage.class).stream()
                .flatMap(message -> message.getFilters().stream())
                .map(FilterInfo::getId)
                .toList();
        DataLayoutMessage layout = header.getMessageOfType(DataLayoutMessage.class);
        if (layout instanceof ContiguousDataLayoutMessage contiguous && filters.isEmpty()) {
            requireWritten(name, contiguous.getAddress());
            return new Hdf5Matrix(
                    new StoredRows(
                            name, path, contiguous.getAddress(), element.type(), element.order(), rows, dimension),
                    null);
        }
        if (!(layout instanceof ChunkedDataLayoutMessage chunked)) {
            throw wrong(
                    name,
                    "is laid out in another way",
                    "contiguous rows, or chunks in the file format of HDF5 1.8 or before (libver=('earliest', 'v108') in"
                            + " h5py)",
                    layout.getDataLayout().name().toLowerCase(Locale.ROOT) + " data of another form");
        }
        if (!List.of(List.of(), List.of(DEFLATE), List.of(SHUFFLE), List.of(SHUFFLE, DEFLATE))
                .contains(filters)) {
            throw wrong(
                    name,
                    "is filtered in another way",
                    "gzip, shuffle, or shuffle and gzip",
                    "the filters of numbers " + filters + " (1: gzip, 2: shuffle, 3: fletcher32, 32000: lzf)");
        }
        int[] sizes = chunked.getChunkDimensions();
        if (sizes.length != 2
                || sizes[0] < 1
                || sizes[1] < 1
                || chunked.getSize() != element.type().bytes()) {
            throw wrong(
                    name,
                    "has wrong chunks",
                    "rows and columns of " + element.type().bytes() + " bytes",
                    Arrays.toString(sizes) + " of " + chunked.getSize());
        }
        requireWritten(name, chunked.getBTreeAddress());
        StoredRows shape = new StoredRows(name, path, 0, element.type(), element.order(), rows, dimension);
        Chunks chunks =
                new Chunks(shape, storage, sizes[0], sizes[1], filters.contains(SHUFFLE), filters.contains(DEFLATE));
        ChunkTree.read(name, storage, chunked.getBTreeAddress(), chunks);
        chunks.requireAll();
        return new Hdf5Matrix(shape, chunks);
    }

    private static void requireWritten(String name, long address) {
        if (address == Constants.UNDEFINED_ADDRESS) {
            throw wrong(name, "has no values", "values that somebody wrote", "none");
        }
    }

    private static Element element(String name, DataType type) {
        if (type instanceof FloatingPoint real) {
            boolean normal = real.getBitOffset() == 0
                    && real.getBitPrecision() == 8 * real.getSize()
                    && real.getMantissaLocation() == 0
                    && real.getMantissaNormalization() == 2
                    && real.getExponentLocation() == real.getMantissaSize()
                    && real.getSignLocation() == real.getBitPrecision() - 1;
            if (normal && real.getSize() == 4 && real.getMantissaSize() == 23 && real.getExponentBias() == 127) {
                return new Element(NpyType.FLOAT32, real.getByteOrder());
            }
            if (normal && real.getSize() == 8 && real.getMantissaSize() == 52 && real.getExponentBias() == 1023) {
                return new Element(NpyType.FLOAT64, real.getByteOrder());
            }
        }
        if (type instanceof FixedPoint whole
                && whole.getBitOffset() == 0
                && whole.getBitPrecision() == 8 * whole.getSize()) {
            NpyType found = switch (whole.getSize()) {
                case 1 -> whole.isSigned() ? NpyType.INT8 : NpyType.UINT8;
                case 2 -> whole.isSigned() ? NpyType.INT16 : NpyType.UINT16;
                case 4 -> whole.isSigned() ? NpyType.INT32 : NpyType.UINT32;
                case 8 -> whole.isSigned() ? NpyType.INT64 : NpyType.UINT64;
                default -> null;
            };
            if (found != null) {
                return new Element(found, whole.getByteOrder());
            }
        }
        throw wrong(
                name,
                "has a wrong type",
                "float32 or float64, or whole numbers of 8 to 64 bits",
                type.getSize() + " bytes of " + type.getClass().getSimpleName());
    }

    private static InputException wrong(String name, String what, String expected, String found) {
        return new InputException(name + " " + what + ": expected " + expected + ", found " + found);
    }

    @Override
    public void close() {
        storage.close();
    }
}
