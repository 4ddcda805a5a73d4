/*
 * Steps of many trainings at once: the last dimension of every launch is the model. A model's arithmetic is that of its own
 * work-groups, in an order that the form of its network alone decides, so that its bits do not depend on its neighbors. There
 * are no atomics.
 *
 * The program is compiled for one form: INPUTS n, UNITS N, IMAGES B, STAGES K, LATERALS (different S), NEURON, CHAIN, TIED,
 * INPUT_BIAS, STAGE_BIASES, OPTIMIZER, PARAMETERS (values of a model), STEPS (of an epoch), TILED_MEMORY. Blocks of images are column-major: unit i of image b is at b * UNITS + i.
 */
#pragma OPENCL FP_CONTRACT ON

/* What NEURON and OPTIMIZER may be. */
#define BOUNDED 0
#define THRESHOLD 1
#define TANH 2
#define SGD 0
#define MOMENTUM 1
#define ADAM 2

/* A work-group makes ROWS x COLUMNS values of a product, DEPTH terms at a time; each of its 2 x 16 items makes 8 x 4. */
#define ROWS 16
#define COLUMNS 64
#define DEPTH 16
#define ITEMS 32
#define ITEM_ROWS 8
#define ITEM_COLUMNS 4

#define BLOCK (UNITS * IMAGES)
#define LAYERS (STAGES + 1)
#define AT_LATERALS (UNITS * INPUTS)
#define AT_BIASES (AT_LATERALS + LATERALS * UNITS * UNITS)
#define AT_SCALES (AT_BIASES + (INPUT_BIAS + STAGE_BIASES * LATERALS) * UNITS)
#define LOSS_TILES (GRAM_TILES + GRADIENT_TILES)
#define GRAM_TILES (((IMAGES + ROWS - 1) / ROWS) * ((IMAGES + COLUMNS - 1) / COLUMNS))
#define GRADIENT_TILES (((UNITS + ROWS - 1) / ROWS) * ((IMAGES + COLUMNS - 1) / COLUMNS))

/* What a model's numbers are, in the order of OpenClTrainer. */
enum { GAIN, RATE, FIRST_KEPT, LATER_KEPT, MARGIN, SHARE, SIGN, PENALTY, SLOPE, DROPOUT_FACTOR, FLOATS };
enum { FEATURES_AT, ROWS_AT, RELATION_AT, TRAINING_ROWS, WORDS, DROPPED, BATCH_KEY0, BATCH_KEY1, DROPOUT_KEY0, DROPOUT_KEY1,
       EPOCHS, AVERAGED, INTS };

/* ---- Random draws: Philox 4x32, 10 rounds, with the counters of core's CounterStream. ---- */

