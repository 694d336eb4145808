// From the pixels of a tile back to the source: where each lies there, and how much of the canvases on the way covers it.
#pragma once
#include <cmath>
#include "vector.h"

INLINE int floor_int(double x) { return (int)std::floor(bounded(x, 1e9)); }
INLINE bool is_affine(const double* m) { return m[6] == 0 && m[7] == 0 && m[8] == 1; }

// Where pixels lie on a canvas: each block has an anchor of whole pixels, from which float32 is exact enough for any size.
struct Places { ALIGNED float x[TILE], y[TILE]; int ax[TILE / BLOCK], ay[TILE / BLOCK]; };
struct Cover { ALIGNED float gain[TILE], offset[MOST][TILE]; bool any, filled; };

// the pixels of block b of a tile that begins at x0
INLINE void place(const double* m, int y, int x0, int b, Places& at) {
  const bool affine = is_affine(m);
  const double u0 = x0 + b * BLOCK;
  double px = m[0] * u0 + m[1] * y + m[2], py = m[3] * u0 + m[4] * y + m[5], pw = 1, ax = m[0], ay = m[3], g = 0;
  if (!affine) {   // p(u) / w(u) = p / w + u (a - p / w g) / w(u)
    g = m[6]; pw = m[6] * u0 + m[7] * y + m[8];
    px /= pw; py /= pw; ax -= px * g; ay -= py * g;
  }
  const int ix = at.ax[b] = floor_int(px), iy = at.ay[b] = floor_int(py);
  const vf fx = all((float)bounded(px - ix, 1e9)), fy = all((float)bounded(py - iy, 1e9)), dx = all((float)ax), dy = all((float)ay);
  vf u = iota();
  float *X = at.x + b * BLOCK, *Y = at.y + b * BLOCK;
  if (affine) for (int i = 0; i < BLOCK; i += WIDTH, u += all((float)WIDTH)) { store(X + i, dx * u + fx); store(Y + i, dy * u + fy); }
  else for (int i = 0; i < BLOCK; i += WIDTH, u += all((float)WIDTH)) {
    vf r = u / (all((float)g) * u + all((float)pw));
    store(X + i, dx * r + fx); store(Y + i, dy * r + fy);
  }
}

// Whether a canvas wholly covers the pixels u0 to u1 of a row of the output: its rim is further away than float32 errs. Between
// the two a homography goes one way, as long as it is in front of the camera.
INLINE bool inside(const double* leg, int y, double u0, double u1) {
  const double width = leg[9], height = leg[10], spare = 0.01 + 1e-6 * (width > height ? width : height);
  const double ends[2] = {u0, u1};
  for (double u : ends) {
    const double w = leg[6] * u + leg[7] * y + leg[8];
    const double px = (leg[0] * u + leg[1] * y + leg[2]) / w, py = (leg[3] * u + leg[4] * y + leg[5]) / w;
    if (!(w > 0 && px >= spare && py >= spare && px <= width - 1 - spare && py <= height - 1 - spare)) return false;
  }
  return true;
}

INLINE void uncovered(int n, int channels, Cover& out) {
  out.any = true;
  for (int i = 0; i < n; i += WIDTH) {
    store(out.gain + i, all(1.f));
    if (out.filled) for (int c = 0; c < channels; c++) store(out.offset[c] + i, all(0.f));
  }
}

INLINE void add_cover(Cover& out, int i, vf cov, const double* colour, int channels) {
  vf gain = load(out.gain + i);
  if (out.filled) {
    vf lost = gain * (all(1.f) - cov);
    for (int c = 0; c < channels; c++) store(out.offset[c] + i, load(out.offset[c] + i) + lost * all((float)colour[c]));
  }
  store(out.gain + i, gain * cov);
}

