// How a walk is taken: by one matrix and the coverage of its canvases, or step by step. Decided once for an image, in float64.
#pragma once
#include <cmath>
#include "job.h"

constexpr double COVERED = 1e-5;   // a canvas counts as covering what lies this little beyond its outer pixels
constexpr double CLOSE = 1e-9;     // to a whole pixel
// whether pixels go to pixels; whether one matrix does; whether rows go to rows and columns to columns; whether the output lies inside
// every canvas; whether no leg scales or turns
enum Found { PIXELS_KEPT = 1, ROUTED = 2, UPRIGHT = 4, INSIDE = 8, SHIFTED = 16 };

struct LegFacts {   // of a leg, in the order of the spec
  double matrix[9], width, height, columns, rows, sides, projective, field, colour[MOST];   // colours of the border
  bool affine() const { return matrix[6] == 0 && matrix[7] == 0 && matrix[8] == 1; }
};
struct Box { double x0, y0, x1, y1; };   // of a part of a canvas, from its centre

// whether pixels go to pixels
static bool keeps_pixels(const LegFacts& leg) {
  const double *m = leg.matrix, a = m[0], b = m[1], c = m[3], d = m[4];
  if (leg.field || !leg.affine()) return false;
  if (!((std::fabs(a) == 1 && std::fabs(d) == 1 && b == 0 && c == 0) || (std::fabs(b) == 1 && std::fabs(c) == 1 && a == 0 && d == 0))) return false;
  const double x = m[2] + (leg.width - 1 - (leg.columns - 1) * a - (leg.rows - 1) * b) / 2;
  const double y = m[5] + (leg.height - 1 - (leg.columns - 1) * c - (leg.rows - 1) * d) / 2;
  return std::fabs(x - std::nearbyint(x)) < CLOSE && std::fabs(y - std::nearbyint(y)) < CLOSE;
}

static void product(const double* one, const double* other, double* out) {
  for (int r = 0; r < 9; r += 3) for (int c = 0; c < 3; c++) {
    out[r + c] = one[r] * other[c] + one[r + 1] * other[3 + c] + one[r + 2] * other[6 + c];
  }
}

// the part of a canvas that an output of these half sides sees; false where a horizon is in sight
static bool seen(const double* m, double x, double y, Box& box) {
  if (m[6] == 0 && m[7] == 0 && m[8] == 1) {
    const double wide = std::fabs(m[0]) * x + std::fabs(m[1]) * y, high = std::fabs(m[3]) * x + std::fabs(m[4]) * y;
    box = {m[2] - wide, m[5] - high, m[2] + wide, m[5] + high};
    return true;
  }
  const double us[4] = {-x, x, x, -x}, vs[4] = {-y, -y, y, y};
  double ws[4], least = 0;
  for (int k = 0; k < 4; k++) {
    ws[k] = m[6] * us[k] + m[7] * vs[k] + m[8];
    if (!k || ws[k] < least) least = ws[k];
  }
  if (least <= HORIZON) return false;
  for (int k = 0; k < 4; k++) {
    const double px = (m[0] * us[k] + m[1] * vs[k] + m[2]) / ws[k], py = (m[3] * us[k] + m[4] * vs[k] + m[5]) / ws[k];
    if (!k) { box = {px, py, px, py}; continue; }
    if (px < box.x0) box.x0 = px;
    if (py < box.y0) box.y0 = py;
    if (px > box.x1) box.x1 = px;
    if (py > box.y1) box.y1 = py;
  }
  return true;
}

static bool covers(const LegFacts& leg, const Box& box) {
  const double x = (leg.width - 1) / 2 + COVERED, y = (leg.height - 1) / 2 + COVERED;
  const int sides = (int)leg.sides;
  return !(((sides & 1) && box.x0 < -x) || ((sides & 2) && box.y0 < -y) || ((sides & 4) && box.x1 > x) || ((sides & 8) && box.y1 > y));
}

