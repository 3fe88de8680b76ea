package dev.decant.trace;

/**
 * Estimates the number of different values in a stream of hashes (Flajolet and others, HyperLogLog,
 * 2007), with an error of about 3 %. One thread uses an instance.
 */
final class Distinct {
  private static final int INDEX_BITS = 10;
  private static final int REGISTERS = 1 << INDEX_BITS;

  private final byte[] registers = new byte[REGISTERS];

  void add(long hash) {
    int index = (int) (hash >>> (Long.SIZE - INDEX_BITS));
    byte rank = (byte) (Long.numberOfLeadingZeros(hash << INDEX_BITS | 1) + 1);
    if (rank > registers[index]) {
      registers[index] = rank;
    }
  }

  void add(Distinct other) {
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  long estimate() {
    double sum = 0;
    int empty = 0;
    for (byte register : registers) {
      sum += Math.scalb(1.0, -register);
      empty += register == 0 ? 1 : 0;
    }
    double raw = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS / sum;
    return Math.round(
        raw <= 2.5 * REGISTERS && empty > 0
            ? REGISTERS * Math.log((double) REGISTERS / empty)
            : raw);
  }
}
