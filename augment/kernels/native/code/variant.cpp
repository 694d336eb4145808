// All stages, compiled once for each set of instructions: VARIANT names it, WIDTH is the floats of its vectors.
#include "adapt.h"
#include "along.h"
#include "convolve.h"
#include "noise.h"
#include "pick.h"
#include "sample.h"
#include "scratch.h"
#include "variant.h"

// the doubles of a stage at p, 0 where it is none
static long length(const double* p, const Job& job, const double* end) {
  const long channels = job.channels;
  if (!(p[0] >= END && p[0] < STAGES)) return 0;
  switch ((int)p[0]) {
    case END: case COPY: case ROUND: return 1;
    case ALONG: return job.axes ? 1 : 0;
    case WALK: {
      if (end - p < WALK_HEAD || !(p[4] >= 1 && p[4] <= 4096) || !(p[1] >= CONSTANT && p[1] <= WRAP)) return 0;
      const long legs = (long)p[4], whole = WALK_HEAD + legs * (LEG + channels);
      if (end - p < whole) return 0;
      for (long k = 0; k < legs; k++) {
        const double* leg = p + WALK_HEAD + k * (LEG + channels);
        if (!(leg[9] >= 1 && leg[10] >= 1) || !(leg[12] < job.field_count) || !(leg[11] >= 0 && leg[11] < 16)) return 0;
      }
      const double* last = p + WALK_HEAD + (legs - 1) * (LEG + channels);
      return last[9] == job.width && last[10] == job.height ? whole : 0;
    }
    case LINEAR: return 6;
    case POWER: case HUE: return 2;
    case TABLE: return end - p >= 2 && p[1] >= 0 && p[1] < job.table_count ? 2 : 0;
    case TAIL: return 1 + 2 * channels;
    case ERASE: return end - p >= 2 && p[1] >= 0 && p[1] <= 1e6 ? 2 + channels + 4 * (long)p[1] : 0;
    case SELECT: {
      if (end - p < 2 || !(p[1] >= 0 && p[1] <= channels) || end - p < 2 + (long)p[1]) return 0;
      for (long k = 0; k < (long)p[1]; k++) if (!(p[2 + k] >= 0 && p[2 + k] < channels)) return 0;
      return 2 + (long)p[1];
    }
    case MIX: {
      if (end - p < 2 || !(p[1] >= 1 && p[1] <= channels)) return 0;
      const long count = (long)p[1];
      return 2 + count * (count + 1);
    }
    case CONVOLVE: {
      if (end - p < 3) return 0;
      for (int k = 1; k < 3; k++) if (!(p[k] >= 1 && p[k] <= MOST_TAPS) || (int)p[k] % 2 == 0) return 0;
      return 3 + (long)p[1] + (long)p[2];
    }
  }
  return 0;
}

static bool sound(const double* program, long count, const Job& job) {
  const double *p = program, *end = program + count;
  bool begun = false;
  while (p < end) {
    const long n = length(p, job, end);
    if (n <= 0 || end - p < n) return false;
    const int stage = (int)p[0];
    if (stage == END) return begun;
    if ((stage == WALK || stage == COPY || stage == ALONG) == begun) return false;   // one of them begins, and stands nowhere else
    if (stage == COPY && (job.rows != job.height || job.columns != job.width)) return false;
    if (stage == HUE && job.channels < 3) return false;
    begun = true;
    p += n;
  }
  return false;
}

static Row selected(const Row& all_, const double* p) {
  Row row = all_;
  if ((int)p[1]) { row.count = (int)p[1]; for (int k = 0; k < row.count; k++) row.plane[k] = all_.plane[(int)p[2 + k]]; }
  return row;
}

static void blend(const Cover& cover, int n, const Row& row) {
  if (!cover.any) return;
  for (int c = 0; c < row.count; c++) {
    float* p = row.plane[c];
    if (cover.filled) EACH store(p + i, load(p + i) * load(cover.gain + i) + load(cover.offset[c] + i));
    else EACH store(p + i, load(p + i) * load(cover.gain + i));
  }
}

// whether a stage sees more than its own pixels: a pass ends before it
static bool gathers(const double* p) { return (int)*p == CONVOLVE || ((int)*p == LINEAR && p[5] != 0); }

