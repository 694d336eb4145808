// Resampling along the axes: of a tile first down the columns that it reads, then across, by weights that are given.
#pragma once
#include "write.h"

constexpr int SPARE = 2 * BLOCK;   // floats behind a line that whole vectors may read and write

// How a run reads its columns: weights lie by taps, as vectors of pixels take them; made once for all rows.
struct Across {
  int32_t* at;      // of each pixel: how far behind the first of its vector it reads
  long* first;      // of each vector of pixels: the least column that it reads
  int* span;        // and how far behind that the furthest of its pixels begins
  float* weights;   // float[taps][room]
  float* line;      // room for a line of channels, in order and apart
  long room, reach; // pixels, rounded up; the columns of a tile, and those to spare
};

INLINE long least_of(const int32_t* first, long n) { return first[0] < first[n - 1] ? first[0] : first[n - 1]; }   // one way or mirrored
INLINE long most_of(const int32_t* first, long n) { return first[0] < first[n - 1] ? first[n - 1] : first[0]; }
INLINE long wide_of(const Source& s) { return s.sx == 1 ? 1 : s.sx; }   // elements from a column to the next

static long reach_of(const Axes& axes, long columns, int tile) {
  const int32_t* first = (const int32_t*)axes.first_x + axes.left;
  long reach = 0;
  for (long x = 0; x < columns; x += tile) {
    const long n = columns - x < tile ? columns - x : tile, own = most_of(first + x, n) - least_of(first + x, n);
    reach = own > reach ? own : reach;
  }
  return reach + axes.taps_x + SPARE;
}

// the floats that an Across takes
static size_t floats_of(const Axes& axes, const Source& s, long columns, int tile) {
  const size_t room = (columns + BLOCK - 1) / BLOCK * BLOCK, reach = reach_of(axes, columns, tile);
  return room * (axes.taps_x + 1) + 4 * room / WIDTH + reach * (wide_of(s) + s.channels);
}

static Across across_of(const Axes& axes, const Source& s, long columns, int tile, float* memory) {
  const long room = (columns + BLOCK - 1) / BLOCK * BLOCK, vectors = room / WIDTH, taps = axes.taps_x;
  Across out;
  out.room = room; out.reach = reach_of(axes, columns, tile);
  out.first = (long*)memory; memory += 2 * vectors;
  out.span = (int*)memory; memory += 2 * vectors;
  out.at = (int32_t*)memory; memory += room;
  out.weights = memory; memory += room * taps;
  out.line = memory;
  const int32_t* first = (const int32_t*)axes.first_x + axes.left;
  const float* weights = (const float*)axes.weights_x + axes.left * taps;
  const float scale = s.kind == U8 ? 1 / 255.f : 1.f;
  for (long x = 0; x < room; x += WIDTH) {
    const long n = columns - x < WIDTH ? columns - x : WIDTH, v = x / WIDTH;
    if (n > 0) { out.first[v] = least_of(first + x, n); out.span[v] = (int)(most_of(first + x, n) - out.first[v]); }
    for (long i = x; i < x + WIDTH; i++) out.at[i] = i < columns ? (int32_t)(first[i] - out.first[v]) : 0;
  }
  for (long k = 0; k < taps; k++) for (long x = 0; x < room; x++) out.weights[k * room + x] = x < columns ? weights[x * taps + k] * scale : 0.f;
  return out;
}

INLINE vf values(const uint8_t* p) { return levels(p); }
INLINE vf values(const float* p) { return load(p); }

template <int TAPS, typename T> INLINE void down_columns(const T* p, long sy, long n, const float* w, int taps, float* line) {
  const int count = TAPS ? TAPS : taps;
  if (n < WIDTH) {
    for (long i = 0; i < n; i++) {
      float total = p[i] * w[0];
      for (int k = 1; k < count; k++) total = std::fma((float)p[i + k * sy], w[k], total);
      line[i] = total;
    }
    return;
  }
  for (long i = 0; i < n; i += WIDTH) {
    if (i > n - WIDTH) i = n - WIDTH;   // the last vector overlaps, so that nothing is read behind the row
    const T* q = p + i;
    vf total = values(q) * all(w[0]);
    UNROLLED for (int k = 1; k < count; k++) total = fused(values(q + k * sy), all(w[k]), total);
    store(line + i, total);
  }
}

template <typename T> INLINE void down_of(const T* p, long sy, long n, const float* w, int taps, float* line) {
  switch (taps) {
    case 2: return down_columns<2>(p, sy, n, w, taps, line);
    case 4: return down_columns<4>(p, sy, n, w, taps, line);
    default: return down_columns<0>(p, sy, n, w, taps, line);
  }
}

