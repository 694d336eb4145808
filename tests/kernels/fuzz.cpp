// Random jobs for the native kernels, sound and unsound, with sources that lie at the very end of their memory: under sanitizers,
// nothing may be read or written outside, whatever the matrices are. Prints how many of the jobs were done.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>
#include "job.h"

extern "C" {
const char* augment_variant(int);
int augment_choose(const char*);
int augment_run(const int64_t*, const double*, int64_t);
int augment_pick(const int64_t*, const double*, int64_t);
int augment_axis(const int64_t*, const double*);
int augment_way(const double*, const int64_t*);
int augment_adapt(const int64_t*, const double*);
int augment_noise(const int64_t*);
}

static std::mt19937 rng;
static int whole(int a, int b) { return std::uniform_int_distribution<int>(a, b)(rng); }
static double real(double a, double b) { return std::uniform_real_distribution<double>(a, b)(rng); }
static bool coin(double p) { return real(0, 1) < p; }

static double odd() {   // what no sane matrix holds
  const double all[] = {0, -0.0, 1, -1, NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e-300, 1e9, -1e9, 3e38, 2147483648.0, -2147483649.0, 16777216.5};
  return all[whole(0, 15)];
}
static int side() { return coin(0.3) ? whole(1, 3) : coin(0.8) ? whole(1, 90) : whole(500, 700); }

static void matrix(std::vector<double>& out) {
  double scale = std::pow(10, real(-4, 4)), turn = real(-4, 4);
  double m[9] = {scale * std::cos(turn), -scale * std::sin(turn), real(-200, 200), scale * std::sin(turn), scale * std::cos(turn), real(-200, 200), 0, 0, 1};
  if (coin(0.4)) { m[6] = real(-0.05, 0.05); m[7] = real(-0.05, 0.05); m[8] = real(-1, 2); }
  if (coin(0.2)) for (int k = 0; k < 6; k++) m[k] = 0;
  if (coin(0.3)) for (int k = whole(1, 4); k; k--) m[whole(0, 8)] = odd();
  out.insert(out.end(), m, m + 9);
}

static void walk(std::vector<double>& p, int height, int width, int channels, int fields) {
  int legs = whole(1, 4);
  p.insert(p.end(), {WALK, (double)whole(0, 4), (double)whole(0, 1), (double)whole(0, 1), (double)legs});
  for (int k = legs; k; k--) {
    matrix(p);
    p.insert(p.end(), {(double)(k == 1 ? width : side()), (double)(k == 1 ? height : side()), (double)whole(0, 15)});
    p.push_back(fields && p[2] ? whole(-1, fields - 1) : -1);
    p.push_back(whole(0, 1));
    for (int c = 0; c < channels; c++) p.push_back(coin(0.1) ? odd() : real(0, 1));
  }
}

struct Memory {   // a source, mirrored and transposed at times, whose first and last byte are those of a block
  std::vector<uint8_t> bytes; int64_t data, sy, sx, sc;
  Memory(int h, int w, int c, int size) {
    int wide = coin(0.2) && c == 3 ? 4 : c;   // three of four
    long n = ((long)(h * w - 1) * wide + c) * size;
    int form = whole(0, 2);
    if (form == 2) n = (long)h * w * c * size;
    bytes.resize(n); bytes.shrink_to_fit();
    if (size == 4) for (long i = 0; i + 4 <= n; i += 4) { float x = coin(0.001) ? (float)odd() : (float)real(0, 1); memcpy(&bytes[i], &x, 4); }
    else for (auto& b : bytes) b = rng();
    long first = 0;
    if (form == 2) { sy = w; sx = 1; sc = (long)h * w; }
    else { sy = (long)w * wide; sx = wide; sc = 1; }
    if (form == 1) {
      if (coin(0.5)) { first += (h - 1) * sy; sy = -sy; }
      if (coin(0.5)) { first += (w - 1) * sx; sx = -sx; }
    }
    data = (int64_t)(bytes.data() + first * size);
  }
};

struct Along {   // how rows and columns are read, at times outside
  std::vector<int32_t> first_y, first_x; std::vector<float> weights_y, weights_x; Axes axes;
  static void axis(int extent, int size, int taps, bool slip, std::vector<int32_t>& first, std::vector<float>& weights) {
    first.resize(size); first.shrink_to_fit();
    for (int i = 0; i < size; i++) first[i] = (int)((long)i * (extent - taps) / size) + (slip && coin(0.1) ? whole(-2, 5) : 0);
    if (coin(0.3)) std::reverse(first.begin(), first.end());
    weights.assign((long)size * taps, 1.f / taps);
  }
  Along(int h, int w, int rows, int columns) {
    int ty = whole(1, h < 9 ? h : 9), tx = whole(1, w < 9 ? w : 9), top = coin(0.5) ? 0 : whole(0, 9), left = coin(0.5) ? 0 : whole(0, 9);
    bool slip = coin(0.05);
    axis(h, top + rows, ty, slip, first_y, weights_y);
    axis(w, left + columns, tx, slip, first_x, weights_x);
    axes = {(int64_t)first_y.data(), (int64_t)weights_y.data(), ty, (int64_t)first_x.data(), (int64_t)weights_x.data(), tx, top, left, whole(0, 1)};
  }
};

