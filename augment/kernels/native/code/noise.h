// Random numbers bit by bit as NumPy's Generator draws them from its Philox: words of 32 bits, and what becomes of them, floats in
// [0, 1) and normal numbers by the ziggurat (Salmon et al. 2011; Marsaglia and Tsang 2000).
#pragma once
#include <cmath>
#include "vector.h"

struct Words {   // of a key, in order
  static constexpr int TOGETHER = 4, COUNT = 128 * 8;   // blocks of eight words whose rounds overlap
  uint64_t key[2], number, drawn = 0;
  uint32_t word[COUNT + WIDTH];
  int at = 0, end = 0;
  explicit Words(const NoiseJob& job) : key{(uint64_t)job.first, (uint64_t)job.second}, number((uint64_t)job.number) {}

  uint32_t next() {
    if (at == end) more();
    return word[at++];
  }
  // as many as a vector holds, which `at` is to be moved behind
  const uint32_t* some() {
    if (end - at < WIDTH) more();
    return word + at;
  }
  void more() {
    end -= at;
    memmove(word, word + at, 4 * (size_t)end);
    at = 0;
    for (int i = 0; i < COUNT; i += 8 * TOGETHER) blocks(word + end + i);
    end += COUNT;
  }
  void blocks(uint32_t* out) {
    uint64_t x[TOGETHER][4], k0 = key[0], k1 = key[1];
    for (auto& own : x) { own[0] = ++drawn; own[1] = own[2] = 0; own[3] = number; }
    for (int round = 0; round < 10; round++, k0 += 0x9E3779B97F4A7C15u, k1 += 0xBB67AE8584CAA73Bu) UNROLLED for (int b = 0; b < TOGETHER; b++) {
      uint64_t* own = x[b];
      const unsigned __int128 p = (unsigned __int128)0xD2E7470EE14C6C93u * own[0], q = (unsigned __int128)0xCA5A826395121157u * own[2];
      own[0] = (uint64_t)(q >> 64) ^ own[1] ^ k0; own[1] = (uint64_t)q;
      own[2] = (uint64_t)(p >> 64) ^ own[3] ^ k1; own[3] = (uint64_t)p;
    }
    for (int b = 0; b < TOGETHER; b++) for (int k = 0; k < 4; k++, out += 2) { out[0] = (uint32_t)x[b][k]; out[1] = (uint32_t)(x[b][k] >> 32); }
  }
};

constexpr float UNITS = 1 / 16777216.f;
INLINE float unit_of(uint32_t word) { return (float)(word >> 8) * UNITS; }

// Layers of one area under the normal curve: how wide a step of a word is in each, below which step all of it lies under the curve,
// and how high the layer begins.
struct Ziggurat {
  static constexpr double END = 3.6541528853610087963519472518, AREA = 0.0049286732339746519, STEPS = 1 << 23;
  float width[256], height[256];
  int32_t inside[256];
  static double curve(double x) { return std::exp(-.5 * x * x); }
  Ziggurat() {
    double x = END;
    inside[0] = (int32_t)(x * curve(x) / AREA * STEPS + .5); inside[1] = 0;
    width[0] = (float)(AREA / curve(x) / STEPS); width[255] = (float)(x / STEPS);
    height[0] = 1; height[255] = (float)curve(x);
    for (int i = 254; i > 0; i--) {
      const double last = x;
      x = std::sqrt(-2 * std::log(AREA / last + curve(last)));
      inside[i + 1] = (int32_t)(x / last * STEPS + .5);
      width[i] = (float)(x / STEPS); height[i] = (float)curve(x);
    }
  }
};
static const Ziggurat ziggurat;

static float normal_of(Words& words) {
  for (;;) {
    const uint32_t word = words.next();
    const int layer = word & 255;
    const int32_t step = (int32_t)(word >> 9);
    const float size = (float)step * ziggurat.width[layer], x = word & 256 ? -size : size;
    if (step < ziggurat.inside[layer]) return x;
    if (layer) {
      const float low = ziggurat.height[layer], y = (ziggurat.height[layer - 1] - low) * unit_of(words.next()) + low;
      if (y < std::exp(-.5 * x * x)) return x;
    } else for (;;) {   // the tail
      const float end = (float)Ziggurat::END;
      const float beyond = -(1 / end) * log1pf(-unit_of(words.next())), y = -log1pf(-unit_of(words.next()));
      if (y + y > beyond * beyond) return step >> 8 & 1 ? -(end + beyond) : end + beyond;
    }
  }
}

// how many lanes are set before the first that is not
INLINE int leading(vi mask) {
#if WIDTH == 16
  return __builtin_ctz(~(unsigned)_mm512_movepi32_mask((__m512i)mask));
#elif WIDTH == 8
  return __builtin_ctz(~(unsigned)_mm256_movemask_ps((__m256)mask));
#else
  int good = 0;
  while (good < WIDTH && mask[good]) good++;
  return good;
#endif
}

static void normals(Words& words, float* out, int64_t count) {
  int64_t i = 0;
  while (count - i >= WIDTH) {
    const vi word = load((const int32_t*)words.some()), layer = word & all(255), step = (word >> 9) & all(0x7fffff);
    const vf size = real(step) * looked_up(ziggurat.width, layer);
    store(out + i, (vf)((vi)size | (word & all(256)) << 23));
    const int good = leading(step < (vi)looked_up((const float*)ziggurat.inside, layer));
    i += good; words.at += good;
    if (good < WIDTH) out[i++] = normal_of(words);
  }
  while (i < count) out[i++] = normal_of(words);
}

static void units(Words& words, float* out, int64_t count) {
  int64_t i = 0;
  for (; count - i >= WIDTH; i += WIDTH, words.at += WIDTH) {
    store(out + i, real((load((const int32_t*)words.some()) >> 8) & all(0xffffff)) * all(UNITS));
  }
  while (i < count) out[i++] = unit_of(words.next());
}
