// Resampling along the axes: each row of the output first along y, of the columns that are needed, then along x.
#pragma once
#include "write.h"

template <typename T> INLINE void down_rows(const T* p, long sy, long n, const float* w, int taps, float scale, float* line) {
  for (int k = 0; k < taps; k += 4, p += 4 * sy) {
    const int left = taps - k;
    const float a = w[k] * scale, b = left > 1 ? w[k + 1] * scale : 0, c = left > 2 ? w[k + 2] * scale : 0, d = left > 3 ? w[k + 3] * scale : 0;
    const T *q = left > 1 ? p + sy : p, *r = left > 2 ? p + 2 * sy : p, *s = left > 3 ? p + 3 * sy : p;
    if (k == 0) {
      if (c == 0 && d == 0) for (long i = 0; i < n; i++) line[i] = a * p[i] + b * q[i];
      else for (long i = 0; i < n; i++) line[i] = a * p[i] + b * q[i] + c * r[i] + d * s[i];
    } else for (long i = 0; i < n; i++) line[i] += a * p[i] + b * q[i] + c * r[i] + d * s[i];
  }
}

// a row along x, four floats a pixel; of three channels the fourth float is anything: it is never used. TAPS, where it is not 0, is
// the number of weights, for which the loop is unrolled.
template <int TAPS, int APART> INLINE void across4(const float* pixel, const int32_t* first, long from, const float* weights, int taps, long width, float* out) {
  const int count = TAPS ? TAPS : taps;
  for (long x = 0; x < width; x++, weights += count) {
    const float* q = pixel + (first[x] - from) * APART;
    v4 total{};
    for (int k = 0; k < count; k++) total += load4(q + k * APART) * weights[k];
    store4(out + 4 * x, total);
  }
}

template <int APART> INLINE void across_of(const float* pixel, const int32_t* first, long from, const float* weights, int taps, long width, float* out) {
  switch (taps) {
    case 2: across4<2, APART>(pixel, first, from, weights, taps, width, out); break;
    case 4: across4<4, APART>(pixel, first, from, weights, taps, width, out); break;
    default: across4<0, APART>(pixel, first, from, weights, taps, width, out);
  }
}

// the least and the greatest of the columns that are read first: those of the ends, where the axis may be mirrored
INLINE long low_x(const ResizeJob& job) { const int32_t* x = (const int32_t*)job.first_x; return at_most(x[job.left], x[job.right - 1]); }
INLINE long high_x(const ResizeJob& job) { const int32_t* x = (const int32_t*)job.first_x; return at_least(x[job.left], x[job.right - 1]); }

// line: room for (columns + 16) pixels of channels (or of four) floats, twice
template <typename T> static void resize_of(const ResizeJob& job, float* line) {
  const T* source = (const T*)job.data;
  const int32_t *first_y = (const int32_t*)job.first_y, *first_x = (const int32_t*)job.first_x;
  const float *weights_y = (const float*)job.weights_y, *weights_x = (const float*)job.weights_x;
  const int channels = (int)job.channels, taps_y = (int)job.taps_y, taps_x = (int)job.taps_x, step = (int)job.step;
  const long from = low_x(job), columns = high_x(job) + taps_x - from, width = job.right - job.left;
  const float scale = sizeof(T) == 1 ? 1 / 255.f : 1.f;
  const bool pixels = job.sc == 1 && job.sx == channels;   // or planes
  float* joined = line + (columns + 16) * MOST;
  for (long y = job.top; y < job.bottom; y++) {
    const T* p = source + first_y[y] * job.sy + from * job.sx;
    const float* w = weights_y + y * taps_y;
    int apart = channels;   // floats from a pixel of the line to the next
    const float* pixel = line;
    if (pixels) down_rows(p, job.sy, columns * channels, w, taps_y, scale, line);
    else {
      for (int c = 0; c < channels; c++) {
        float* own = line + c * (columns + 16);
        down_rows(p + c * job.sc, job.sy, columns, w, taps_y, scale, own);
      }
      if (channels > 1) {
        pixel = joined;
        if (channels == 3 || channels == 4) {
          Row row{}; row.count = channels;
          for (int c = 0; c < channels; c++) row.plane[c] = line + c * (columns + 16);
          join(row, (int)columns, joined, 4);
          apart = 4;
        } else for (int c = 0; c < channels; c++) for (long i = 0; i < columns; i++) joined[i * channels + c] = line[c * (columns + 16) + i];
      }
    }
    float* out = (float*)job.out + (y - job.top) * width * step;
    const int32_t* first = first_x + job.left;
    const float* weights = weights_x + job.left * taps_x;
    if (step == 4) {
      if (apart == 4) across_of<4>(pixel, first, from, weights, taps_x, width, out);
      else across_of<3>(pixel, first, from, weights, taps_x, width, out);
    } else for (long x = 0; x < width; x++) for (int c = 0; c < channels; c++) {
      const float *v = weights + x * taps_x, *q = pixel + (first[x] - from) * apart + c;
      float total = 0;
      for (int k = 0; k < taps_x; k++) total += q[k * apart] * v[k];
      out[x * step + c] = total;
    }
    if (job.clip) for (long i = 0; i < width * step; i++) out[i] = out[i] > 0 ? (out[i] < 1 ? out[i] : 1) : 0;
  }
}
