// Memory that a thread keeps from call to call, and the source of a job with the memory that may be read.
#pragma once
#include <cstdlib>
#include "vector.h"

float* scratch(size_t floats);   // nullptr where there is none

INLINE Source source_of(const Job& job) {
  const long size = job.kind == U8 ? 1 : 4;
  long low = 0, high = 0;   // in elements from the first
  const long ends[3] = {(job.height - 1) * job.sy, (job.width - 1) * job.sx, (job.channels - 1) * job.sc};
  for (long end : ends) (end < 0 ? low : high) += end;
  const uint8_t* p = (const uint8_t*)job.data;
  return {p, p + low * size, p + (high + 1) * size, (long)job.sy, (long)job.sx, (long)job.sc, (int)job.height, (int)job.width, (int)job.channels, (int)job.kind};
}
