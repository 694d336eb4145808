// Contrast-limited equalisation by tiles, in the order of the reference: halves of levels are common, and the last bit of a float
// decides them.
#pragma once
#include <algorithm>
#include <cmath>
#include "vector.h"

constexpr float TO_WHOLE = 12582912.f;   // added and taken away, it rounds to the nearest, halves to even

// An axis cut into tiles; its pixels lie between the middles of two.
struct Cut {
  int64_t extent, count, side;
  // the pixel at a place from 0 on, by reflect101
  int64_t folded(int64_t at) const {
    if (extent == 1) return 0;
    at %= 2 * (extent - 1);
    return std::min(at, 2 * (extent - 1) - at);
  }
  void between(int64_t at, int32_t& before, int32_t& after, float& share) const {
    const float place = (float)at / (float)side - .5f, first = std::floor(place);
    before = (int32_t)std::max(0.f, std::min(first, count - 1.f));
    after = (int32_t)std::max(0.f, std::min(first + 1, count - 1.f));
    share = place - first;
  }
};

struct Adapting {
  Cut y, x;
  float *curves, *share, *line;     // of each tile; of each column, how near it is to the tile after it; a row of the result
  int32_t *column, *before, *after; // of each column of the tiles, its pixel; of each column, where the curves of two tiles begin
  uint8_t* light;                   // of three channels, their luma
  explicit Adapting(const AdaptJob& job) {
    const bool over = job.height % job.rows || job.width % job.columns;
    y = {job.height, job.rows, job.height / job.rows + over};
    x = {job.width, job.columns, job.width / job.columns + over};
  }
  size_t room(int64_t channels) const {   // in floats
    return LEVELS * y.count * x.count + 4 * x.extent + x.count * x.side + (channels == 1 ? 0 : (y.extent * x.extent + 3) / 4);
  }
  void lie(float* memory) {
    curves = memory; memory += LEVELS * y.count * x.count;
    share = memory; memory += x.extent;
    line = memory; memory += x.extent;
    before = (int32_t*)memory; memory += x.extent;
    after = (int32_t*)memory; memory += x.extent;
    column = (int32_t*)memory; memory += x.count * x.side;
    light = (uint8_t*)memory;
  }
};

// what of the counts is above the limit, a multiple of their mean, is cut off and spread over all levels
static void curve_of(int32_t* counts, float limit, float area, float* curve) {
  const int32_t most = (int32_t)std::min(std::max(std::floor(limit * (area / LEVELS)), 1.f), 2e9f);
  int32_t excess = 0, upto = 0;
  for (int k = 0; k < LEVELS; k++) excess += counts[k] > most ? counts[k] - most : 0;
  const int32_t share = excess / LEVELS, rest = excess % LEVELS, step = LEVELS / std::max(rest, 1);
  for (int k = 0; k < LEVELS; k++) counts[k] = (counts[k] < most ? counts[k] : most) + share;
  for (int k = 0; k < rest; k++) counts[k * step]++;
  for (int k = 0; k < LEVELS; k++) counts[k] = upto += counts[k];
  for (int k = 0; k < LEVELS; k++) curve[k] = std::min((float)counts[k] * (255.f / area) + TO_WHOLE - TO_WHOLE, 255.f);
}

static void count(const uint8_t* from, const int32_t* column, int64_t n, int32_t (*counts)[LEVELS]) {
  int64_t j = 0;   // neighbours are often of one level: by turns, they do not wait for each other
  for (; j + 2 <= n; j += 2) { counts[0][from[column[j]]]++; counts[1][from[column[j + 1]]]++; }
  if (j < n) counts[0][from[column[j]]]++;
}

// a row of levels through the curves of the tiles around it
static void through(const uint8_t* levels, const float* first, const float* last, float low, const Adapting& own, int64_t n, float* out) {
  int64_t j = 0;
  for (; j + WIDTH <= n; j += WIDTH) {
    const vi level = whole(::levels(levels + j)), left = load(own.before + j) + level, right = load(own.after + j) + level;
    const vf share = load(own.share + j), rest = all(1.f) - share, top = looked_up(first, left) * rest + looked_up(first, right) * share;
    store(out + j, (top * all(1 - low) + (looked_up(last, left) * rest + looked_up(last, right) * share) * all(low)) / all(255.f));
  }
  for (; j < n; j++) {
    const int32_t left = own.before[j] + levels[j], right = own.after[j] + levels[j];
    const float share = own.share[j], top = first[left] * (1 - share) + first[right] * share;
    out[j] = (top * (1 - low) + (last[left] * (1 - share) + last[right] * share) * low) / 255;
  }
}

static void luma(const uint8_t* red, int64_t plane, uint8_t* __restrict out) {
  const uint8_t *green = red + plane, *blue = green + plane;
  for (int64_t i = 0; i < plane; i++) out[i] = (19595 * red[i] + 38470 * green[i] + 7471 * blue[i] + 32768) >> 16;
}

// a row of one colour, which is raised as its luma is
static void raise(const uint8_t* levels, const float* gain, int64_t n, float* __restrict out) {
  for (int64_t j = 0; j < n; j++) {
    const float value = levels[j] / 255.f + gain[j], most = value < 1 ? value : 1;
    out[j] = most > 0 ? most : 0;
  }
}

static void adapt(const AdaptJob& job, float limit, Adapting& own) {
  const Cut &y = own.y, &x = own.x;
  const int64_t plane = job.height * job.width;
  const uint8_t *data = (const uint8_t*)job.data, *light = data;
  float* out = (float*)job.out;
  if (job.channels == 3) {
    luma(data, plane, own.light);
    light = own.light;
  }
  for (int64_t i = 0; i < x.count * x.side; i++) own.column[i] = (int32_t)x.folded(i);
  for (int64_t i = 0; i < x.extent; i++) {
    x.between(i, own.before[i], own.after[i], own.share[i]);
    own.before[i] *= LEVELS; own.after[i] *= LEVELS;
  }
  for (int64_t row = 0; row < y.count; row++) for (int64_t tile = 0; tile < x.count; tile++) {
    int32_t counts[2][LEVELS] = {};
    for (int64_t i = row * y.side; i < (row + 1) * y.side; i++) count(light + y.folded(i) * x.extent, own.column + tile * x.side, x.side, counts);
    for (int k = 0; k < LEVELS; k++) counts[0][k] += counts[1][k];
    curve_of(counts[0], limit, (float)(y.side * x.side), own.curves + LEVELS * (row * x.count + tile));
  }
  for (int64_t i = 0; i < y.extent; i++) {
    int32_t above, below; float low;
    y.between(i, above, below, low);
    const int64_t at = i * x.extent;
    float* line = job.channels == 1 ? out + at : own.line;
    through(light + at, own.curves + LEVELS * above * x.count, own.curves + LEVELS * below * x.count, low, own, x.extent, line);
    if (job.channels == 1) continue;
    for (int64_t j = 0; j < x.extent; j++) line[j] -= light[at + j] / 255.f;
    for (int c = 0; c < 3; c++) raise(data + c * plane + at, line, x.extent, out + c * plane + at);
  }
}
