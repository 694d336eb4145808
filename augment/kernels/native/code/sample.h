// Bilinear samples of a source at the places of a tile; taps beyond an edge are those at the edge, so none is read outside.
#pragma once
#include "colour.h"
#include "walk.h"
#include "write.h"

struct Taps { ALIGNED float fx[TILE], fy[TILE]; ALIGNED int32_t at[TILE]; };   // of the top left tap, whose neighbours are inside, too

static void find_taps(const Source& s, const Places& at, int n, Taps& taps) {
  const int last_x = at_least(s.width - 2, 0), last_y = at_least(s.height - 2, 0);
  for (int b = 0; b * BLOCK < n; b++) {
    const double ax = at.ax[b], ay = at.ay[b];   // whole numbers; near the image, exact in float32
    const vf x_low = all((float)-ax), x_high = all((float)(s.width - 1 - ax)), y_low = all((float)-ay), y_high = all((float)(s.height - 1 - ay));
    const vi row = all(at.ay[b]), column = all(at.ax[b]);
    for (int i = b * BLOCK; i < (b + 1) * BLOCK; i += WIDTH) {
      vf x = least(most(load(at.x + i), x_low), x_high), y = least(most(load(at.y + i), y_low), y_high);
      vi ix = whole(down(x)) + column, iy = whole(down(y)) + row;   // wraps around where the anchor is far away
      ix = ix < all(0) ? all(0) : ix; ix = ix > all(last_x) ? all(last_x) : ix;
      iy = iy < all(0) ? all(0) : iy; iy = iy > all(last_y) ? all(last_y) : iy;
      store(taps.fx + i, unit(x - real(ix - column))); store(taps.fy + i, unit(y - real(iy - row)));
      store(taps.at + i, iy * all((int32_t)s.sy) + ix * all((int32_t)s.sx));
    }
  }
}

template <typename T> INLINE float mixed(const T* a, const T* b, long right, float u, float v) {
  float l = a[0] + v * ((float)b[0] - (float)a[0]), r = a[right] + v * ((float)b[right] - (float)a[right]);
  return l + u * (r - l);   // first down, then across, in every layout: the same bits
}

template <typename T> INLINE void sample_any(const Source& s, const Taps& t, int n, const Row& row, float scale) {
  const long down = s.height > 1 ? s.sy : 0, right = s.width > 1 ? s.sx : 0;
  for (int c = 0; c < row.count; c++) {
    const T* p = (const T*)s.p + c * s.sc;
    for (int i = 0; i < n; i++) row.plane[c][i] = mixed(p + t.at[i], p + t.at[i] + down, right, t.fx[i], t.fy[i]) * scale;
  }
}

// A border that wraps joins the last pixel with the first, which are no neighbours in memory.
template <typename T> INLINE void sample_wrapped(const Source& s, const Places& at, int n, const Row& row, float scale) {
  for (int b = 0; b * BLOCK < n; b++) for (int i = b * BLOCK; i < at_most((b + 1) * BLOCK, n); i++) {
    const double x = folded((double)at.ax[b] + at.x[i], s.width, WRAP), y = folded((double)at.ay[b] + at.y[i], s.height, WRAP);
    int x0 = (int)bounded(x, 2e9), y0 = (int)bounded(y, 2e9);
    x0 = at_least(0, at_most(x0, s.width - 1)); y0 = at_least(0, at_most(y0, s.height - 1));
    const float u = (float)(x - x0), v = (float)(y - y0);
    const long right = x0 + 1 < s.width ? s.sx : -x0 * s.sx, down = y0 + 1 < s.height ? s.sy : -y0 * s.sy;
    for (int c = 0; c < row.count; c++) {
      const T* p = (const T*)s.p + c * s.sc + y0 * s.sy + x0 * s.sx;
      row.plane[c][i] = mixed(p, p + down, right, u, v) * scale;
    }
  }
}

// Pixels of three or four bytes side by side: both taps of a row are in eight bytes.
static void sample_bytes(const Source& s, const Taps& t, int n, const Row& row) {
  typedef float v8 __attribute__((vector_size(32)));
  typedef uint8_t b8 __attribute__((vector_size(8)));
  ALIGNED float q[TILE * 4];
  const long down = s.height > 1 ? s.sy : 0;
  const uint8_t* last = s.high - 8;
  const bool four = s.channels == 4;
  for (int i = 0; i < n; i++) {
    const uint8_t *a = s.p + t.at[i], *b = a + down;
    v8 top, low;
    if (__builtin_expect(a <= last && b <= last, 1)) {
#if defined(__AVX2__)
      top = (v8)_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i*)a)));
      low = (v8)_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i*)b)));
