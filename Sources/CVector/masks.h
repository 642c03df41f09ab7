// Compares 64 bytes at once; what Swift's own SIMD types cannot say without a loop over lanes.
#ifndef TIEOUT_CVECTOR_MASKS_H
#define TIEOUT_CVECTOR_MASKS_H

#include <stdint.h>

// Which of 64 bytes are what: bit i is byte i.
struct tieout_byte_masks {
  uint64_t delimiter;
  uint64_t line_feed;
  uint64_t carriage_return;
  uint64_t blank;
  // Quotes, other control characters, bytes of 127 and above: a record that has one is read
  // byte by byte.
  uint64_t odd;
};

#if defined(__AVX2__)
#include <immintrin.h>

static inline __attribute__((always_inline)) uint64_t tieout_bits(__m256i low, __m256i high) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(low)
    | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

static inline __attribute__((always_inline)) uint64_t
tieout_equal(__m256i low, __m256i high, uint8_t byte) {
  __m256i all = _mm256_set1_epi8((char)byte);
  return tieout_bits(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
}

static inline __attribute__((always_inline)) struct tieout_byte_masks
tieout_masks(const uint8_t *bytes, uint8_t delimiter) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  __m256i blank = _mm256_set1_epi8(' ');
  __m256i quote = _mm256_set1_epi8('"');
  __m256i delete = _mm256_set1_epi8(127);
  struct tieout_byte_masks masks;
  masks.delimiter = tieout_equal(low, high, delimiter);
  masks.line_feed = tieout_equal(low, high, '\n');
  masks.carriage_return = tieout_equal(low, high, '\r');
  masks.blank = tieout_equal(low, high, ' ');
  // Signed: bytes of 128 and above are below a blank too.
  __m256i odd_low = _mm256_or_si256(
    _mm256_cmpgt_epi8(blank, low),
    _mm256_or_si256(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(low, delete)));
  __m256i odd_high = _mm256_or_si256(
    _mm256_cmpgt_epi8(blank, high),
    _mm256_or_si256(_mm256_cmpeq_epi8(high, quote), _mm256_cmpeq_epi8(high, delete)));
  masks.odd = tieout_bits(odd_low, odd_high)
    & ~(masks.delimiter | masks.line_feed | masks.carriage_return);
  return masks;
}

#elif defined(__SSE2__)
#include <emmintrin.h>

static inline __attribute__((always_inline)) uint64_t tieout_bits(const __m128i *lanes) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(lanes[0])
    | (uint64_t)(uint32_t)_mm_movemask_epi8(lanes[1]) << 16
    | (uint64_t)(uint32_t)_mm_movemask_epi8(lanes[2]) << 32
    | (uint64_t)(uint32_t)_mm_movemask_epi8(lanes[3]) << 48;
}

static inline __attribute__((always_inline)) struct tieout_byte_masks
tieout_masks(const uint8_t *bytes, uint8_t delimiter) {
  __m128i d[4], f[4], r[4], b[4], o[4];
  for (int i = 0; i < 4; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    d[i] = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)delimiter));
    f[i] = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
    r[i] = _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'));
    b[i] = _mm_cmpeq_epi8(v, _mm_set1_epi8(' '));
    // Signed: bytes of 128 and above are below a blank too.
    __m128i low = _mm_cmplt_epi8(v, _mm_set1_epi8(' '));
    __m128i text = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                _mm_cmpeq_epi8(v, _mm_set1_epi8(127)));
    o[i] = _mm_andnot_si128(_mm_or_si128(d[i], _mm_or_si128(f[i], r[i])), _mm_or_si128(low, text));
  }
  struct tieout_byte_masks masks = {
    tieout_bits(d), tieout_bits(f), tieout_bits(r), tieout_bits(b), tieout_bits(o)};
  return masks;
}

#else

static inline struct tieout_byte_masks tieout_masks(const uint8_t *bytes, uint8_t delimiter) {
  struct tieout_byte_masks masks = {0, 0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint64_t bit = (uint64_t)1 << i;
    uint8_t byte = bytes[i];
    if (byte == delimiter) masks.delimiter |= bit;
    else if (byte == '\n') masks.line_feed |= bit;
    else if (byte == '\r') masks.carriage_return |= bit;
    else if (byte == ' ') masks.blank |= bit;
    else if (byte < ' ' || byte == '"' || byte >= 127) masks.odd |= bit;
  }
  return masks;
}

#endif

#endif
