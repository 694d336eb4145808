// The nearest pixels, copied whatever their type: masks, and images that ask for it. Strides are in bytes.
#pragma once
#include "walk.h"

template <int SIZE> INLINE void copy_pixels(const uint8_t* p, const long* at, const uint8_t* const* fill, int n, int size, uint8_t* out) {
  for (int i = 0; i < n; i++) memcpy(out + (long)i * (SIZE ? SIZE : size), fill[i] ? fill[i] : p + at[i], SIZE ? SIZE : size);
}

// sx holds the bytes of a pixel as channels; the colours of the legs are pixels, one after another, in tables
static void pick_row(const double* p, const Job& job, int y, int x0, int n, uint8_t* out) {
  const int border = (int)p[1], legs = (int)p[4], size = (int)job.channels;
  const Field* fields = (const Field*)job.fields;
  const uint8_t* colours = (const uint8_t*)job.tables;
  const bool stepwise = p[2] != 0;
  ALIGNED const uint8_t* fill[TILE];
  ALIGNED long from[TILE];
  Steps at;
  begin(y, x0, n, at);
  for (int i = 0; i < n; i++) fill[i] = nullptr;
  const double* leg = p + WALK_HEAD;
  for (int k = 0; k < legs; k++, leg += LEG) {
    if (!stepwise) begin(y, x0, n, at);
    if (leg[12] >= 0) { const Field& f = fields[(int)leg[12]]; displace(f, straight(f, k == 0, job.rows, job.columns), y, x0, n, at); }
    const bool seen = pull(leg, n, at);
    if (border != CONSTANT) {
      if (leg[13] != 0) fold(leg[9], leg[10], border, n, at);
      continue;
    }
    const int sides = (int)leg[11];
    const uint8_t* own = colours + (long)k * size;
    if (!sides && seen) continue;
    const double low = NEAREST_BIAS - 0.5, right = leg[9] + low, bottom = leg[10] + low;
    for (int i = 0; i < n; i++) {   // floor(x + 1/2 - bias) is at least 0, and less than the extent
      const double x = at.x[i], yy = at.y[i];
      bool out_of_it = (sides & 1 && !(x >= low)) || (sides & 4 && !(x < right)) || (sides & 2 && !(yy >= low)) || (sides & 8 && !(yy < bottom));
      if ((out_of_it || (!seen && !at.seen[i])) && !fill[i]) fill[i] = own;
    }
  }
  const double w = (double)job.width - 1, h = (double)job.height - 1;
  for (int i = 0; i < n; i++) {
    double x = std::floor(at.x[i] + (0.5 - NEAREST_BIAS)), yy = std::floor(at.y[i] + (0.5 - NEAREST_BIAS));
    if (border == WRAP) { x = folded(x, w + 1, WRAP); yy = folded(yy, h + 1, WRAP); }
    x = x > 0 ? (x < w ? x : w) : 0; yy = yy > 0 ? (yy < h ? yy : h) : 0;
    from[i] = (long)yy * job.sy + (long)x * job.sx;
  }
  const uint8_t* source = (const uint8_t*)job.data;
  switch (size) {
    case 1: copy_pixels<1>(source, from, fill, n, size, out); break;
    case 2: copy_pixels<2>(source, from, fill, n, size, out); break;
    case 3: copy_pixels<3>(source, from, fill, n, size, out); break;
    case 4: copy_pixels<4>(source, from, fill, n, size, out); break;
    case 8: copy_pixels<8>(source, from, fill, n, size, out); break;
    default: copy_pixels<0>(source, from, fill, n, size, out);
  }
}
