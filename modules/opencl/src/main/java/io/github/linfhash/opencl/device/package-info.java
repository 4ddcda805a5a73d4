/** OpenCL devices, and what runs on them: trainings, encoding, counts of distances. */
@NullMarked
package io.github.linfhash.opencl.device;

import org.jspecify.annotations.NullMarked;
