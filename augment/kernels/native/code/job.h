// The interface between Python and the native code: a job is 64-bit whole numbers, its program is doubles.
#pragma once
#include <cstdint>

constexpr int TILE = 512;   // pixels of a row that stay in the first cache
constexpr int BLOCK = 64;   // pixels whose coordinates count from one anchor: results do not depend on the size of a tile
constexpr int MOST = 8;     // channels
constexpr int MOST_TAPS = 63;
constexpr int LEVELS = 256;
constexpr double HORIZON = 1e-6;
constexpr double NEAREST_BIAS = 1.0 / 1024;
constexpr float HALF_UP = 0.51f;

enum Stage { END, WALK, COPY, ALONG, LINEAR, POWER, HUE, TABLE, ROUND, TAIL, ERASE, SELECT, CONVOLVE, MIX, STAGES };
enum Kind { U8, F32 };
enum Border { CONSTANT, REFLECT, REFLECT101, REPLICATE, WRAP };
enum Layout { PLANES, PIXELS, BYTES, BYTE_PLANES, FOURS };   // float (C, H, W); float (H, W, C); uint8 of both; float (H, W, 4) of three
enum Refusal { DONE = 0, BAD_JOB = -1, BAD_PROGRAM = -2, NO_MEMORY = -3 };

struct Job {
  int64_t data, sy, sx, sc, height, width, channels, kind;   // the source, strides in elements (in bytes for pick)
  int64_t out, rows, columns, layout, tile;
  int64_t tables;                                            // float[256] each
  int64_t fields;                                            // Field[]
  int64_t field_count, table_count;
  int64_t axes;                                              // Axes, where rows and columns are read along, or 0
};
struct Field { int64_t data, height, width; };               // float (h, w, 2), in order

// What follows a WALK: border, whether it goes step by step, whether any canvas has a colour, the number of legs; then each leg from the
// output back: matrix (9), width, height, sides (bits: left, top, right, bottom), field or -1, whether it folds, colour (channels).
constexpr int WALK_HEAD = 5, LEG = 14;

// The output begins at top and left of what the weights make of the source.
struct Axes {
  int64_t first_y, weights_y, taps_y, first_x, weights_x, taps_x;   // int32[], float[][taps]
  int64_t top, left, clips;
};
struct AxisJob { int64_t extent, size, taps, first, weights; };   // 2 taps or 4; int32[size], float[size][min(taps, extent)]
struct AdaptJob { int64_t data, height, width, channels, rows, columns, out; };   // uint8 and float (1 or 3, h, w), in order; tiles
struct WayJob { int64_t walks, legs, border, rows, columns, channels, out; };   // of the output; channels whose colours matter, of eight
constexpr int WAY_HEAD = 11;   // facts, a box and six numbers of a matrix, before a number for each leg and the stage
struct NoiseJob { int64_t first, second, number, normal, out, count; };   // the words of the key; float[count]
