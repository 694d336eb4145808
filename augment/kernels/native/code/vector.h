// Vectors of WIDTH floats by the extensions of GCC and Clang.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>
#if defined(__AVX2__)
#include <immintrin.h>
#endif
#include "job.h"

#define INLINE static inline __attribute__((always_inline))
#define ALIGNED alignas(64)
#define UNROLLED _Pragma("GCC unroll 8")
#define EACH for (int i = 0; i < n; i += WIDTH)
typedef float vf __attribute__((vector_size(WIDTH * 4)));
typedef int32_t vi __attribute__((vector_size(WIDTH * 4)));
typedef float v4 __attribute__((vector_size(16)));
typedef int32_t i4 __attribute__((vector_size(16)));
typedef uint8_t b16 __attribute__((vector_size(16)));
static_assert(BLOCK % WIDTH == 0 && TILE % BLOCK == 0, "whole vectors");

INLINE vf all(float x) { return x - vf{}; }   // which is x, whatever it is
INLINE vi all(int32_t x) { return vi{} + x; }
INLINE vf load(const float* p) { vf v; memcpy(&v, p, sizeof v); return v; }
INLINE void store(float* p, vf v) { memcpy(p, &v, sizeof v); }
INLINE vi load(const int32_t* p) { vi v; memcpy(&v, p, sizeof v); return v; }
INLINE void store(int32_t* p, vi v) { memcpy(p, &v, sizeof v); }
INLINE v4 load4(const float* p) { v4 v; memcpy(&v, p, 16); return v; }
INLINE void store4(float* p, v4 v) { memcpy(p, &v, 16); }
INLINE vf choose(vi m, vf a, vf b) { return m ? a : b; }
INLINE vi whole(vf a) { return __builtin_convertvector(a, vi); }
INLINE vf real(vi a) { return __builtin_convertvector(a, vf); }
INLINE vf size(vf a) { return (vf)((vi)a & all(INT32_MAX)); }
INLINE vf iota() { vf v; for (int i = 0; i < WIDTH; i++) v[i] = (float)i; return v; }
// of what is not a number, least and most return b; down is the floor, fused is a b + c rounded once
#if WIDTH == 16
INLINE vf least(vf a, vf b) { return (vf)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE vf most(vf a, vf b) { return (vf)_mm512_max_ps((__m512)a, (__m512)b); }
INLINE vf down(vf a) { return (vf)_mm512_floor_ps((__m512)a); }
INLINE vf fused(vf a, vf b, vf c) { return (vf)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE vf levels(const uint8_t* p) { return (vf)_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i*)p))); }
#elif WIDTH == 8
INLINE vf least(vf a, vf b) { return (vf)_mm256_min_ps((__m256)a, (__m256)b); }
INLINE vf most(vf a, vf b) { return (vf)_mm256_max_ps((__m256)a, (__m256)b); }
INLINE vf down(vf a) { return (vf)_mm256_floor_ps((__m256)a); }
INLINE vf fused(vf a, vf b, vf c) { return (vf)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c); }
INLINE vf levels(const uint8_t* p) { return (vf)_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i*)p))); }
#else
INLINE vf least(vf a, vf b) { return a < b ? a : b; }
INLINE vf most(vf a, vf b) { return a > b ? a : b; }
INLINE vf down(vf a) { vf t = real(whole(a)); return t - (vf)((vi)all(1.f) & (t > a)); }
INLINE vf fused(vf a, vf b, vf c) { for (int i = 0; i < WIDTH; i++) c[i] = std::fma(a[i], b[i], c[i]); return c; }
INLINE vf levels(const uint8_t* p) { vf v; for (int i = 0; i < WIDTH; i++) v[i] = p[i]; return v; }
#endif
INLINE vf looked_up(const float* table, vi at) {
#if WIDTH == 16
  return (vf)_mm512_i32gather_ps((__m512i)at, table, 4);
#elif WIDTH == 8
  return (vf)_mm256_i32gather_ps(table, (__m256i)at, 4);
#else
  vf out;
  for (int i = 0; i < WIDTH; i++) out[i] = table[at[i]];
  return out;
#endif
}
INLINE vf unit(vf a) { return least(most(a, all(0.f)), all(1.f)); }
// |x| < 2^22, to the nearest, halves to even
INLINE vf nearest(vf a) { vf magic = all(12582912.f), t = a + magic; return t - magic; }

INLINE double bounded(double x, double limit) { return x > -limit ? (x < limit ? x : limit) : -limit; }   // of what is no number, -limit
INLINE int at_most(int a, int b) { return a < b ? a : b; }
INLINE int at_least(int a, int b) { return a > b ? a : b; }
INLINE int up_to(int n, int step) { return (n + step - 1) / step * step; }

struct Source { const uint8_t *p, *low, *high; long sy, sx, sc; int height, width, channels, kind; };   // [low, high) may be read
struct Row { float* plane[MOST]; int count; };
