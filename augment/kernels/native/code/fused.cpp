// The plain C interface: jobs are checked here, once, and go to the variant that the processor can run.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include "axis.h"
#include "job.h"
#include "way.h"

#define DECLARE(name) \
  int run_##name(const Job&, const double*, int64_t); \
  int pick_##name(const Job&, const double*, int64_t); \
  int noise_##name(const NoiseJob&); \
  int adapt_##name(const AdaptJob&, float);
#if defined(WITH_plain)
DECLARE(plain)
#endif
#if defined(WITH_avx2)
DECLARE(avx2)
#endif
#if defined(WITH_avx512)
DECLARE(avx512)
#endif

namespace {
struct Kept {   // of a thread, freed with it
  float* memory = nullptr;
  size_t room = 0;
  ~Kept() { free(memory); }
};
thread_local Kept kept;
constexpr size_t MOST_KEPT = size_t(1) << 26;   // floats

struct Variant {
  const char* name;
  int (*run)(const Job&, const double*, int64_t);
  int (*pick)(const Job&, const double*, int64_t);
  int (*noise)(const NoiseJob&);
  int (*adapt)(const AdaptJob&, float);
  bool (*there)();
};
[[maybe_unused]] bool always() { return true; }
#if defined(__x86_64__)
[[maybe_unused]] bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
[[maybe_unused]] bool has_avx512() {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}
#endif
const Variant VARIANTS[] = {
#if defined(WITH_plain)
  {"plain", run_plain, pick_plain, noise_plain, adapt_plain, always},
#endif
#if defined(WITH_avx2)
  {"avx2", run_avx2, pick_avx2, noise_avx2, adapt_avx2, has_avx2},
#endif
#if defined(WITH_avx512)
  {"avx512", run_avx512, pick_avx512, noise_avx512, adapt_avx512, has_avx512},
#endif
};
std::atomic<const Variant*> chosen{&VARIANTS[0]};

bool fits(int64_t height, int64_t width, int64_t channels, int64_t sy, int64_t sx, int64_t sc) {
  const int64_t side = int64_t(1) << 24;   // whole numbers of float32
  if (height < 1 || width < 1 || channels < 1 || height > side || width > side) return false;
  const int64_t most = int64_t(1) << 30;
  auto reach = [](int64_t n, int64_t s) { return (n - 1) * (s < 0 ? -s : s); };
  if (sy > most || sx > most || sc > most || sy < -most || sx < -most || sc < -most) return false;
  return reach(height, sy) + reach(width, sx) + reach(channels, sc) < most;
}
bool fits_out(const Job& job) {
  return job.rows >= 1 && job.columns >= 1 && job.rows <= (1 << 24) && job.columns <= (1 << 24) && job.rows * job.columns < (int64_t(1) << 40);
}
bool fits_axes(const Job& job, const Axes& axes) {
  if (axes.taps_y < 1 || axes.taps_x < 1 || axes.top < 0 || axes.left < 0) return false;
  if (job.sx != 1 && !(job.sc == 1 && job.sx >= job.channels)) return false;   // neither planes nor pixels in order
  const int32_t *y = (const int32_t*)axes.first_y + axes.top, *x = (const int32_t*)axes.first_x + axes.left;
  for (int64_t i = 0; i < job.rows; i++) if (y[i] < 0 || y[i] + axes.taps_y > job.height) return false;
  bool rises = true, falls = true;
  for (int64_t i = 0; i < job.columns; i++) {
    if (x[i] < 0 || x[i] + axes.taps_x > job.width) return false;
    if (i) { rises &= x[i] >= x[i - 1]; falls &= x[i] <= x[i - 1]; }
  }
  return rises || falls;   // the ends are the first and the last column that are read
}
}  // namespace

float* scratch(size_t floats) {
  if (kept.room < floats) {
    free(kept.memory);
    kept.memory = nullptr; kept.room = 0;
    size_t bytes = (floats * sizeof(float) + 63) / 64 * 64;
    kept.memory = (float*)aligned_alloc(64, bytes);
    if (kept.memory) kept.room = floats;
  }
  return kept.memory;
}
static void keep_little() {
  if (kept.room > MOST_KEPT) { free(kept.memory); kept.memory = nullptr; kept.room = 0; }
}