#else
      b8 x, y; memcpy(&x, a, 8); memcpy(&y, b, 8);
      top = __builtin_convertvector(x, v8); low = __builtin_convertvector(y, v8);
#endif
    } else {
      b8 x{}, y{}; memcpy(&x, a, 2 * s.channels); memcpy(&y, b, 2 * s.channels);
      top = __builtin_convertvector(x, v8); low = __builtin_convertvector(y, v8);
    }
    v8 m = top + (low - top) * t.fy[i];
    v4 left = __builtin_shufflevector(m, m, 0, 1, 2, 3);
    v4 right = four ? __builtin_shufflevector(m, m, 4, 5, 6, 7) : __builtin_shufflevector(m, m, 3, 4, 5, 6);
    store4(q + 4 * i, (left + (right - left) * t.fx[i]) * (1 / 255.f));
  }
  split4(q, up_to(n, 4), row);
}

// Pixels of three or four floats, step floats apart, of which four may be read at each.
static void sample_floats(const Source& s, const Taps& t, int n, const Row& row) {
  ALIGNED float q[TILE * 4];
  const long down = s.height > 1 ? s.sy : 0, right = s.width > 1 ? s.sx : 0;
  const long reach = (down > 0 ? down : 0) + (right > 0 ? right : 0);
  const float *p = (const float*)s.p, *last = (const float*)s.high - 4;
  for (int i = 0; i < n; i++) {
    const float* a = p + t.at[i];
    if (__builtin_expect(a + reach <= last, 1)) {
      const v4 top = load4(a), next = load4(a + right);
      const v4 l = top + (load4(a + down) - top) * t.fy[i], r = next + (load4(a + down + right) - next) * t.fy[i];
      store4(q + 4 * i, l + (r - l) * t.fx[i]);
    } else for (int c = 0; c < row.count; c++) q[4 * i + c] = mixed(a + c, a + down + c, right, t.fx[i], t.fy[i]);
  }
  split4(q, up_to(n, 4), row);
}

#if defined(__AVX2__)
// Planes of floats: eight pixels at a time.
static void gather_floats(const Source& s, const Taps& t, int n, const Row& row) {
  const long down = s.height > 1 ? s.sy : 0, right = s.width > 1 ? s.sx : 0;
  for (int c = 0; c < row.count; c++) {
    const float* p = (const float*)s.p + c * s.sc;
    for (int i = 0; i < n; i += 8) {
      const __m256i o = _mm256_loadu_si256((const __m256i*)(t.at + i));
      const __m256 u = _mm256_loadu_ps(t.fx + i), v = _mm256_loadu_ps(t.fy + i);
      const __m256 a = _mm256_i32gather_ps(p, o, 4), b = _mm256_i32gather_ps(p + right, o, 4);
      const __m256 d = _mm256_i32gather_ps(p + down, o, 4), e = _mm256_i32gather_ps(p + down + right, o, 4);
      const __m256 l = a + v * (d - a), r = b + v * (e - b);
      _mm256_storeu_ps(row.plane[c] + i, l + u * (r - l));
    }
  }
}

// Planes of bytes: a tap and its neighbour are in the four bytes that a gather reads.
static void gather_bytes(const Source& s, const Taps& t, int n, const Row& row) {
  const long down = s.height > 1 ? s.sy : 0, right = s.width > 1 ? s.sx : 0;
  const __m256i byte = _mm256_set1_epi32(255);
  const int shift = right ? 8 : 0;
  for (int c = 0; c < row.count; c++) {
    const uint8_t* p = s.p + c * s.sc;
    const long room = (s.high - 4) - p - (down > 0 ? down : 0);
    const __m256i limit = _mm256_set1_epi32((int)(room < 0 ? -1 : room > INT32_MAX ? INT32_MAX : room));
    for (int i = 0; i < n; i += 8) {
      const __m256i o = _mm256_loadu_si256((const __m256i*)(t.at + i));
      if (__builtin_expect(_mm256_movemask_epi8(_mm256_cmpgt_epi32(o, limit)), 0)) {   // the last pixels of the memory
        for (int k = i; k < i + 8; k++) row.plane[c][k] = mixed(p + t.at[k], p + t.at[k] + down, right, t.fx[k], t.fy[k]) * (1 / 255.f);
        continue;
      }
      const __m256 u = _mm256_loadu_ps(t.fx + i), v = _mm256_loadu_ps(t.fy + i);
      const __m256i x = _mm256_i32gather_epi32((const int*)p, o, 1), y = _mm256_i32gather_epi32((const int*)(p + down), o, 1);
      const __m256 a = _mm256_cvtepi32_ps(_mm256_and_si256(x, byte)), b = _mm256_cvtepi32_ps(_mm256_and_si256(_mm256_srli_epi32(x, shift), byte));
      const __m256 d = _mm256_cvtepi32_ps(_mm256_and_si256(y, byte)), e = _mm256_cvtepi32_ps(_mm256_and_si256(_mm256_srli_epi32(y, shift), byte));
      const __m256 l = a + v * (d - a), r = b + v * (e - b);
      _mm256_storeu_ps(row.plane[c] + i, (l + u * (r - l)) * _mm256_set1_ps(1 / 255.f));
    }
  }
}
#endif

