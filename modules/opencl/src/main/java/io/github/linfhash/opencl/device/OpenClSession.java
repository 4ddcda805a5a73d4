package io.github.linfhash.opencl.device;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opencl.CL;
import org.lwjgl.opencl.CL10;
import org.lwjgl.opencl.CL12;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/**
 * A compiled program on a device, with its arrays and one queue, in which everything happens in the order that it was asked
 * for. All of LWJGL is behind this class. Closing it frees whatever it holds.
 */
final class OpenClSession implements AutoCloseable {
    private static final int LEAST_GROUP = 64;
    private static final long LEAST_LOCAL_BYTES = 16 * 1024;

    private final OpenClDevice device;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Map<String, Long> kernels = new HashMap<>();
    private final long context;
    private final long queue;
    private final long program;

    /** An array on the device. */
    record Array(long handle, long bytes) {}

    /**
     * Compiles a program.
     *
     * @param source a resource of this package
     * @param defines macros by name
     * @throws InputException if the device's compiler refuses the program
     */
    OpenClSession(OpenClDevice device, String source, Map<String, Object> defines) {
        this.device = device;
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer code = stack.mallocInt(1);
            PointerBuffer properties = stack.mallocPointer(3)
                    .put(CL10.CL_CONTEXT_PLATFORM)
                    .put(device.platformId())
                    .put(0)
                    .flip();
            context = CL10.clCreateContext(properties, stack.pointers(device.id()), null, 0, code);
            check("clCreateContext", code.get(0));
            closing.push(() -> CL10.clReleaseContext(context));
            queue = CL10.clCreateCommandQueue(context, device.id(), 0, code);
            check("clCreateCommandQueue", code.get(0));
            closing.push(() -> CL10.clReleaseCommandQueue(queue));
            program = CL10.clCreateProgramWithSource(context, read(source), code);
            check("clCreateProgramWithSource", code.get(0));
            closing.push(() -> CL10.clReleaseProgram(program));
            build(source, defines);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void build(String source, Map<String, Object> defines) {
        StringBuilder options = new StringBuilder("-cl-std=CL1.2");
        defines.forEach(
                (name, value) -> options.append(" -D ").append(name).append('=').append(value));
        int code = CL10.clBuildProgram(program, device.id(), options, null, 0);
        if (code != CL10.CL_SUCCESS) {
            throw new InputException(device.name() + " cannot be used: its driver does not compile " + source + ": "
                    + buildLog().strip().split("\\R", 2)[0]);
        }
    }

    private String buildLog() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.mallocPointer(1);
            CL10.clGetProgramBuildInfo(program, device.id(), CL10.CL_PROGRAM_BUILD_LOG, (ByteBuffer) null, size);
            ByteBuffer log = MemoryUtil.memAlloc((int) size.get(0));
            try {
                CL10.clGetProgramBuildInfo(program, device.id(), CL10.CL_PROGRAM_BUILD_LOG, log, null);
                return MemoryUtil.memUTF8(log, log.remaining() - 1);
            } finally {
                MemoryUtil.memFree(log);
            }
        }
    }

    private static String read(String source) {
        try (InputStream in =
                Objects.requireNonNull(OpenClSession.class.getResourceAsStream(source), "no resource " + source)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own " + source + " cannot be read", e);
        }
    }

    /** An array of zeros. */
    Array zeros(long count, int width) {
        long bytes = Math.max(4, Math.multiplyExact(count, width));
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer code = stack.mallocInt(1);
            long handle = CL10.clCreateBuffer(context, CL10.CL_MEM_READ_WRITE, bytes, code);
            check("clCreateBuffer of " + bytes + " bytes", code.get(0));
            closing.push(() -> CL10.clReleaseMemObject(handle));
            ByteBuffer zero = stack.calloc(4);
            check("clEnqueueFillBuffer", CL12.clEnqueueFillBuffer(queue, handle, zero, 0, bytes & -4L, null, null));
            return new Array(handle, bytes);
        }
    }

    Array floats(float[] values) {
        Array array = zeros(values.length, Float.BYTES);
        write(array, values);
        return array;
    }

    void write(Array array, float[] values) {
        if (values.length > 0) {
            check(
                    "clEnqueueWriteBuffer",
                    CL10.clEnqueueWriteBuffer(queue, array.handle(), true, 0, values, null, null));
        }
    }

    Array ints(int[] values) {
        Array array = zeros(values.length, Integer.BYTES);
        write(array, values);
        return array;
    }

    void write(Array array, int[] values) {
        if (values.length > 0) {
            check(
                    "clEnqueueWriteBuffer",
                    CL10.clEnqueueWriteBuffer(queue, array.handle(), true, 0, values, null, null));
        }
    }

    /** Fills the target from the start of an array, once everything asked for before is done. */
    void read(Array array, float[] target) {
        FloatBuffer copy = MemoryUtil.memAllocFloat(target.length);
        try {
            check("clEnqueueReadBuffer", CL10.clEnqueueReadBuffer(queue, array.handle(), true, 0, copy, null, null));
            copy.get(target);
        } finally {
            MemoryUtil.memFree(copy);
        }
    }

    /**
     * Asks for a kernel to be run.
     *
     * @param groups the number of work-groups in each of three dimensions
     * @param group the items of a work-group in each of three dimensions
     * @param arguments {@link Array}, Integer and Float, as the kernel has them
     */
    void run(String name, List<Integer> groups, List<Integer> group, Object... arguments) {
        long kernel = kernels.computeIfAbsent(name, this::kernel);
        for (int k = 0; k < arguments.length; k++) {
            check("argument " + k + " of " + name, set(kernel, k, arguments[k]));
        }
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer global = stack.mallocPointer(3);
            PointerBuffer local = stack.mallocPointer(3);
            for (int k = 0; k < 3; k++) {
                global.put(k, (long) groups.get(k) * group.get(k));
                local.put(k, group.get(k));
            }
            check(name, CL10.clEnqueueNDRangeKernel(queue, kernel, 3, null, global, local, null, null));
        }
    }

    private static int set(long kernel, int index, Object argument) {
        if (argument instanceof Array array) {
            return CL10.clSetKernelArg1p(kernel, index, array.handle());
        }
        return argument instanceof Integer number
                ? CL10.clSetKernelArg1i(kernel, index, number)
                : CL10.clSetKernelArg1f(kernel, index, (Float) argument);
    }

    private long kernel(String name) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer code = stack.mallocInt(1);
            long kernel = CL10.clCreateKernel(program, name, code);
            check("clCreateKernel " + name, code.get(0));
            closing.push(() -> CL10.clReleaseKernel(kernel));
            return kernel;
        }
    }

    /** Begins with whatever is asked for, without waiting for it. */
    void flush() {
        check("clFlush", CL10.clFlush(queue));
    }

    private void check(String what, int code) {
        if (code != CL10.CL_SUCCESS) {
            throw new InputException("OpenCL on " + device.name() + " failed: " + what + " gave error " + code);
        }
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    /**
     * All devices that a library knows.
     *
     * @throws IllegalStateException if it is no OpenCL library
     * @throws LinkageError if it, or what stands between it and Java, cannot be loaded
     */
    static List<OpenClDevice> devices(Path library) {
        Configuration.OPENCL_LIBRARY_NAME.set(library.toString());
        Objects.requireNonNull(CL.getICD());
        List<OpenClDevice> devices = new ArrayList<>();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.callocInt(1);
            CL10.clGetPlatformIDs(null, count);
            PointerBuffer platforms = stack.callocPointer(Math.max(1, count.get(0)));
            if (count.get(0) > 0) {
                CL10.clGetPlatformIDs(platforms, (IntBuffer) null);
            }
            for (int p = 0; p < count.get(0); p++) {
                addDevices(platforms.get(p), devices);
            }
        }
        return devices;
    }

    private static void addDevices(long platform, List<OpenClDevice> devices) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.callocInt(1);
            CL10.clGetDeviceIDs(platform, CL10.CL_DEVICE_TYPE_ALL, null, count);
            if (count.get(0) > 0) {
                PointerBuffer ids = stack.callocPointer(count.get(0));
                CL10.clGetDeviceIDs(platform, CL10.CL_DEVICE_TYPE_ALL, ids, (IntBuffer) null);
                for (int d = 0; d < ids.capacity(); d++) {
                    devices.add(describe(platform, ids.get(d)));
                }
            }
        }
    }

    private static OpenClDevice describe(long platform, long device) {
        long type = number(device, CL10.CL_DEVICE_TYPE);
        OpenClDevice.Kind kind = (type & CL10.CL_DEVICE_TYPE_GPU) != 0
                ? OpenClDevice.Kind.GPU
                : (type & CL10.CL_DEVICE_TYPE_CPU) != 0 ? OpenClDevice.Kind.PROCESSOR : OpenClDevice.Kind.ACCELERATOR;
        return new OpenClDevice(
                text(device, CL10.CL_DEVICE_NAME),
                kind,
                platformName(platform),
                text(device, CL10.CL_DRIVER_VERSION),
                number(device, CL10.CL_DEVICE_GLOBAL_MEM_SIZE),
                number(device, CL10.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                (int) number(device, CL10.CL_DEVICE_MAX_COMPUTE_UNITS),
                fault(device),
                platform,
                device);
    }

    private static @Nullable String fault(long device) {
        if (number(device, CL10.CL_DEVICE_AVAILABLE) == 0) {
            return "its driver says that it is not available";
        }
        if (number(device, CL10.CL_DEVICE_COMPILER_AVAILABLE) == 0) {
            return "its driver has no compiler";
        }
        if (number(device, CL10.CL_DEVICE_ENDIAN_LITTLE) == 0) {
            return "its numbers are big-endian";
        }
        String version = text(device, CL10.CL_DEVICE_VERSION);
        if (version.matches("OpenCL 1\\.[01]\\b.*")) {
            return "it has " + version + ", and OpenCL 1.2 is needed";
        }
        if (number(device, CL10.CL_DEVICE_MAX_WORK_GROUP_SIZE) < LEAST_GROUP) {
            return "its work-groups are smaller than " + LEAST_GROUP;
        }
        return number(device, CL10.CL_DEVICE_LOCAL_MEM_SIZE) < LEAST_LOCAL_BYTES
                ? "its local memory is smaller than " + LEAST_LOCAL_BYTES + " bytes"
                : null;
    }

    /** A number of 4 or 8 bytes. */
    private static long number(long device, int name) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            ByteBuffer value = stack.calloc(Long.BYTES, Long.BYTES);
            CL10.clGetDeviceInfo(device, name, value, null);
            return value.getLong(0);
        }
    }

    private static String text(long device, int name) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.callocPointer(1);
            CL10.clGetDeviceInfo(device, name, (ByteBuffer) null, size);
            ByteBuffer value = stack.calloc((int) size.get(0) + 1);
            CL10.clGetDeviceInfo(device, name, value, null);
            return MemoryUtil.memUTF8(MemoryUtil.memAddress(value)).strip().replaceAll("\\s+", " ");
        }
    }

    private static String platformName(long platform) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.callocPointer(1);
            CL10.clGetPlatformInfo(platform, CL10.CL_PLATFORM_VERSION, (ByteBuffer) null, size);
            ByteBuffer value = stack.calloc((int) size.get(0) + 1);
            CL10.clGetPlatformInfo(platform, CL10.CL_PLATFORM_VERSION, value, null);
            return MemoryUtil.memUTF8(MemoryUtil.memAddress(value)).strip().replaceAll("\\s+", " ");
        }
    }
}