static int one_run() {
  int h = side(), w = side(), c = whole(1, MOST), kind = whole(0, 1);
  Memory source(h, w, c, kind ? 4 : 1);
  bool copied = coin(0.2), read_along = !copied && coin(0.4);
  int rows = copied ? h : side(), columns = copied ? w : side();
  if (!copied && coin(0.3)) rows = whole(1, 4);
  int layout = whole(0, 3);
  if (c == 3 && coin(0.2)) layout = FOURS;
  long size = layout == BYTES || layout == BYTE_PLANES ? 1 : 4;
  std::vector<uint8_t> out((long)rows * columns * (layout == FOURS ? 4 : c) * size);
  std::vector<float> tables(512);
  for (auto& x : tables) x = (float)real(0, 1);
  int fh = coin(0.5) ? rows : side(), fw = coin(0.5) ? columns : side();
  std::vector<float> field(2L * fh * fw);
  for (auto& x : field) x = coin(0.01) ? (float)odd() : (float)real(-9, 9);
  Field fields[1] = {{(int64_t)field.data(), fh, fw}};
  std::vector<double> p;
  Along along(h, w, rows, columns);
  if (copied) p.push_back(COPY); else if (read_along) p.push_back(ALONG); else walk(p, h, w, c, 1);
  for (int k = whole(0, 5); k; k--) switch (whole(LINEAR, MIX)) {
    case LINEAR: p.insert(p.end(), {LINEAR, real(-2, 2), real(-1, 1), coin(0.1) ? odd() : real(-1, 1), real(-1, 1), (double)whole(0, 2)}); break;
    case MIX: { int n = whole(1, c); p.insert(p.end(), {MIX, (double)n}); for (int i = 0; i < n * (n + 1); i++) p.push_back(coin(0.02) ? odd() : real(-1, 1)); break; }
    case POWER: p.insert(p.end(), {POWER, coin(0.2) ? odd() : real(0, 5)}); break;
    case HUE: p.insert(p.end(), {HUE, coin(0.2) ? odd() : real(-2, 2)}); break;
    case TABLE: p.insert(p.end(), {TABLE, (double)whole(0, 1)}); break;
    case ROUND: p.push_back(ROUND); break;
    case TAIL: p.push_back(TAIL); for (int i = 0; i < 2 * c; i++) p.push_back(real(-5, 5)); break;
    case ERASE: { int n = whole(0, 3); p.push_back(ERASE); p.push_back(n); for (int i = 0; i < c; i++) p.push_back(real(0, 1));
      for (int i = 0; i < 4 * n; i++) p.push_back(coin(0.1) ? whole(-2000000000, 2000000000) : whole(-20, 700)); break; }
    case SELECT: { int n = whole(0, c); p.push_back(SELECT); p.push_back(n); for (int i = 0; i < n; i++) p.push_back(whole(0, c - 1)); break; }
    case CONVOLVE: { int y = 2 * whole(0, coin(0.8) ? 4 : MOST_TAPS / 2) + 1, x = 2 * whole(0, coin(0.8) ? 4 : MOST_TAPS / 2) + 1;
      p.insert(p.end(), {CONVOLVE, (double)y, (double)x}); for (int i = 0; i < y + x; i++) p.push_back(coin(0.01) ? odd() : real(-1, 1)); break; }
  }
  p.push_back(END);
  if (coin(0.1)) p[whole(0, (int)p.size() - 1)] = odd();      // of these most are refused
  if (coin(0.05)) p.resize(whole(0, (int)p.size()));
  p.shrink_to_fit();
  int64_t job[] = {source.data, source.sy, source.sx, source.sc, h, w, c, kind, (int64_t)out.data(), rows, columns, layout, BLOCK * whole(1, 8),
                   (int64_t)tables.data(), (int64_t)fields, 1, 2, read_along || coin(0.1) ? (int64_t)&along.axes : 0};
  if (coin(0.03)) job[whole(4, 7)] = whole(-3, 3) * 1000000007LL;
  return augment_run(job, p.data(), p.size()) == DONE;
}

static int one_pick() {
  const int sizes[] = {1, 2, 3, 4, 8, 12, 24, 7};
  int h = side(), w = side(), rows = side(), columns = side(), size = sizes[whole(0, 7)];
  std::vector<uint8_t> source((long)h * w * size), out((long)rows * columns * size), colours(4L * size);
  std::vector<float> field(2L * rows * columns, 3.f);
  Field fields[1] = {{(int64_t)field.data(), rows, columns}};
  std::vector<double> p;
  walk(p, h, w, 0, 1);
  if (coin(0.1)) p[whole(0, (int)p.size() - 1)] = odd();
  p.shrink_to_fit();
  int64_t job[] = {(int64_t)source.data(), (long)w * size, size, 1, h, w, size, 0, (int64_t)out.data(), rows, columns, 0, 0, (int64_t)colours.data(), (int64_t)fields, 1, 0, 0};
  return augment_pick(job, p.data(), p.size()) == DONE;
}