static void sample(const Source& s, const Places& at, int border, int n, const Row& row) {
  if (border == WRAP) {
    if (s.kind == U8) sample_wrapped<uint8_t>(s, at, n, row, 1 / 255.f); else sample_wrapped<float>(s, at, n, row, 1.f);
    return;
  }
  Taps taps;
  find_taps(s, at, n, taps);
  const bool together = s.sc == 1 && (s.channels == 3 || s.channels == 4);
  if (s.kind == U8 && together && s.sx == s.channels && s.width > 1) sample_bytes(s, taps, n, row);
  else if (s.kind == F32 && together && (s.sx == 3 || s.sx == 4)) sample_floats(s, taps, n, row);
#if defined(__AVX2__)
  else if (s.kind == F32) gather_floats(s, taps, up_to(n, 8), row);
  else if (s.sx == 1) gather_bytes(s, taps, up_to(n, 8), row);
#endif
  else if (s.kind == U8) sample_any<uint8_t>(s, taps, n, row, 1 / 255.f);
  else sample_any<float>(s, taps, n, row, 1.f);
}

// Four pixels in sixteen bytes, up to where those lie in the memory; returns how many pixels that were.
template <int K> INLINE int copy_bytes(const uint8_t* p, const uint8_t* high, int n, const Row& row) {
  int i = 0;
  for (; i + 4 <= n && p + (long)i * K + 16 <= high; i += 4) {
    b16 v; memcpy(&v, p + (long)i * K, 16);
    const b16 none{};
#define PLANE(c) store4(row.plane[c] + i, __builtin_convertvector((i4)__builtin_shufflevector(v, none, c, 16, 16, 16, c + K, 16, 16, 16, \
    c + 2 * K, 16, 16, 16, c + 3 * K, 16, 16, 16), v4) * (1 / 255.f))
    PLANE(0); PLANE(1); PLANE(2);
    if constexpr (K == 4) PLANE(3);
#undef PLANE
  }
  return i;
}

// Pixels as they are: along x from x0, along y at y, of a source whose strides say whether it is mirrored or turned.
static void copy(const Source& s, int y, int x0, int n, const Row& row) {
  const long at = y * s.sy + (long)x0 * s.sx;
  const bool together = s.sc == 1 && (s.channels == 3 || s.channels == 4);
  if (s.kind == F32) {
    const float* p = (const float*)s.p + at;
    if (s.sx == 1) { for (int c = 0; c < row.count; c++) memcpy(row.plane[c], p + c * s.sc, 4 * (size_t)n); return; }
    if (together && (s.sx == 4 || s.sx == -4)) {
      ALIGNED float q[TILE * 4];
      for (int i = 0; i < n; i++) {
        const float* a = p + i * s.sx;
        if (__builtin_expect((const uint8_t*)(a + 4) <= s.high, 1)) store4(q + 4 * i, load4(a));
        else memcpy(q + 4 * i, a, 4 * (size_t)s.channels);
      }
      split4(q, up_to(n, 4), row);
      return;
    }
    for (int c = 0; c < row.count; c++) for (int i = 0; i < n; i++) row.plane[c][i] = p[i * s.sx + c * s.sc];
    return;
  }
  const uint8_t* p = s.p + at;
  int i = 0;
  if (together && s.sx == s.channels) i = s.channels == 3 ? copy_bytes<3>(p, s.high, n, row) : copy_bytes<4>(p, s.high, n, row);
  for (int c = 0; c < row.count; c++) for (int j = i; j < n; j++) row.plane[c][j] = p[j * s.sx + c * s.sc] * (1 / 255.f);
}
