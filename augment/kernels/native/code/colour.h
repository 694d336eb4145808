// Stages that change the values of a row of pixels.
#pragma once
#include "vector.h"

INLINE vf log2_of(vf x) {   // x > 0; 2e-7 beside 1
  vi bits = (vi)x, e = (bits - 0x3f3504f3) >> 23;
  vf t = (vf)(bits - (e << 23)) - all(1.f);
  // log2(1 + t) / t, t from -0.293 to 0.414
  const float c[9] = {1.442695f, -0.721347333f, 0.48091061f, -0.360704828f, 0.287918324f, -0.23892034f, 0.215669859f, -0.207421035f, 0.126148466f};
  vf p = all(c[8]);
  UNROLLED for (int k = 7; k >= 0; k--) p = fused(p, t, all(c[k]));
  return fused(p, t, real(e));
}

INLINE vf exp2_of(vf x) {   // x <= 0
  x = most(x, all(-126.f));
  vf floor = down(x), f = x - floor;
  const float c[6] = {0.999999896f, 0.69315462f, 0.24014077f, 0.0558632827f, 0.00894621467f, 0.00189510729f};
  vf p = all(c[5]);
  UNROLLED for (int k = 4; k >= 0; k--) p = fused(p, f, all(c[k]));
  return p * (vf)((whole(floor) + 127) << 23);
}

static void power(Row row, int n, float exponent) {
  for (int c = 0; c < row.count; c++) {
    float* p = row.plane[c];
    EACH {
      vf x = load(p + i), y = least(exp2_of(all(exponent) * log2_of(least(most(x, all(1e-37f)), all(1.f)))), all(1.f));
      store(p + i, choose(x > all(0.f), y, all(0.f)));
    }
  }
}

static void turn_hue(Row row, int n, float turns) {
  float *r_ = row.plane[0], *g_ = row.plane[1], *b_ = row.plane[2];
  float shift = 6 * (turns - std::floor(turns));
  if (!(shift >= 0 && shift <= 6)) shift = 0;
  EACH {
    vf r = load(r_ + i), g = load(g_ + i), b = load(b_ + i);
    vf high = most(r, most(g, b)), low = least(r, least(g, b)), chroma = high - low;
    vf inverse = all(1.f) / choose(chroma == all(0.f), all(1.f), chroma);
    vf hue = choose(high == r, (g - b) * inverse, choose(high == g, fused(b - r, inverse, all(2.f)), fused(r - g, inverse, all(4.f)))) + all(shift);
    hue -= all(6.f) * down(hue * all(1 / 6.f));
    // each channel lies high, falls, lies low and rises once around the circle
    store(r_ + i, high - chroma * unit(all(2.f) - size(hue - all(3.f))));
    store(g_ + i, high - chroma * unit(size(hue - all(2.f)) - all(1.f)));
    store(b_ + i, high - chroma * unit(size(hue - all(4.f)) - all(1.f)));
  }
}

INLINE void line(float* p, int n, float gain, float offset) { EACH store(p + i, unit(fused(all(gain), load(p + i), all(offset)))); }

// clip(gain x + gray grey(x) + offset): mean is that of each channel, times what counts of it
static void linear(Row row, int n, float gain, float gray, const float* offset) {
  if (row.count == 1) { gain += gray; gray = 0; }
  if (gray == 0 || row.count != 3) {
    for (int c = 0; c < row.count; c++) line(row.plane[c], n, gain, offset[c]);
    return;
  }
  float *r = row.plane[0], *g = row.plane[1], *b = row.plane[2];
  EACH {
    vf x[3] = {load(r + i), load(g + i), load(b + i)};
    const vf y = fused(all(.114f), x[2], fused(all(.587f), x[1], all(.299f) * x[0]));
    UNROLLED for (int c = 0; c < 3; c++) store(row.plane[c] + i, unit(fused(all(gain), x[c], fused(all(gray), y, all(offset[c])))));
  }
}

// each channel of so many becomes a mixture of all: p holds their number, a row of weights for each, and what is added
template <int COUNT> INLINE void mix_of(Row row, int n, const double* p) {
  const int count = COUNT ? COUNT : row.count;
  float weight[MOST][MOST], offset[MOST];
  for (int c = 0; c < count; c++) {
    offset[c] = (float)p[1 + count * count + c];
    for (int k = 0; k < count; k++) weight[c][k] = (float)p[1 + count * c + k];
  }
  EACH {
    vf x[MOST];
    UNROLLED for (int c = 0; c < count; c++) x[c] = load(row.plane[c] + i);
    UNROLLED for (int c = 0; c < count; c++) {
      vf total = all(offset[c]);
      UNROLLED for (int k = 0; k < count; k++) total = fused(all(weight[c][k]), x[k], total);
      store(row.plane[c] + i, unit(total));
    }
  }
}

static void mix(Row row, int n, const double* p) {
  if (row.count != (int)p[0]) return;
  if (row.count == 3) mix_of<3>(row, n, p); else mix_of<0>(row, n, p);
}

static void round8(Row row, int n) {
  for (int c = 0; c < row.count; c++) EACH store(row.plane[c] + i, down(load(row.plane[c] + i) * all(255.f) + all(HALF_UP)) * all(1 / 255.f));
}

// what becomes of each level, of images that are on the 8-bit grid
static void look_up(Row row, int n, const float* table) {
  for (int c = 0; c < row.count; c++) {
    float* p = row.plane[c];
    EACH {
      ALIGNED int32_t level[WIDTH];
      store(level, whole(unit(load(p + i)) * all(255.f) + all(0.5f)));
      for (int k = 0; k < WIDTH; k++) p[i + k] = table[level[k] & 255];
    }
  }
}

static void tail(Row row, int n, const double* gain, const double* offset) {
  for (int c = 0; c < row.count; c++) EACH store(row.plane[c] + i, fused(load(row.plane[c] + i), all((float)gain[c]), all((float)offset[c])));
}

static void erase(Row row, int n, int y, int x0, const double* p, int channels) {   // count, colour, rectangles
  int count = (int)p[0];
  const double* rectangle = p + 1 + channels;
  for (int k = 0; k < count; k++, rectangle += 4) {
    if (!(y >= rectangle[0] && y < rectangle[2])) continue;
    const int first = (int)bounded(rectangle[1] - x0, n), last = (int)bounded(rectangle[3] - x0, n);
    for (int c = 0; c < channels; c++) for (int i = at_least(first, 0); i < last; i++) row.plane[c][i] = (float)p[1 + c];
  }
}

// sums of each channel, in an order that neither tiles nor the width of vectors change
static void add_up(Row row, int n, double* sum) {
  for (int c = 0; c < row.count; c++) {
    float* p = row.plane[c];
    for (int i = n; i < up_to(n, BLOCK); i++) p[i] = 0;
    for (int b = 0; b < n; b += BLOCK) {
      constexpr int VECTORS = 16 / WIDTH;
      vf part[VECTORS] = {};
      for (int i = b; i < b + BLOCK; i += 16) for (int k = 0; k < VECTORS; k++) part[k] += load(p + i + k * WIDTH);
      double total = 0;
      for (const vf& some : part) for (int k = 0; k < WIDTH; k++) total += some[k];
      sum[c] += total;
    }
  }
}