// pixels of three floats to planes; n is rounded up to whole vectors
INLINE void split3(const float* q, long n, float* a, float* b, float* c) {
#if WIDTH == 16
  struct Places {
    ALIGNED int32_t first[3][16], then[3][16];
    constexpr Places() : first(), then() {
      for (int k = 0; k < 3; k++) for (int i = 0; i < 16; i++) {
        const int at = 3 * i + k;
        first[k][i] = at < 32 ? at : 0; then[k][i] = at < 32 ? i : at - 16;
      }
    }
  };
  static constexpr Places places;
  float* const out[3] = {a, b, c};
  for (long i = 0; i < n; i += 16) {
    const __m512 x = (__m512)load(q + 3 * i), y = (__m512)load(q + 3 * i + 16), z = (__m512)load(q + 3 * i + 32);
    UNROLLED for (int k = 0; k < 3; k++) {
      const __m512 most = _mm512_permutex2var_ps(x, (__m512i)load(places.first[k]), y);
      store(out[k] + i, (vf)_mm512_permutex2var_ps(most, (__m512i)load(places.then[k]), z));
    }
  }
#else
  for (long i = 0; i < n; i++) { a[i] = q[3 * i]; b[i] = q[3 * i + 1]; c[i] = q[3 * i + 2]; }
#endif
}

// the values of p at places of which the furthest is span
INLINE vf picked(const float* p, vi at, int span) {
#if WIDTH == 16
  const __m512i places = (__m512i)at;
  __m512 found = _mm512_permutex2var_ps((__m512)load(p), places, (__m512)load(p + 16));   // the last five bits count
  for (int k = 32; k <= span; k += 32) {
    const __m512 next = _mm512_permutex2var_ps((__m512)load(p + k), places, (__m512)load(p + k + 16));
    found = _mm512_mask_blend_ps(_mm512_cmpge_epi32_mask(places, _mm512_set1_epi32(k)), found, next);
  }
  return (vf)found;
#elif WIDTH == 8
  return (vf)_mm256_i32gather_ps(p, (__m256i)at, 4);
#else
  vf out;
  for (int i = 0; i < WIDTH; i++) out[i] = p[at[i]];
  return out;
#endif
}

template <int TAPS> INLINE void across_columns(const Across& way, const float* const* line, long from, int x0, int n, int taps, const Row& row) {
  const int count = TAPS ? TAPS : taps;
  for (int i = 0; i < n; i += WIDTH) {
    const long x = x0 + i, v = x / WIDTH, start = way.first[v] - from;
    const int span = way.span[v];
    const vi at = load(way.at + x);
    for (int c = 0; c < row.count; c++) {
      const float *p = line[c] + start, *w = way.weights + x;
      vf total = picked(p, at, span) * load(w);
      UNROLLED for (int k = 1; k < count; k++) total = fused(picked(p + k, at, span), load(w + k * way.room), total);
      store(row.plane[c] + i, total);
    }
  }
}

template <typename T> static void along_of(const Axes& axes, const Across& way, const Source& s, int y, int x0, int n, const Row& row) {
  const int32_t* first = (const int32_t*)axes.first_x + axes.left + x0;
  const long from = least_of(first, n), columns = most_of(first, n) + axes.taps_x - from, apart = wide_of(s), down = axes.top + y;
  const T* p = (const T*)s.p + ((const int32_t*)axes.first_y)[down] * s.sy + from * s.sx;
  const float* w = (const float*)axes.weights_y + down * axes.taps_y;
  const float* line[MOST];
  float* memory = way.line + way.reach * apart;
  for (int c = 0; c < row.count; c++) line[c] = memory + c * way.reach;
  if (apart == 1) for (int c = 0; c < row.count; c++) down_of(p + c * s.sc, s.sy, columns, w, (int)axes.taps_y, (float*)line[c]);
  else {
    const float* q = way.line;
    down_of(p, s.sy, (columns - 1) * apart + row.count, w, (int)axes.taps_y, way.line);
    if (apart == 3 && row.count == 3) split3(q, columns, (float*)line[0], (float*)line[1], (float*)line[2]);
    else for (int c = 0; c < row.count; c++) for (long i = 0; i < columns; i++) ((float*)line[c])[i] = q[i * apart + c];
  }
  switch (axes.taps_x) {
    case 2: across_columns<2>(way, line, from, x0, n, 2, row); break;
    case 4: across_columns<4>(way, line, from, x0, n, 4, row); break;
    default: across_columns<0>(way, line, from, x0, n, (int)axes.taps_x, row);
  }
  if (axes.clips) for (int c = 0; c < row.count; c++) for (int i = 0; i < n; i += WIDTH) store(row.plane[c] + i, unit(load(row.plane[c] + i)));
}

static void along(const Axes& axes, const Across& way, const Source& s, int y, int x0, int n, const Row& row) {
  if (s.kind == U8) along_of<uint8_t>(axes, way, s, y, x0, n, row); else along_of<float>(axes, way, s, y, x0, n, row);
}
