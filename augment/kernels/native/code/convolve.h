// Separable convolutions of planes: of a tile first down its columns and those beside it, then across. Beyond an edge lies the
// mirror image about the last pixel.
#pragma once
#include "vector.h"

INLINE int mirrored(int i, int n) {
  if (n == 1) return 0;
  const int period = 2 * (n - 1);
  i = (i % period + period) % period;
  return i < n ? i : period - i;
}

// from n floats at each of count places, rounded up to blocks
INLINE void weigh(const float* const* p, const float* w, int count, int n, float* out) {
  constexpr int STEP = BLOCK / WIDTH < 4 ? BLOCK / WIDTH : 4;   // vectors at a time, which share a weight
  for (int i = 0; i < n; i += STEP * WIDTH) {
    vf total[STEP];
    UNROLLED for (int v = 0; v < STEP; v++) total[v] = load(p[0] + i + v * WIDTH) * all(w[0]);
    for (int k = 1; k < count; k++) {
      const vf weight = all(w[k]);
      UNROLLED for (int v = 0; v < STEP; v++) total[v] = fused(load(p[k] + i + v * WIDTH), weight, total[v]);
    }
    UNROLLED for (int v = 0; v < STEP; v++) store(out + i + v * WIDTH, total[v]);
  }
}

// p: the taps down and across, then the weights of both; planes may be read a block beyond their end
static void convolve(const double* p, const float* planes, int rows, int columns, int y, int x0, int n, const Row& row) {
  const int taps_y = (int)p[0], taps_x = (int)p[1], ry = taps_y / 2, rx = taps_x / 2;
  float down[MOST_TAPS], across[MOST_TAPS];
  for (int k = 0; k < taps_y; k++) down[k] = (float)p[2 + k];
  for (int k = 0; k < taps_x; k++) across[k] = (float)p[2 + taps_y + k];
  const int low = at_least(x0 - rx, 0), high = at_most(x0 + n + rx, columns), shift = rx - x0;   // of columns in the line
  ALIGNED float line[TILE + 2 * MOST_TAPS + BLOCK];
  for (int c = 0; c < row.count; c++) {
    const float* at[MOST_TAPS];
    for (int k = 0; k < taps_y; k++) at[k] = planes + ((long)c * rows + mirrored(y + k - ry, rows)) * columns + low;
    weigh(at, down, taps_y, high - low, line + low + shift);
    for (int x = x0 - rx; x < low; x++) line[x + shift] = line[mirrored(x, columns) + shift];
    for (int x = high; x < x0 + n + rx; x++) line[x + shift] = line[mirrored(x, columns) + shift];
    for (int k = 0; k < taps_x; k++) at[k] = line + k;
    weigh(at, across, taps_x, n, row.plane[c]);
  }
}
