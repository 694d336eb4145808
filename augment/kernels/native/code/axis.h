// How the pixels of an output read an axis that is resampled by itself, without antialiasing: once for all rows, in float64.
#pragma once
#include <algorithm>
#include <cmath>
#include "job.h"

// taps beyond an edge are those at the edge; of a place that is no number, the first
static void place_axis(const AxisJob& job, double step, double shift, double a) {
  const int64_t extent = job.extent, count = std::min(job.taps, extent);
  int32_t* first = (int32_t*)job.first;
  float* weights = (float*)job.weights;
  const double begin = (extent - 1) / 2.0 + shift - (job.size - 1) / 2.0 * step;
  for (int64_t i = 0; i < job.size; i++, weights += count) {
    const double at = i * step + begin, place = at > -3 ? std::min(at, extent + 2.0) : -3;   // farther out only the edge is seen
    const double before = std::floor(place), share = place - before, rest = 1 - share;
    double weight[4] = {rest, share}, own[4] = {0};
    if (job.taps == 4) {   // Keys' kernel
      auto near = [a](double x) { return ((a + 2) * x - (a + 3)) * x * x + 1; };
      auto far = [a](double x) { return a * x * (x * (x - 2) + 1); };
      weight[0] = far(share); weight[1] = near(share); weight[2] = near(rest); weight[3] = far(rest);
    }
    const int64_t from = (int64_t)before - (job.taps == 4), start = std::max<int64_t>(0, std::min(from, extent - count));
    for (int64_t k = 0; k < job.taps; k++) own[std::max<int64_t>(0, std::min(from + k, extent - 1)) - start] += weight[k];
    first[i] = (int32_t)start;
    for (int64_t k = 0; k < count; k++) weights[k] = (float)own[k];
  }
}