// leg: matrix, width, height, sides, ...; block b of n pixels
INLINE void cover(const double* leg, const Places& at, int b, int n, int channels, Cover& out) {
  const double width = leg[9], height = leg[10];
  const int sides = (int)leg[11];
  const vf left = all((float)(1.0 + at.ax[b])), top = all((float)(1.0 + at.ay[b]));
  const vf right = all((float)(width - at.ax[b])), bottom = all((float)(height - at.ay[b]));
  for (int i = b * BLOCK; i < at_most((b + 1) * BLOCK, n); i += WIDTH) {
    vf x = load(at.x + i), y = load(at.y + i), across = all(1.f), down = all(1.f);
    if (sides & 1) across = least(across, left + x);
    if (sides & 4) across = least(across, right - x);
    if (sides & 2) down = least(down, top + y);
    if (sides & 8) down = least(down, bottom - y);
    add_cover(out, i, most(across, all(0.f)) * most(down, all(0.f)), leg + LEG, channels);
  }
}

INLINE double folded(double x, double extent, int border) {
  double period;
  switch (border) {
    case REFLECT: period = 2 * extent; x += 0.5; x -= period * std::floor(x / period); return (x < period - x ? x : period - x) - 0.5;
    case REFLECT101:
      if (extent <= 1) return 0;
      period = 2 * (extent - 1); x -= period * std::floor(x / period); return x < period - x ? x : period - x;
    case WRAP: return x - extent * std::floor(x / extent);
    case REPLICATE: return x > 0 ? (x < extent - 1 ? x : extent - 1) : 0;
  }
  return x;
}

INLINE void read_field(const Field& field, double x, double y, double& dx, double& dy) {
  const float* p = (const float*)field.data;
  const double w = (double)field.width - 1, h = (double)field.height - 1;
  x = x > 0 ? (x < w ? x : w) : 0; y = y > 0 ? (y < h ? y : h) : 0;
  const long x0 = x < w - 1 ? (long)x : (w > 0 ? (long)w - 1 : 0), y0 = y < h - 1 ? (long)y : (h > 0 ? (long)h - 1 : 0);
  const long right = w > 0 ? 2 : 0, down = h > 0 ? 2 * field.width : 0;
  const float* q = p + 2 * (y0 * field.width + x0);
  const double fx = x - x0, fy = y - y0;
  for (int k = 0; k < 2; k++, q++) {
    double top = q[0] + fx * ((double)q[right] - q[0]), low = q[down] + fx * ((double)q[down + right] - q[down]);
    (k ? dy : dx) = top + fy * (low - top);
  }
}

// Coordinates of a tile, taken back leg by leg in float64: where fields displace, canvases fold, or a horizon is in sight.
struct Steps { ALIGNED double x[TILE], y[TILE]; ALIGNED uint8_t seen[TILE]; };

static void begin(int y, int x0, int n, Steps& at) { for (int i = 0; i < n; i++) { at.x[i] = x0 + i; at.y[i] = y; } }

static void displace(const Field& field, bool straight, int y, int x0, int n, Steps& at) {
  if (straight) {
    const float* p = (const float*)field.data + 2 * ((long)y * field.width + x0);
    for (int i = 0; i < n; i++) { at.x[i] += p[2 * i]; at.y[i] += p[2 * i + 1]; }
  } else for (int i = 0; i < n; i++) {
    double dx = 0, dy = 0;
    read_field(field, at.x[i], at.y[i], dx, dy);
    at.x[i] += dx; at.y[i] += dy;
  }
}

// returns whether all are in front of the camera; seen is set where some are not
static bool pull(const double* m, int n, Steps& at) {
  if (is_affine(m)) {
    for (int i = 0; i < n; i++) {
      double x = at.x[i], y = at.y[i];
      at.x[i] = m[0] * x + m[1] * y + m[2]; at.y[i] = m[3] * x + m[4] * y + m[5];
    }
    return true;
  }
  bool whole = true;
  for (int i = 0; i < n; i++) {
    double x = at.x[i], y = at.y[i], w = m[6] * x + m[7] * y + m[8];
    bool seen = w > HORIZON;
    whole &= seen;
    at.seen[i] = seen;
    w = seen ? 1 / w : 1;
    at.x[i] = (m[0] * x + m[1] * y + m[2]) * w; at.y[i] = (m[3] * x + m[4] * y + m[5]) * w;
  }
  return whole;
}

static void fold(double width, double height, int border, int n, Steps& at) {
  for (int i = 0; i < n; i++) at.x[i] = folded(at.x[i], width, border);
  for (int i = 0; i < n; i++) at.y[i] = folded(at.y[i], height, border);
}