uint4 philox(uint4 counter, uint key0, uint key1) {
    for (int round = 0; round < 10; round++) {
        uint high0 = mul_hi(0xD2511F53u, counter.x);
        uint low0 = 0xD2511F53u * counter.x;
        uint high1 = mul_hi(0xCD9E8D57u, counter.z);
        uint low1 = 0xCD9E8D57u * counter.z;
        counter = (uint4)(high1 ^ counter.y ^ key0, low1, high0 ^ counter.w ^ key1, low0);
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    return counter;
}

typedef struct {
    uint key0, key1, step, epoch, block, used;
    uint4 words;
} Stream;

uint next(Stream *stream) {
    if (stream->used == 4) {
        stream->block++;
        stream->words = philox((uint4)(stream->block, 0, stream->step, stream->epoch), stream->key0, stream->key1);
        stream->used = 0;
    }
    uint at = stream->used++;
    return at == 0 ? stream->words.x : at == 1 ? stream->words.y : at == 2 ? stream->words.z : stream->words.w;
}

/* Below n, by Lemire's multiplication with rejection, as Commons RNG has it. */
uint below(Stream *stream, uint n) {
    uint word = next(stream);
    uint low = word * n;
    if (low < n) {
        uint least = (0u - n) % n;
        while (low < least) {
            word = next(stream);
            low = word * n;
        }
    }
    return mul_hi(word, n);
}

/*
 * The images of every step of an epoch, distinct and ascending, by Floyd's algorithm (Bentley, CACM 1987).
 * Global: at least steps, x models. batches: models x STEPS x IMAGES.
 */
__kernel void draw(__global const int *ints, __global int *batches, int epoch) {
    int step = get_global_id(0);
    int model = get_global_id(1);
    if (step >= STEPS) {
        return;
    }
    __global const int *own = ints + model * INTS;
    __global int *batch = batches + (model * STEPS + step) * IMAGES;
    int rows = own[TRAINING_ROWS];
    Stream stream = {own[BATCH_KEY0], own[BATCH_KEY1], step, epoch, 0, 4, (uint4)(0)};
    for (int count = 0; count < IMAGES; count++) {
        int last = rows - IMAGES + count;
        int wanted = below(&stream, last + 1);
        int at = 0;
        for (int high = count; at < high;) {
            int middle = (at + high) / 2;
            if (batch[middle] < wanted) {
                at = middle + 1;
            } else {
                high = middle;
            }
        }
        /* Every number drawn before is below the last one, so that this one stands at the end. */
        if (at < count && batch[at] == wanted) {
            at = count;
            wanted = last;
        }
        for (int i = count; i > at; i--) {
            batch[i] = batch[i - 1];
        }
        batch[at] = wanted;
    }
}

bool similarRows(__global const int *own, __global const uint *relation, int i, int j) {
    return (relation[own[RELATION_AT] + i * own[WORDS] + j / 32] >> (j % 32)) & 1;
}

/* How many pairs of each batch are similar and dissimilar. Global: 64 x steps x models. pairs: models x STEPS x 2. */
__kernel __attribute__((reqd_work_group_size(64, 1, 1))) void countPairs(
        __global const int *ints, __global const int *batches, __global const int *originals,
        __global const uint *relation, __global int *pairs) {
    __local int similar[64];
    __local int dissimilar[64];
    int item = get_local_id(0);
    int step = get_group_id(1);
    int model = get_group_id(2);
    __global const int *own = ints + model * INTS;
    __global const int *batch = batches + (model * STEPS + step) * IMAGES;
    __global const int *first = originals + own[ROWS_AT];
    int same = 0;
    int other = 0;
    for (int i = item; i < IMAGES; i += 64) {
        for (int j = 0; j < i; j++) {
            if (first[batch[i]] != first[batch[j]]) {
                int alike = similarRows(own, relation, batch[i], batch[j]);
                same += alike;
                other += 1 - alike;
            }
        }
    }
    similar[item] = same;
    dissimilar[item] = other;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (item == 0) {
        for (int k = 1; k < 64; k++) {
            same += similar[k];
            other += dissimilar[k];
        }
        pairs[2 * (model * STEPS + step)] = same;
        pairs[2 * (model * STEPS + step) + 1] = other;
    }
}

/* The images of a step with dropout, eight values an item. Global: ceil(B n / 8) x models. images: models x IMAGES x INPUTS. */
__kernel void gather(
        __global const float *floats, __global const int *ints, __global const float *features,
        __global const int *batches, __global float *images, int epoch, int step) {
    int item = get_global_id(0);
    int model = get_global_id(1);
    __global const int *own = ints + model * INTS;
    __global const int *batch = batches + (model * STEPS + step) * IMAGES;
    __global float *to = images + (size_t) model * IMAGES * INPUTS;
    int dropped = own[DROPPED];
    float factor = floats[model * FLOATS + DROPOUT_FACTOR];
    uint4 drawn = (uint4)(0);
    if (dropped > 0) {
        drawn = philox((uint4)(item + 1, 0, step, epoch), own[DROPOUT_KEY0], own[DROPOUT_KEY1]);
    }
    uint words[4] = {drawn.x, drawn.y, drawn.z, drawn.w};
    for (int k = 0; k < 8; k++) {
        int at = 8 * item + k;
        if (at < IMAGES * INPUTS) {
            int level = k % 2 == 0 ? words[k / 2] >> 16 : words[k / 2] & 0xFFFF;
            float value = features[own[FEATURES_AT] + batch[at / INPUTS] * INPUTS + at % INPUTS];
            to[at] = dropped == 0 ? value : level < dropped ? 0.0f : value * factor;
        }
    }
}

/* ---- Products ---- */

/*
 * Adds this item's values of a rows x columns product to a sum: element (r, k) of the left matrix is a[r * aRow + k * aDepth],
 * (k, c) of the right one b[c * bColumn + k * bDepth]. Terms are added in ascending k. With TILED_MEMORY, as on a GPU, a
 * work-group takes tiles of both matrices into local memory; a processor has caches, and would copy longer than multiply.
 */
#if TILED_MEMORY
void multiply(
        __global const float *a, int aRow, int aDepth, int rows, __global const float *b, int bColumn, int bDepth,
        int columns, int depth, __local float *left, __local float *right, float8 *sum) {
    int item = get_local_id(0) + 2 * get_local_id(1);
    int firstRow = get_group_id(0) * ROWS;
    int firstColumn = get_group_id(1) * COLUMNS;
    for (int from = 0; from < depth; from += DEPTH) {
        barrier(CLK_LOCAL_MEM_FENCE);
        for (int at = item; at < ROWS * DEPTH; at += ITEMS) {
            int r = aRow == 1 ? at % ROWS : at / DEPTH;
            int k = aRow == 1 ? at / ROWS : at % DEPTH;
            bool inside = firstRow + r < rows && from + k < depth;
            left[k * ROWS + r] = inside ? a[(firstRow + r) * aRow + (from + k) * aDepth] : 0.0f;
        }
        for (int at = item; at < COLUMNS * DEPTH; at += ITEMS) {
            int c = bColumn == 1 ? at % COLUMNS : at / DEPTH;
            int k = bColumn == 1 ? at / COLUMNS : at % DEPTH;
            bool inside = firstColumn + c < columns && from + k < depth;
            right[k * COLUMNS + c] = inside ? b[(firstColumn + c) * bColumn + (from + k) * bDepth] : 0.0f;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        for (int k = 0; k < DEPTH; k++) {
            float8 l = vload8(0, left + k * ROWS + ITEM_ROWS * get_local_id(0));
            for (int q = 0; q < ITEM_COLUMNS; q++) {
                sum[q] += l * right[k * COLUMNS + get_local_id(1) + 16 * q];
            }
        }
    }
}

#else
void multiply(
        __global const float *a, int aRow, int aDepth, int rows, __global const float *b, int bColumn, int bDepth,
        int columns, int depth, __local float *left, __local float *right, float8 *sum) {
    int row = get_group_id(0) * ROWS + ITEM_ROWS * get_local_id(0);
    int column = get_group_id(1) * COLUMNS + get_local_id(1);
    if (row >= rows || column >= columns) {
        return;
    }
    /* What lies beyond an edge is computed as the last row and column, and not kept. */
    __global const float *b0 = b + column * bColumn;
    __global const float *b1 = b + min(column + 16, columns - 1) * bColumn;
    __global const float *b2 = b + min(column + 32, columns - 1) * bColumn;
    __global const float *b3 = b + min(column + 48, columns - 1) * bColumn;
    float8 s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
    int last = rows - 1;
    if (aRow == 1 && row + ITEM_ROWS <= rows) {
        for (int k = 0; k < depth; k++) {
            float8 l = vload8(0, a + row + k * aDepth);
            s0 += l * b0[k * bDepth];
            s1 += l * b1[k * bDepth];
            s2 += l * b2[k * bDepth];
            s3 += l * b3[k * bDepth];
        }
    } else {
        for (int k = 0; k < depth; k++) {
            __global const float *at = a + k * aDepth;
            float8 l = (float8)(at[row * aRow], at[min(row + 1, last) * aRow], at[min(row + 2, last) * aRow],
                    at[min(row + 3, last) * aRow], at[min(row + 4, last) * aRow], at[min(row + 5, last) * aRow],
                    at[min(row + 6, last) * aRow], at[min(row + 7, last) * aRow]);
            s0 += l * b0[k * bDepth];
            s1 += l * b1[k * bDepth];
            s2 += l * b2[k * bDepth];
            s3 += l * b3[k * bDepth];
        }
    }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
}
#endif

/* What a product's kernels have in common: their places in local memory and their sums. */
#define PRODUCT \
    __local float left[TILED_MEMORY ? ROWS * DEPTH : 1]; \
    __local float right[TILED_MEMORY ? COLUMNS * DEPTH : 1]; \
    float8 sum[ITEM_COLUMNS] = {(float8)(0), (float8)(0), (float8)(0), (float8)(0)}; \
    int model = get_group_id(2);

/* The row and column of value e of sum q of this item. */
#define ROW(e) (get_group_id(0) * ROWS + ITEM_ROWS * get_local_id(0) + (e))
#define COLUMN(q) (get_group_id(1) * COLUMNS + get_local_id(1) + 16 * (q))

/* Runs a block for each value of this item that is inside: its place is row i, column j, its value is value. */
#define FOR_EACH(rows, columns, block) \
    for (int q = 0; q < ITEM_COLUMNS; q++) { \
        float valuesOfItem[ITEM_ROWS]; \
        vstore8(sum[q], 0, valuesOfItem); \
        for (int e = 0; e < ITEM_ROWS; e++) { \
            int i = ROW(e); \
            int j = COLUMN(q); \
            if (i < (rows) && j < (columns)) { \
                float value = valuesOfItem[e]; \
                block \
            } \
        } \
    }

#define TILED __kernel __attribute__((reqd_work_group_size(2, 16, 1)))

/* ---- Neurons; comparisons are written so that NaN stays NaN. ---- */

float clip(float u, float s) {
    return u > s ? s : u < -s ? -s : u;
}

/* Lambert's continued fraction, as the encoders have it: relative error below 4e-8 up to 9, where tanh is 1 in float32. */
float hyperbolicTangent(float u) {
    float x = clip(u, 9.0f);
    float q = x * x;
    float above = 7905853580625.0f
            + q * (1159525191825.0f
                    + q * (41247931725.0f + q * (523783260.0f + q * (2552550.0f + q * (4095.0f + q)))));
    float below = 7905853580625.0f
            + q * (3794809718700.0f
                    + q * (252070693875.0f + q * (5237832600.0f + q * (41351310.0f + q * (120120.0f + q * 91.0f)))));
    return clip(x * above / below, 1.0f);
}

float scaleOf(__global const float *values, int layer, int unit) {
    return NEURON == TANH ? 1.0f : exp(values[AT_SCALES + layer * UNITS + unit]);
}

float biasOf(__global const float *values, int layer, int unit) {
    if (layer == 0) {
        return INPUT_BIAS ? values[AT_BIASES + unit] : 0.0f;
    }
    return STAGE_BIASES ? values[AT_BIASES + (INPUT_BIAS + (TIED ? 0 : layer - 1)) * UNITS + unit] : 0.0f;
}

float neuron(float u, float scale, float slope) {
    if (NEURON == TANH) {
        return hyperbolicTangent(u);
    }
    float clipped = clip(u, scale);
    if (NEURON == BOUNDED) {
        return clipped;
    }
    return slope > 0 ? hyperbolicTangent(slope * (u - clipped)) : u - clipped;
}

/* Turns the gradient in z into that in u; sets what this value adds to the gradient of rho. */
float neuronGradient(float gradient, float u, float z, float scale, float slope, float *ofScale) {
    *ofScale = 0.0f;
    if (NEURON == TANH) {
        return gradient * (1.0f - z * z);
    }
    if (NEURON == BOUNDED) {
        float side = sign(u - z);
        *ofScale = gradient * side * scale;
        return gradient * (1.0f - fabs(side));
    }
    float inner = slope > 0 ? gradient * slope * (1.0f - z * z) : gradient;
    float side = sign(u - clip(u, scale));
    *ofScale = -inner * side * scale;
    return inner * fabs(side);
}

/* ---- Forward ---- */

/* u_0 = g W y + b_0 and z_0. Rows: units; columns: images. u, z: models x LAYERS x BLOCK. */
TILED void inputLayer(
        __global const float *floats, __global const float *parameters, __global const float *images,
        __global float *u, __global float *z, int parametersOfModel) {
    PRODUCT
    __global const float *values = parameters + model * parametersOfModel;
    multiply(values, 1, UNITS, UNITS, images + (size_t) model * IMAGES * INPUTS, INPUTS, 1, IMAGES, INPUTS, left, right, sum);
    size_t layer = (size_t) model * LAYERS * BLOCK;
    FOR_EACH(UNITS, IMAGES, {
        float in = floats[model * FLOATS + GAIN] * value + biasOf(values, 0, i);
        u[layer + j * UNITS + i] = in;
        z[layer + j * UNITS + i] = neuron(in, scaleOf(values, 0, i), 0.0f);
    })
}

/* u_k and z_k from z_{k-1}, for k = stage >= 1. */
TILED void stageLayer(
        __global const float *floats, __global const float *parameters, __global float *u, __global float *z, int stage,
        int parametersOfModel) {
    PRODUCT
    __global const float *values = parameters + model * parametersOfModel;
    __global const float *lateral = values + AT_LATERALS + (TIED ? 0 : stage - 1) * UNITS * UNITS;
    size_t first = (size_t) model * LAYERS * BLOCK;
    size_t layer = first + stage * BLOCK;
    multiply(lateral, 1, UNITS, UNITS, z + layer - BLOCK, UNITS, 1, IMAGES, UNITS, left, right, sum);
    float slope = stage == STAGES ? floats[model * FLOATS + SLOPE] : 0.0f;
    FOR_EACH(UNITS, IMAGES, {
        float in = (CHAIN ? 0.0f : u[first + j * UNITS + i]) + value + biasOf(values, stage, i);
        u[layer + j * UNITS + i] = in;
        z[layer + j * UNITS + i] = neuron(in, scaleOf(values, stage, i), slope);
    })
}

/* ---- Loss ---- */

/*
 * The slope c_ij of each pair of a batch, in both orders, and the loss, a part for each work-group. Rows and columns: images.
 * slopes: models x IMAGES x IMAGES; losses: models x STEPS x LOSS_TILES.
 */
TILED void pairSlopes(
        __global const float *floats, __global const int *ints, __global const int *batches,
        __global const int *originals, __global const uint *relation, __global const int *pairs,
        __global const float *z, __global float *slopes, __global float *losses, int step) {
    PRODUCT
    __local float norms[ROWS + COLUMNS];
    __local float parts[ITEMS];
    __global const float *x = z + (size_t) (model * LAYERS + STAGES) * BLOCK;
    int item = get_local_id(0) + 2 * get_local_id(1);
    for (int at = item; at < ROWS + COLUMNS; at += ITEMS) {
        int image = at < ROWS ? get_group_id(0) * ROWS + at : get_group_id(1) * COLUMNS + at - ROWS;
        float norm = 0.0f;
        for (int k = 0; k < UNITS && image < IMAGES; k++) {
            norm += x[image * UNITS + k] * x[image * UNITS + k];
        }
        norms[at] = norm;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    multiply(x, UNITS, 1, IMAGES, x, UNITS, 1, IMAGES, UNITS, left, right, sum);
    __global const int *own = ints + model * INTS;
    __global const float *numbers = floats + model * FLOATS;
    __global const int *batch = batches + (model * STEPS + step) * IMAGES;
    __global const int *first = originals + own[ROWS_AT];
    int similar = pairs[2 * (model * STEPS + step)];
    int dissimilar = pairs[2 * (model * STEPS + step) + 1];
    float pullWeight = similar == 0 ? 0.0f : numbers[SHARE] / similar;
    float pushWeight = dissimilar == 0 ? 0.0f : numbers[SIGN] * (1.0f - numbers[SHARE]) / dissimilar;
    float part = 0.0f;
    FOR_EACH(IMAGES, IMAGES, {
        float slope = 0.0f;
        if (first[batch[i]] != first[batch[j]]) {
            float apart = norms[i - get_group_id(0) * ROWS] + norms[ROWS + j - get_group_id(1) * COLUMNS] - 2.0f * value;
            float squared = apart < 0.0f ? 0.0f : apart;
            if (similarRows(own, relation, batch[i], batch[j])) {
                slope = pullWeight;
                part += 0.25f * pullWeight * squared;
            } else {
                float distance = sqrt(squared);
                float shortfall = numbers[MARGIN] - distance < 0.0f ? 0.0f : numbers[MARGIN] - distance;
                slope = -pushWeight * shortfall / fmax(1e-3f, distance);
                part += 0.25f * pushWeight * shortfall * shortfall;
            }
        }
        slopes[(size_t) model * IMAGES * IMAGES + j * IMAGES + i] = slope;
    })
    parts[item] = part;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (item == 0) {
        for (int k = 1; k < ITEMS; k++) {
            part += parts[k];
        }
        losses[(model * STEPS + step) * LOSS_TILES + get_group_id(0) + get_num_groups(0) * get_group_id(1)] = part;
    }
}

/*
 * The gradient of the loss in the outputs, sum_j c_bj (x_b - x_j) and that of the penalty, carried through the last layer's
 * neurons. Rows: units; columns: images. deltas, scaleGradients: models x LAYERS x BLOCK; inputDelta: models x BLOCK.
 */
TILED void outputGradient(
        __global const float *floats, __global const float *parameters, __global const float *slopes,
        __global const float *u, __global const float *z, __global float *deltas, __global float *scaleGradients,
        __global float *inputDelta, __global float *losses, int step, int parametersOfModel) {
    PRODUCT
    __local float degrees[COLUMNS];
    __local float parts[ITEMS];
    size_t layer = (size_t) (model * LAYERS + STAGES) * BLOCK;
    __global const float *weight = slopes + (size_t) model * IMAGES * IMAGES;
    __global const float *values = parameters + model * parametersOfModel;
    int item = get_local_id(0) + 2 * get_local_id(1);
    for (int at = item; at < COLUMNS; at += ITEMS) {
        int image = get_group_id(1) * COLUMNS + at;
        float degree = 0.0f;
        for (int k = 0; k < IMAGES && image < IMAGES; k++) {
            degree += weight[image * IMAGES + k];
        }
        degrees[at] = degree;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    multiply(z + layer, 1, UNITS, UNITS, weight, IMAGES, 1, IMAGES, IMAGES, left, right, sum);
    float penalty = floats[model * FLOATS + PENALTY];
    float slope = floats[model * FLOATS + SLOPE];
    float part = 0.0f;
    FOR_EACH(UNITS, IMAGES, {
        size_t at = layer + j * UNITS + i;
        float x = z[at];
        float gradient = degrees[j - get_group_id(1) * COLUMNS] * x - value + penalty * sign(x);
        float ofScale;
        float delta = neuronGradient(gradient, u[at], x, scaleOf(values, STAGES, i), slope, &ofScale);
        part += penalty * fabs(x);
        deltas[at] = delta;
        scaleGradients[at] = ofScale;
        inputDelta[(size_t) model * BLOCK + j * UNITS + i] = delta;
    })
    parts[item] = part;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (item == 0) {
        for (int k = 1; k < ITEMS; k++) {
            part += parts[k];
        }
        losses[(model * STEPS + step) * LOSS_TILES + GRAM_TILES + get_group_id(0)
                + get_num_groups(0) * get_group_id(1)] = part;
    }
}

/* ---- Backward ---- */

/* Carries the gradient from layer k = stage to layer k - 1. Rows: units; columns: images. */
TILED void stageGradient(
        __global const float *parameters, __global const float *u, __global const float *z, __global float *deltas,
        __global float *scaleGradients, __global float *inputDelta, int stage, int parametersOfModel) {
    PRODUCT
    __global const float *values = parameters + model * parametersOfModel;
    __global const float *lateral = values + AT_LATERALS + (TIED ? 0 : stage - 1) * UNITS * UNITS;
    size_t layer = (size_t) (model * LAYERS + stage) * BLOCK;
    multiply(lateral, UNITS, 1, UNITS, deltas + layer, UNITS, 1, IMAGES, UNITS, left, right, sum);
    FOR_EACH(UNITS, IMAGES, {
        size_t at = layer - BLOCK + j * UNITS + i;
        size_t total = (size_t) model * BLOCK + j * UNITS + i;
        float ofScale;
        float delta = neuronGradient(value, u[at], z[at], scaleOf(values, stage - 1, i), 0.0f, &ofScale);
        deltas[at] = delta;
        scaleGradients[at] = ofScale;
        inputDelta[total] = CHAIN ? delta : inputDelta[total] + delta;
    })
}

/* ---- Updates ---- */

/*
 * Moves one value against its gradient. correction and unbiased are Adam's 1 / (1 - 0.9^t) and 1 / (1 - 0.999^t).
 * The second moments lie behind the first ones of all models; SGD has none of them, momentum the first ones.
 */
void move(
        __global float *value, __global float *first, __global float *second, float gradient, float kept, float rate,
        float correction, float unbiased) {
    if (OPTIMIZER == SGD) {
        *value = kept * *value - rate * gradient;
    } else if (OPTIMIZER == MOMENTUM) {
        *first = 0.9f * *first + gradient;
        *value = kept * *value - rate * *first;
    } else {
        *first = 0.9f * *first + (1.0f - 0.9f) * gradient;
        *second = 0.999f * *second + (1.0f - 0.999f) * gradient * gradient;
        *value = kept * *value - rate * correction * *first / (sqrt(*second * unbiased) + 1e-8f);
    }
}

/* W. Rows: units; columns: inputs. firstMoments, secondMoments: models x PARAMETERS. */
TILED void inputUpdate(
        __global const float *floats, __global float *parameters, __global float *firstMoments,
        __global float *secondMoments, __global const float *images, __global const float *inputDelta, float correction,
        float unbiased) {
    PRODUCT
    multiply(inputDelta + (size_t) model * BLOCK, 1, UNITS, UNITS, images + (size_t) model * IMAGES * INPUTS, 1, INPUTS,
            INPUTS, IMAGES, left, right, sum);
    __global const float *numbers = floats + model * FLOATS;
    FOR_EACH(UNITS, INPUTS, {
        size_t at = (size_t) model * PARAMETERS + j * UNITS + i;
        move(parameters + at, firstMoments + at, secondMoments + at, numbers[GAIN] * value, numbers[FIRST_KEPT],
                numbers[RATE], correction, unbiased);
    })
}

/* One S; the only one, where stages are tied. Rows and columns: units. */
TILED void stageUpdate(
        __global const float *floats, __global float *parameters, __global float *firstMoments,
        __global float *secondMoments, __global const float *z, __global const float *deltas, int lateral,
        float correction, float unbiased) {
    PRODUCT
    for (int stage = lateral + 1; stage <= (TIED ? STAGES : lateral + 1); stage++) {
        size_t layer = (size_t) (model * LAYERS + stage) * BLOCK;
        multiply(deltas + layer, 1, UNITS, UNITS, z + layer - BLOCK, 1, UNITS, UNITS, IMAGES, left, right, sum);
    }
    __global const float *numbers = floats + model * FLOATS;
    FOR_EACH(UNITS, UNITS, {
        size_t at = (size_t) model * PARAMETERS + AT_LATERALS + (lateral * UNITS + j) * UNITS + i;
        move(parameters + at, firstMoments + at, secondMoments + at, value, numbers[LATER_KEPT], numbers[RATE], correction,
                unbiased);
    })
}

/* Biases and scales, a unit of a vector an item. Global: at least units, x vectors x models. */
__kernel void vectorUpdate(
        __global const float *floats, __global float *parameters, __global float *firstMoments,
        __global float *secondMoments, __global const float *deltas, __global const float *scaleGradients,
        __global const float *inputDelta, float correction, float unbiased) {
    int unit = get_global_id(0);
    int vector = get_global_id(1);
    int model = get_global_id(2);
    if (unit >= UNITS) {
        return;
    }
    size_t layers = (size_t) model * LAYERS * BLOCK;
    int biases = INPUT_BIAS + STAGE_BIASES * LATERALS;
    float gradient = 0.0f;
    if (vector >= biases) {
        __global const float *of = scaleGradients + layers + (vector - biases) * BLOCK;
        for (int b = 0; b < IMAGES; b++) {
            gradient += of[b * UNITS + unit];
        }
    } else if (INPUT_BIAS && vector == 0) {
        for (int b = 0; b < IMAGES; b++) {
            gradient += inputDelta[(size_t) model * BLOCK + b * UNITS + unit];
        }
    } else {
        int first = vector - INPUT_BIAS + 1;
        for (int stage = first; stage <= (TIED ? STAGES : first); stage++) {
            for (int b = 0; b < IMAGES; b++) {
                gradient += deltas[layers + stage * BLOCK + b * UNITS + unit];
            }
        }
    }
    size_t at = (size_t) model * PARAMETERS + AT_BIASES + vector * UNITS + unit;
    move(parameters + at, firstMoments + at, secondMoments + at, gradient, 1.0f, floats[model * FLOATS + RATE], correction,
            unbiased);
}

/* Adds the values that an epoch ended with to the sums of models whose last epochs are averaged. Global: at least PARAMETERS, x models. */
__kernel void average(__global const int *ints, __global const float *parameters, __global float *sums, int epoch) {
    int model = get_global_id(1);
    __global const int *own = ints + model * INTS;
    if (get_global_id(0) < PARAMETERS && own[AVERAGED] > 1 && epoch > own[EPOCHS] - own[AVERAGED]) {
        size_t at = (size_t) model * PARAMETERS + get_global_id(0);
        sums[at] += parameters[at];
    }
}