#pragma GCC visibility push(default)
extern "C" {
const char* augment_source() { return SOURCE; }   // of which sources it was made

// the variants that this processor can run, the best last
const char* augment_variant(int k) {
  for (const Variant& one : VARIANTS) if (one.there() && k-- == 0) return one.name;
  return nullptr;
}
int augment_choose(const char* name) {
  for (const Variant& one : VARIANTS) if (one.there() && !strcmp(one.name, name)) { chosen = &one; return 0; }
  return BAD_JOB;
}
int augment_run(const int64_t* numbers, const double* program, int64_t count) {
  Job job; memcpy(&job, numbers, sizeof job);
  if (!fits(job.height, job.width, job.channels, job.sy, job.sx, job.sc) || !fits_out(job)) return BAD_JOB;
  if (job.channels > MOST || (job.kind != U8 && job.kind != F32) || job.layout < PLANES || job.layout > FOURS) return BAD_JOB;
  if (job.layout == FOURS && job.channels != 3) return BAD_JOB;
  if (job.tile < BLOCK || job.tile > TILE || job.tile % BLOCK) return BAD_JOB;
  if (job.axes && !fits_axes(job, *(const Axes*)job.axes)) return BAD_JOB;
  const Variant* own = chosen;
  const int result = own->run(job, program, count);
  keep_little();
  return result;
}
int augment_pick(const int64_t* numbers, const double* program, int64_t count) {
  Job job; memcpy(&job, numbers, sizeof job);
  if (job.channels < 1 || job.channels > 4096 || !fits(job.height, job.width, job.channels, job.sy, job.sx, 1) || !fits_out(job)) return BAD_JOB;
  const Variant* own = chosen;
  return own->pick(job, program, count);
}
// walks of as many legs, in the order of the spec, become stages
int augment_way(const double* legs, const int64_t* numbers) {
  WayJob job; memcpy(&job, numbers, sizeof job);
  if (job.walks < 1 || job.walks > 1 << 20 || job.legs < 1 || job.legs > 4096) return BAD_JOB;
  if (job.channels < 0 || job.channels > MOST || job.border < CONSTANT || job.border > WRAP) return BAD_JOB;
  if (job.rows < 1 || job.columns < 1) return BAD_JOB;
  const LegFacts* own = (const LegFacts*)legs;
  for (int64_t i = 0; i < job.walks * job.legs; i++) if (!(own[i].sides >= 0 && own[i].sides < 16)) return BAD_JOB;
  for (int64_t i = 0; i < job.walks; i++) find_way(own + i * job.legs, job, (double*)job.out + i * way_room(job));
  return DONE;
}
int augment_noise(const int64_t* numbers) {
  NoiseJob job; memcpy(&job, numbers, sizeof job);
  if (job.count < 0 || job.count > int64_t(1) << 40) return BAD_JOB;
  const Variant* own = chosen;
  return own->noise(job);
}
// places are step apart, and the middle one is shift from the centre; a is that of Keys' kernel
int augment_axis(const int64_t* numbers, const double* way) {
  AxisJob job; memcpy(&job, numbers, sizeof job);
  const int64_t side = int64_t(1) << 24;
  if (job.extent < 1 || job.size < 1 || job.extent > side || job.size > side || (job.taps != 2 && job.taps != 4)) return BAD_JOB;
  place_axis(job, way[0], way[1], way[2]);
  return DONE;
}
// limit is how often a level counts at most, as a multiple of the mean
int augment_adapt(const int64_t* numbers, const double* limit) {
  AdaptJob job; memcpy(&job, numbers, sizeof job);
  if ((job.channels != 1 && job.channels != 3) || !fits(job.height, job.width, job.channels, 0, 0, 0)) return BAD_JOB;
  if (job.height * job.width >= int64_t(1) << 30) return BAD_JOB;
  if (job.rows < 1 || job.columns < 1 || job.rows > LEVELS || job.columns > LEVELS || !(*limit >= 0 && *limit <= 1e6)) return BAD_JOB;
  const Variant* own = chosen;
  const int result = own->adapt(job, (float)*limit);
  keep_little();
  return result;
}
}
#pragma GCC visibility pop