INLINE bool straight(const Field& field, bool first, long rows, long columns) { return first && field.height == rows && field.width == columns; }

static void cover_steps(const double* leg, bool all_seen, int n, int channels, const Steps& at, Cover& out) {
  const double width = leg[9], height = leg[10];
  const int sides = (int)leg[11];
  ALIGNED float cov[TILE];
  for (int i = 0; i < n; i++) {
    double x = at.x[i], y = at.y[i], across = 1, down = 1;
    if (sides & 1) across = across < x + 1 ? across : x + 1;
    if (sides & 4) across = across < width - x ? across : width - x;
    if (sides & 2) down = down < y + 1 ? down : y + 1;
    if (sides & 8) down = down < height - y ? down : height - y;
    cov[i] = (float)((across > 0 ? across : 0) * (down > 0 ? down : 0));
  }
  if (!all_seen) for (int i = 0; i < n; i++) cov[i] = at.seen[i] ? cov[i] : 0;
  for (int i = n; i < up_to(n, WIDTH); i++) cov[i] = 1;
  EACH add_cover(out, i, load(cov + i), leg + LEG, channels);
}

// As places of the blocks from b on, with one anchor for each; what is far outside is brought near, as it is clamped anyway.
static void settle(const Steps& from, int n, int b, Places& at) {
  for (int first = 0; first < n; first += BLOCK, b++) {
    const int last = at_most(first + BLOCK, n), ix = at.ax[b] = floor_int(from.x[first]), iy = at.ay[b] = floor_int(from.y[first]);
    float *x = at.x + b * BLOCK - first, *y = at.y + b * BLOCK - first;
    for (int i = first; i < last; i++) { x[i] = (float)bounded(from.x[i] - ix, 2e9); y[i] = (float)bounded(from.y[i] - iy, 2e9); }
    for (int i = last; i < first + BLOCK; i++) x[i] = y[i] = 0;
  }
}

static void walk(const double* p, const Job& job, int y, int x0, int n, Places& at, Cover& out) {
  const int border = (int)p[1], legs = (int)p[4], channels = (int)job.channels, length = LEG + channels;
  const bool stepwise = p[2] != 0;
  const Field* fields = (const Field*)job.fields;
  out.any = false;
  out.filled = p[3] != 0;
  const double* leg = p + WALK_HEAD;
  if (!stepwise) {
    for (int k = 0; k < legs; k++, leg += length) for (int b = 0; b * BLOCK < n; b++) {
      const double u0 = x0 + b * BLOCK, u1 = x0 + at_most((b + 1) * BLOCK, n) - 1;
      const bool shows = (int)leg[11] && !inside(leg, y, u0, u1);
      if (shows || k == legs - 1) place(leg, y, x0, b, at);
      if (shows) {
        if (!out.any) uncovered(n, channels, out);
        cover(leg, at, b, n, channels, out);
      }
    }
    return;
  }
  Steps steps;
  if (legs == 1 && border != CONSTANT && leg[12] < 0) {   // only the blocks that leave the image are folded
    for (int b = 0; b * BLOCK < n; b++) {
      const int first = x0 + b * BLOCK, count = at_most(BLOCK, n - b * BLOCK);
      if (inside(leg, y, first, first + count - 1)) { place(leg, y, x0, b, at); continue; }
      begin(y, first, count, steps);
      pull(leg, count, steps);
      if (leg[13] != 0) fold(leg[9], leg[10], border, count, steps);
      settle(steps, count, b, at);
    }
    return;
  }
  begin(y, x0, n, steps);
  for (int k = 0; k < legs; k++, leg += length) {
    if (leg[12] >= 0) { const Field& f = fields[(int)leg[12]]; displace(f, straight(f, k == 0, job.rows, job.columns), y, x0, n, steps); }
    const bool seen = pull(leg, n, steps);
    if (border == CONSTANT) { if ((int)leg[11] || !seen) {
      if (!out.any) uncovered(n, channels, out);
      cover_steps(leg, seen, n, channels, steps, out);
    } }
    else if (leg[13] != 0) fold(leg[9], leg[10], border, n, steps);
  }
  settle(steps, n, 0, at);
}