static int one_axis() {
  int extent = side(), size = side(), taps = coin(0.05) ? whole(-1, 5) : 2 * whole(1, 2), count = extent < taps ? extent : taps;
  std::vector<int32_t> first(size);
  std::vector<float> weights((long)size * (count > 0 ? count : 1));
  const double way[] = {coin(0.1) ? odd() : real(-9, 9), coin(0.1) ? odd() : real(-200, 200), -0.75};
  int64_t job[] = {extent, size, taps, (int64_t)first.data(), (int64_t)weights.data()};
  if (augment_axis(job, way) != DONE) return 0;
  for (int32_t at : first) if (at < 0 || at + count > extent) abort();   // which a resize would refuse
  return 1;
}

static int one_way() {
  int legs = coin(0.05) ? whole(-1, 0) : whole(1, 6), channels = coin(0.05) ? whole(-1, MOST + 1) : whole(0, MOST);
  const int walks = coin(0.05) ? whole(-1, 0) : whole(1, 4);
  std::vector<double> p;
  for (int k = 0; k < walks * legs; k++) {
    matrix(p);
    for (int n = 0; n < 4; n++) p.push_back(coin(0.02) ? odd() : side());
    p.insert(p.end(), {coin(0.02) ? odd() : coin(0.5) ? 0. : (double)whole(0, 15), (double)coin(0.5), (double)coin(0.1)});
    for (int c = 0; c < MOST; c++) p.push_back(coin(0.05) ? odd() : real(0, 1));
  }
  p.shrink_to_fit();
  const int count = legs > 0 ? legs : 1, length = LEG + (channels > 0 ? channels : 0);
  const long room = WAY_HEAD + count + WALK_HEAD + (long)count * length;
  std::vector<double> out(room * (walks > 0 ? walks : 1));
  int64_t job[] = {walks, legs, whole(CONSTANT, WRAP), side(), side(), channels, (int64_t)out.data()};
  if (coin(0.05)) job[whole(2, 4)] = whole(-3, 0) * 1000000007LL;
  if (augment_way(p.data(), job) != DONE) return 0;
  for (const double* own = out.data(); own < out.data() + out.size(); own += room) {
    const double kept = own[WAY_HEAD + count + 4];
    if (!(kept >= 1 && kept <= legs && own[WAY_HEAD + (int)kept - 1] == 0)) abort();   // the source is the last of them
  }
  return 1;
}

static int one_adapt() {
  int h = side(), w = side(), channels = coin(0.05) ? whole(-1, 5) : coin(0.5) ? 1 : 3, count = channels > 0 ? channels : 1;
  std::vector<uint8_t> source((long)h * w * count);
  for (uint8_t& level : source) level = (uint8_t)whole(0, 255);
  std::vector<float> out(source.size());
  const double limit = coin(0.1) ? odd() : real(1, 40);
  int64_t job[] = {(int64_t)source.data(), h, w, channels, whole(1, 32), whole(1, 32), (int64_t)out.data()};
  if (coin(0.05)) job[whole(1, 5)] = whole(-3, 0) * 1000000007LL;
  if (augment_adapt(job, &limit) != DONE) return 0;
  for (float value : out) if (!(value >= 0 && value <= 1)) abort();
  return 1;
}

static int one_noise() {
  std::vector<float> out(coin(0.5) ? whole(0, 40) : whole(0, 9000));
  const bool normal = coin(0.5);
  int64_t job[] = {(int64_t)rng(), (int64_t)rng(), whole(0, 3), normal, (int64_t)out.data(), coin(0.03) ? -1 : (int64_t)out.size()};
  if (augment_noise(job) != DONE) return 0;
  for (float value : out) if (!(normal ? std::fabs(value) < 9 : value >= 0 && value < 1)) abort();
  return 1;
}

int main(int argc, char** argv) {
  int count = argc > 1 ? atoi(argv[1]) : 1000;
  for (int v = 0; const char* name = augment_variant(v); v++) {
    augment_choose(name);
    rng.seed(7);
    int done[6] = {0, 0, 0, 0, 0, 0};
    for (int k = 0; k < count; k++) {
      done[0] += one_run(); done[1] += one_pick(); done[2] += one_axis(); done[3] += one_adapt(); done[4] += one_noise(); done[5] += one_way();
    }
    printf("%s %d %d %d %d %d %d\n", name, done[0], done[1], done[2], done[3], done[4], done[5]);
  }
}
