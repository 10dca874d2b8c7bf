package dev.aerie.service.load;

import dev.aerie.engine.Metric;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Collects what [VectorQuality] tells.
final class VectorStats {
  private static final int REMEMBERED = 200_000;
  private static final double UNIT_TOLERANCE = 1e-3;

  private final int dimension;
  private final Map<Long, Integer> seen = new HashMap<>();
  private long vectors;
  private long wrongLength;
  private long notFinite;
  private long zero;
  private long duplicates;
  private long unit;
  private double minNorm = Double.MAX_VALUE;
  private double sumNorm;
  private double maxNorm;
  private boolean whole = true;

  VectorStats(int dimension) {
    this.dimension = dimension;
  }

  void add(float[] vector) {
    if (vector.length != dimension) {
      wrongLength++;
      return;
    }
    vectors++;
    double square = 0;
    for (float component : vector) {
      if (!Float.isFinite(component)) {
        notFinite++;
        return;
      }
      square += (double) component * component;
      whole = whole && component == Math.rint(component);
    }
    double norm = Math.sqrt(square);
    minNorm = Math.min(minNorm, norm);
    maxNorm = Math.max(maxNorm, norm);
    sumNorm += norm;
    zero += norm == 0 ? 1 : 0;
    unit += Math.abs(norm - 1) < UNIT_TOLERANCE ? 1 : 0;
    if (norm > 0) {
      remember(vector);
    }
  }

  void addUnreadable() {
    wrongLength++;
  }

  private void remember(float[] vector) {
    long hash = 1125899906842597L;
    for (float component : vector) {
      hash = hash * 0x9E3779B97F4A7C15L + Float.floatToIntBits(component);
    }
    int check = Arrays.hashCode(vector);
    var before = seen.get(hash);
    if (before != null && before == check) {
      duplicates++;
    } else if (seen.size() < REMEMBERED) {
      seen.put(hash, check);
    }
  }

  VectorQuality quality() {
    long finite = vectors - notFinite;
    double unitShare = finite == 0 ? 0 : (double) unit / finite;
    var metric = unitShare < 0.99 && whole && finite > 0 ? Metric.L2 : Metric.COSINE;
    return new VectorQuality(
        vectors,
        wrongLength,
        notFinite,
        zero,
        duplicates,
        finite == 0 ? 0 : minNorm,
        finite == 0 ? 0 : sumNorm / finite,
        maxNorm,
        unitShare,
        metric,
        reason(unitShare, finite));
  }

  private String reason(double unitShare, long finite) {
    if (finite == 0) {
      return "COSINE, the usual one: no vector could be looked at";
    }
    if (unitShare >= 0.99) {
      return "COSINE: %.1f %% of the vectors have length 1, so COSINE, IP and L2 rank alike"
          .formatted(100 * unitShare);
    }
    if (whole) {
      return "L2: all components are whole numbers, as counts and descriptors have them";
    }
    return "COSINE: lengths run from %.3g to %.3g; COSINE looks at directions alone. Choose IP if a"
            .formatted(minNorm, maxNorm)
        + " longer vector is to weigh more";
  }
}
