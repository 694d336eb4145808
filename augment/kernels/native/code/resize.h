// Antialiased resizing, separable: each row of the output first along y, of the columns that are needed, then along x.
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

// line: room for (columns + 16) pixels of channels (or of four) floats, twice
template <typename T> static void resize_of(const ResizeJob& job, float* line) {
  const T* source = (const T*)job.data;
  const int32_t *first_y = (const int32_t*)job.first_y, *first_x = (const int32_t*)job.first_x;
  const float *weights_y = (const float*)job.weights_y, *weights_x = (const float*)job.weights_x;
  const int channels = (int)job.channels, taps_y = (int)job.taps_y, taps_x = (int)job.taps_x, step = (int)job.step;
  const long from = first_x[job.left], columns = first_x[job.right - 1] + taps_x - from, width = job.right - job.left;
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
    for (long x = 0; x < width; x++, out += step) {
      const float *v = weights_x + (job.left + x) * taps_x, *q = pixel + (first_x[job.left + x] - from) * apart;
      if (step == 4) {   // of three channels the fourth float is anything: it is never used
        v4 total{};
        for (int k = 0; k < taps_x; k++) total += load4(q + k * apart) * v[k];
        store4(out, total);
      } else for (int c = 0; c < channels; c++) {
        float total = 0;
        for (int k = 0; k < taps_x; k++) total += q[k * apart + c] * v[k];
        out[c] = total;
      }
    }
    if (job.clip) { float* o = (float*)job.out + (y - job.top) * width * step; for (long i = 0; i < width * step; i++) o[i] = o[i] > 0 ? (o[i] < 1 ? o[i] : 1) : 0; }
  }
}
