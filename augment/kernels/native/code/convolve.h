// Separable convolutions of planes: first down, some rows of the output at once, as they share what they read; then across.
// Beyond an edge lies the mirror image about the last pixel.
#pragma once
#include "vector.h"

constexpr int TOGETHER = 4;                   // rows
constexpr int MARGIN = (MOST_TAPS + 1) / 2;   // columns beside a line

struct Lines { float* memory; long room; };   // of the rows of a group, those of each channel

INLINE long room_of(long columns) { return (columns + BLOCK - 1) / BLOCK * BLOCK + 2 * MARGIN; }
INLINE float* line_of(const Lines& lines, int y, int channels, int c) {
  return lines.memory + ((y % TOGETHER) * channels + c) * lines.room + MARGIN;
}

INLINE int mirrored(int i, int n) {
  if (n == 1) return 0;
  const int period = 2 * (n - 1);
  i = (i % period + period) % period;
  return i < n ? i : period - i;
}

// The group of rows that begins with y. p: the taps down and across, then the weights of both. Planes may be read a block beyond
// their end.
static void convolve_down(const double* p, const float* planes, int rows, int columns, int channels, int y, const Lines& lines) {
  const int taps = (int)p[0], beside = (int)p[1] / 2, seen = taps + TOGETHER - 1;
  float weight[MOST_TAPS + 2 * (TOGETHER - 1)] = {0};
  for (int k = 0; k < taps; k++) weight[TOGETHER - 1 + k] = (float)p[2 + k];
  long from[MOST_TAPS + TOGETHER - 1];
  for (int k = 0; k < seen; k++) from[k] = (long)mirrored(y + k - taps / 2, rows) * columns;
  for (int c = 0; c < channels; c++) {
    const float* plane = planes + (long)c * rows * columns;
    float* out[TOGETHER];
    for (int r = 0; r < TOGETHER; r++) out[r] = line_of(lines, y + r, channels, c);
    for (long i = 0; i < columns; i += 2 * WIDTH) {
      vf total[TOGETHER], next[TOGETHER];
      UNROLLED for (int r = 0; r < TOGETHER; r++) total[r] = next[r] = all(0.f);
      for (int k = 0; k < seen; k++) {
        const float* q = plane + from[k] + i;
        const vf x = load(q), z = load(q + WIDTH);
        UNROLLED for (int r = 0; r < TOGETHER; r++) {
          const vf w = all(weight[TOGETHER - 1 + k - r]);
          total[r] = fused(x, w, total[r]); next[r] = fused(z, w, next[r]);
        }
      }
      UNROLLED for (int r = 0; r < TOGETHER; r++) { store(out[r] + i, total[r]); store(out[r] + i + WIDTH, next[r]); }
    }
    for (float* line : out) for (int x = 1; x <= beside; x++) {
      line[-x] = line[mirrored(-x, columns)];
      line[columns - 1 + x] = line[mirrored(columns - 1 + x, columns)];
    }
  }
}

static void convolve_across(const double* p, const Lines& lines, int y, int x0, int n, const Row& row) {
  constexpr int STEP = 4;   // vectors, which share a weight
  const int taps = (int)p[1];
  const double* weights = p + 2 + (int)p[0];
  float weight[MOST_TAPS];
  for (int k = 0; k < taps; k++) weight[k] = (float)weights[k];
  for (int c = 0; c < row.count; c++) {
    const float* line = line_of(lines, y, row.count, c) + x0 - taps / 2;
    for (int i = 0; i < n; i += STEP * WIDTH) {
      vf total[STEP];
      UNROLLED for (int v = 0; v < STEP; v++) total[v] = all(0.f);
      for (int k = 0; k < taps; k++) {
        const vf w = all(weight[k]);
        UNROLLED for (int v = 0; v < STEP; v++) total[v] = fused(load(line + i + k + v * WIDTH), w, total[v]);
      }
      UNROLLED for (int v = 0; v < STEP; v++) store(row.plane[c] + i + v * WIDTH, total[v]);
    }
  }
}
