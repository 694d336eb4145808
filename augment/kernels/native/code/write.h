// A row of planes to memory in the layout that is wanted, and the way between planes and four floats a pixel.
#pragma once
#include "vector.h"

INLINE void transpose(v4& a, v4& b, v4& c, v4& d) {
  v4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  v4 ef = __builtin_shufflevector(a, b, 2, 6, 3, 7), gh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  a = __builtin_shufflevector(ab, cd, 0, 1, 4, 5); b = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
  c = __builtin_shufflevector(ef, gh, 0, 1, 4, 5); d = __builtin_shufflevector(ef, gh, 2, 3, 6, 7);
}

// four floats a pixel to planes; n is rounded up to whole vectors
INLINE void split4(const float* q, int n, const Row& row) {
  for (int i = 0; i < n; i += 4) {
    v4 a = load4(q + 4 * i), b = load4(q + 4 * i + 4), c = load4(q + 4 * i + 8), d = load4(q + 4 * i + 12);
    transpose(a, b, c, d);
    store4(row.plane[0] + i, a); store4(row.plane[1] + i, b); store4(row.plane[2] + i, c);
    if (row.count > 3) store4(row.plane[3] + i, d);
  }
}

// planes to pixels of three or four floats, step floats apart
INLINE void join(const Row& row, int n, float* out, int step) {
  const int channels = row.count, last = step == 4 ? n : n - 2;   // steps of three write a float too many
  int i = 0;
  for (; i + 4 <= last; i += 4) {
    v4 a = load4(row.plane[0] + i), b = load4(row.plane[1] + i), c = load4(row.plane[2] + i), d = channels > 3 ? load4(row.plane[3] + i) : v4{};
    transpose(a, b, c, d);
    float* o = out + (long)step * i;
    store4(o, a); store4(o + step, b); store4(o + 2 * step, c); store4(o + 3 * step, d);
  }
  for (; i < n; i++) for (int c = 0; c < step; c++) out[(long)step * i + c] = c < channels ? row.plane[c][i] : 0.f;
}

// levels of three or four channels as bytes side by side
INLINE void bytes(const Row& row, int n, uint8_t* out) {
  const int channels = row.count;
  ALIGNED int32_t word[TILE];
  for (int i = 0; i < n; i += WIDTH) {
    vi w{};
    for (int c = 0; c < channels; c++) w |= whole(nearest(unit(load(row.plane[c] + i)) * all(255.f))) << (8 * c);
    store(word + i, w);
  }
  if (channels == 4) { memcpy(out, word, 4 * (size_t)n); return; }
  const b16 three = {0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15};
  int i = 0;
  for (; i + 6 <= n; i += 4) {   // sixteen bytes, of which four are written again
    b16 v; memcpy(&v, word + i, 16);
    v = __builtin_shuffle(v, three);
    memcpy(out + 3 * (long)i, &v, 16);
  }
  for (; i < n; i++) for (int c = 0; c < 3; c++) out[3 * (long)i + c] = (uint8_t)(word[i] >> (8 * c));
}

INLINE void byte_plane(const float* p, int n, uint8_t* out) {
  ALIGNED int32_t word[TILE];
  for (int i = 0; i < n; i += WIDTH) store(word + i, whole(nearest(unit(load(p + i)) * all(255.f))));
  for (int i = 0; i < n; i++) out[i] = (uint8_t)word[i];
}

static void write(void* out, int layout, long rows, long columns, int y, int x0, int n, const Row& row) {
  const long at = (long)y * columns + x0, plane = rows * columns;
  const int channels = row.count;
  float* f = (float*)out; uint8_t* b = (uint8_t*)out;
  switch (layout) {
    case PLANES: for (int c = 0; c < channels; c++) memcpy(f + c * plane + at, row.plane[c], 4 * (size_t)n); break;
    case BYTE_PLANES: for (int c = 0; c < channels; c++) byte_plane(row.plane[c], n, b + c * plane + at); break;
    case FOURS: join(row, n, f + 4 * at, 4); break;
    case PIXELS:
      if (channels == 3 || channels == 4) join(row, n, f + channels * at, channels);
      else for (int c = 0; c < channels; c++) for (int i = 0; i < n; i++) f[(at + i) * channels + c] = row.plane[c][i];
      break;
    case BYTES:
      if (channels == 3 || channels == 4) bytes(row, n, b + channels * at);
      else if (channels == 1) byte_plane(row.plane[0], n, b + at);
      else for (int c = 0; c < channels; c++) {
        uint8_t levels[TILE];
        byte_plane(row.plane[c], n, levels);
        for (int i = 0; i < n; i++) b[(at + i) * channels + c] = levels[i];
      }
  }
}