// a matrix between centres as one between the indices of pixels
static void indexed(const double* m, double columns, double rows, const LegFacts& leg, double* out) {
  const double x = (columns - 1) / 2, y = (rows - 1) / 2, u = (leg.width - 1) / 2, v = (leg.height - 1) / 2;
  const double c = m[2] - m[0] * x - m[1] * y, f = m[5] - m[3] * x - m[4] * y, i = m[8] - m[6] * x - m[7] * y;
  const double all[9] = {m[0] + u * m[6], m[1] + u * m[7], c + u * i, m[3] + v * m[6], m[4] + v * m[7], f + v * i, m[6], m[7], i};
  for (int k = 0; k < 9; k++) out[k] = all[k];
}

static size_t way_room(const WayJob& job) { return WAY_HEAD + job.legs + WALK_HEAD + job.legs * (LEG + job.channels); }

// What is found of a walk, what is seen of the source, the two rows of the matrix to it, the legs that matter, and the walk as a stage.
static void find_way(const LegFacts* legs, const WayJob& job, double* out) {
  const int count = (int)job.legs, channels = (int)job.channels, length = LEG + channels;
  const double x = (job.columns - 1) / 2.0, y = (job.rows - 1) / 2.0;
  const bool constant = job.border == CONSTANT;
  double *kept = out + WAY_HEAD, *head = kept + count, *to = head + WALK_HEAD;
  // until the legs are written, behind which they never lie: whether each covers the output, and the matrix to it
  double *covered = kept, *total = to;
  bool whole = true, shifted = true, routed = true, inner = true, covers_all = true;   // inner: all but the source
  Box box{};
  for (int k = 0; k < count; k++) {
    const LegFacts& leg = legs[count - 1 - k];
    const bool source = k == count - 1;
    double* own = total + (size_t)k * length;
    whole &= keeps_pixels(leg);
    shifted &= leg.matrix[0] == 1 && leg.matrix[4] == 1;
    routed &= !leg.field;
    if (!routed) continue;
    if (k) product(leg.matrix, own - length, own);
    else for (int i = 0; i < 9; i++) own[i] = leg.matrix[i];
    bool covering = !leg.sides;
    if (source || leg.sides || leg.projective) {
      routed = seen(own, x, y, box);
      covering |= routed && covers(leg, box);
    }
    covered[k] = covering;
    covers_all &= covering;
    if (!source) inner &= covering;
  }
  for (int i = 0; i < WAY_HEAD; i++) out[i] = 0;
  int found = (whole ? PIXELS_KEPT : 0) | (shifted ? SHIFTED : 0);
  if (routed) {
    const double* m = total + (size_t)(count - 1) * length;
    const double own[WAY_HEAD] = {0, box.x0, box.y0, box.x1, box.y1, m[0], m[1], m[2], m[3], m[4], m[5]};
    for (int i = 0; i < WAY_HEAD; i++) out[i] = own[i];
    const bool upright = m[1] == 0 && m[3] == 0 && m[6] == 0 && m[7] == 0 && m[8] == 1;
    found |= ROUTED | (upright ? UPRIGHT : 0) | (covers_all ? INSIDE : 0);
  }
  const bool once = routed && (constant || inner);
  // taps beyond an edge are those at it, where it is that of the source; what folds is folded in float64
  const bool folds = once && !constant && job.border != REPLICATE && !covered[count - 1];
  int n = 0, fields = 0;
  bool filled = false;
  for (int k = 0; k < count; k++) {
    const LegFacts& leg = legs[count - 1 - k];
    const bool fades = !once || (constant && !covered[k]);
    if (!fades && k < count - 1) continue;
    if (once) indexed(total + (size_t)k * length, (double)job.columns, (double)job.rows, leg, to);
    else indexed(leg.matrix, leg.columns, leg.rows, leg, to);
    to[9] = leg.width; to[10] = leg.height; to[11] = fades ? leg.sides : 0;
    to[12] = leg.field ? fields++ : -1;
    to[13] = leg.sides != 0;
    for (int c = 0; c < channels; c++) filled |= (to[LEG + c] = leg.colour[c]) != 0;
    kept[n++] = count - 1 - k;
    to += length;
  }
  const double stage[WALK_HEAD] = {WALK, (double)job.border, !once || folds ? 1. : 0., constant && filled ? 1. : 0., (double)n};
  for (int i = 0; i < WALK_HEAD; i++) head[i] = stage[i];
  out[0] = found;
}
