/* SHA-512 and expand_message_xmd, one message at a time: a tenth of what the curve costs. */
#include "sha512.h"

#include <string.h>

static const uint64_t initial[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

static const uint64_t round_constant[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

static uint64_t rotated(uint64_t word, int by) { return word >> by | word << (64 - by); }

static void compress(uint64_t state[8], const uint8_t block[128]) {
  uint64_t w[80], s[8];
  for (int t = 0; t < 16; t++) {
    memcpy(&w[t], block + 8 * t, 8);
    w[t] = __builtin_bswap64(w[t]);
  }
  for (int t = 16; t < 80; t++) {
    const uint64_t early = w[t - 15], late = w[t - 2];
    w[t] = w[t - 16] + w[t - 7] + (rotated(early, 1) ^ rotated(early, 8) ^ early >> 7) +
           (rotated(late, 19) ^ rotated(late, 61) ^ late >> 6);
  }
  memcpy(s, state, sizeof s);
#pragma GCC unroll 8
  for (int t = 0; t < 80; t++) {
    const uint64_t a = s[0], e = s[4];
    const uint64_t one = s[7] + (rotated(e, 14) ^ rotated(e, 18) ^ rotated(e, 41)) + ((e & s[5]) ^ (~e & s[6])) +
                         round_constant[t] + w[t];
    const uint64_t two = (rotated(a, 28) ^ rotated(a, 34) ^ rotated(a, 39)) + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
    s[7] = s[6];
    s[6] = s[5];
    s[5] = e;
    s[4] = s[3] + one;
    s[3] = s[2];
    s[2] = s[1];
    s[1] = a;
    s[0] = one + two;
  }
  for (int i = 0; i < 8; i++) state[i] += s[i];
  wipe(w, sizeof w);
}

/* Pads `length` bytes in `text`, which has room, after `before` bytes that are in the state already. */
static void finish(uint64_t state[8], uint8_t *text, size_t length, size_t before) {
  const size_t whole = (length + 17 + 127) / 128 * 128;
  const uint64_t bits = __builtin_bswap64(8 * (uint64_t)(before + length));
  memset(text + length, 0, whole - length);
  text[length] = 0x80;
  memcpy(text + whole - 8, &bits, 8);
  for (size_t at = 0; at < whole; at += 128) compress(state, text + at);
}

/* 48 bytes, the first the highest, as a number below 2^256 that is the same modulo p: 2^256 = 38. */
static void store_number(uint8_t out[32], const uint64_t high_first[6]) {
  uint64_t word[4];
  unsigned __int128 sum = 0;
  for (int i = 0; i < 4; i++) {
    const uint64_t above = i < 2 ? high_first[1 - i] : 0;
    sum += (unsigned __int128)38 * above + high_first[5 - i];
    word[i] = (uint64_t)sum;
    sum >>= 64;
  }
  /* What is left is 0 or 1, and then the words are below 2^134. */
  word[0] += 38 * (uint64_t)sum;
  memcpy(out, word, 32);
  wipe(word, sizeof word);
}

void field_numbers(uint8_t *out, packed_messages messages, size_t count, domain_tag tag) {
  static const uint8_t zeros[128];
  uint64_t padded[8], state[8];
  uint8_t text[LONGEST_MESSAGE + 3 + LONGEST_TAG + 1 + 17 + 127], first[64];
  memcpy(padded, initial, sizeof padded);
  compress(padded, zeros);
  for (size_t i = 0; i < count; i++) {
    const size_t from = i == 0 ? 0 : messages.ends[i - 1], length = messages.ends[i] - from;
    /* Message, 48 as two bytes, 0, the tag and its length; then the first digest, 1, the tag and its length. */
    uint8_t *tail = text + length;
    memcpy(text, messages.bytes + from, length);
    memcpy(tail, "\0\60\0", 3);
    memcpy(tail + 3, tag.bytes, tag.length);
    tail[3 + tag.length] = (uint8_t)tag.length;
    memcpy(state, padded, sizeof state);
    finish(state, text, length + 3 + tag.length + 1, 128);
    for (int word = 0; word < 8; word++) {
      const uint64_t big = __builtin_bswap64(state[word]);
      memcpy(first + 8 * word, &big, 8);
    }
    memcpy(text, first, 64);
    text[64] = 1;
    memcpy(text + 65, tag.bytes, tag.length);
    text[65 + tag.length] = (uint8_t)tag.length;
    memcpy(state, initial, sizeof state);
    finish(state, text, 65 + tag.length + 1, 0);
    store_number(out + 32 * i, state);
  }
  wipe(text, sizeof text);
  wipe(first, sizeof first);
  wipe(state, sizeof state);
}
