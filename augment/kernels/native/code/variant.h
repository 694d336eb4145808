// What each variant offers.
#pragma once
#include "job.h"

#define JOINED_(a, b) a##_##b
#define JOINED(a, b) JOINED_(a, b)
#if defined(VARIANT)
#define RUN JOINED(run, VARIANT)
#define PICK JOINED(pick, VARIANT)
#define NOISE JOINED(noise, VARIANT)
#define ADAPT JOINED(adapt, VARIANT)
int RUN(const Job& job, const double* program, int64_t count);
int PICK(const Job& job, const double* program, int64_t count);
int NOISE(const NoiseJob& job);
int ADAPT(const AdaptJob& job, float limit);
#endif