int RUN(const Job& job, const double* program, int64_t count) {
  if (!sound(program, count, job)) return BAD_PROGRAM;
  const Source source = source_of(job);
  const int rows = (int)job.rows, columns = (int)job.columns, channels = (int)job.channels, tile = (int)job.tile;
  const long plane = (long)rows * columns;
  const double* end = program + count;
  auto next = [&](const double* p) { return p + length(p, job, end); };
  const size_t image = ((size_t)plane * channels + 2 * BLOCK) / BLOCK * BLOCK;   // and a block that is read behind it
  int images = 0;   // that wait between passes: two, where the next is written while neighbours are read
  bool neighbours = false;
  for (const double* p = program; (int)*p != END; p = next(p)) if (gathers(p)) {
    images = neighbours ? 2 : 1;
    neighbours |= (int)*p == CONVOLVE;
  }
  const Axes* axes = (int)*program == ALONG ? (const Axes*)job.axes : nullptr;
  const long room = neighbours ? room_of(columns) : 0;
  const size_t lines_size = (size_t)room * channels * TOGETHER, axes_size = axes ? floats_of(*axes, source, columns, tile) : 0;
  float* memory = nullptr;
  if (images || axes) { memory = scratch(images * image + lines_size + axes_size); if (!memory) return NO_MEMORY; }
  float *read = nullptr, *written = memory, *other = images > 1 ? memory + image : memory;
  const Lines lines{memory + images * image, room};
  Across across{};
  if (axes) across = across_of(*axes, source, columns, tile, lines.memory + lines_size);
  ALIGNED float planes[MOST][TILE];
  Row whole_; whole_.count = channels;
  for (int c = 0; c < channels; c++) whole_.plane[c] = planes[c];
  double mean[MOST] = {0};
  Row start = whole_;   // what is selected where a pass begins
  for (const double* from = program;;) {
    const double* stop = next(from);
    while ((int)*stop != END && !gathers(stop)) stop = next(stop);
    const bool more = (int)*stop != END;
    double sum[MOST] = {0};
    Row row = start;
    for (int y = 0; y < rows; y++) for (int x0 = 0; x0 < columns; x0 += tile) {
      const int n = at_most(tile, columns - x0);
      const long at = (long)y * columns + x0;
      row = start;
      if (read && (int)*from != CONVOLVE) for (int c = 0; c < channels; c++) memcpy(planes[c], read + c * plane + at, 4 * (size_t)n);
      for (const double* p = from; p != stop; p = next(p)) switch ((int)*p) {
        case WALK: {
          Places places; Cover cover_;
          walk(p, job, y, x0, n, places, cover_);
          sample(source, places, (int)p[1], n, whole_);
          blend(cover_, n, whole_);
          break; }
        case COPY: copy(source, y, x0, n, whole_); break;
        case ALONG: along(*axes, across, source, y, x0, n, whole_); break;
        case CONVOLVE:
          if (x0 == 0 && y % TOGETHER == 0) convolve_down(p + 1, read, rows, columns, channels, y, lines);
          convolve_across(p + 1, lines, y, x0, n, whole_);
          break;
        case LINEAR: {   // gain, gray, offset, mean, of what: 1 the grey image, 2 each channel
          float offset[MOST];
          for (int c = 0; c < row.count; c++) offset[c] = (float)p[3];
          if (p[5] != 0) {
            const double grey = row.count == 3 ? .299 * mean[0] + .587 * mean[1] + .114 * mean[2] : mean[0];
            for (int c = 0; c < row.count; c++) offset[c] = (float)(p[3] + p[4] * (p[5] == 1 ? grey : mean[c]));
          }
          linear(row, n, (float)p[1], (float)p[2], offset);
          break; }
        case MIX: mix(row, n, p + 1); break;
        case POWER: power(row, n, (float)p[1]); break;
        case HUE: if (row.count == 3) turn_hue(row, n, (float)p[1]); break;
        case TABLE: look_up(row, n, (const float*)job.tables + 256 * (long)p[1]); break;
        case ROUND: round8(row, n); break;
        case TAIL: tail(whole_, n, p + 1, p + 1 + channels); break;
        case ERASE: erase(whole_, n, y, x0, p + 1, channels); break;
        case SELECT: row = selected(whole_, p); break;
      }
      if (more) {
        for (int c = 0; c < channels; c++) memcpy(written + c * plane + at, planes[c], 4 * (size_t)n);
        if ((int)*stop == LINEAR) add_up(row, n, sum);
      } else write((void*)job.out, (int)job.layout, rows, columns, y, x0, n, whole_);
    }
    if (!more) return DONE;
    for (int c = 0; c < row.count; c++) mean[c] = sum[c] / (double)plane;
    start = row;
    read = written;
    from = stop;
    if ((int)*from == CONVOLVE) { float* spare = other; other = written; written = spare; }
  }
}

int PICK(const Job& job, const double* program, int64_t count) {
  Job bare = job;   // the legs of a mask hold no colours
  bare.channels = 0;
  if ((int)program[0] != WALK || length(program, bare, program + count) <= 0) return BAD_PROGRAM;
  for (int y = 0; y < job.rows; y++) for (int x0 = 0; x0 < job.columns; x0 += TILE) {
    const int n = at_most(TILE, (int)job.columns - x0);
    pick_row(program, job, y, x0, n, (uint8_t*)job.out + ((long)y * job.columns + x0) * job.channels);
  }
  return DONE;
}

int NOISE(const NoiseJob& job) {
  Words words(job);
  if (job.normal) normals(words, (float*)job.out, job.count); else units(words, (float*)job.out, job.count);
  return DONE;
}

int ADAPT(const AdaptJob& job, float limit) {
  Adapting own(job);
  float* memory = scratch(own.room(job.channels));
  if (!memory) return NO_MEMORY;
  own.lie(memory);
  adapt(job, limit, own);
  return DONE;
}
