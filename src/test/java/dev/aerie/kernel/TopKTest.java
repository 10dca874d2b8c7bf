package dev.aerie.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TopKTest {
  @Test
  void keepsTheNearestInOrder() {
    var random = new SplittableRandom(5);
    var best = new TopK();
    for (int k : new int[] {1, 2, 7, 100, 1000}) {
      best.reset(k);
      var distances = new float[500];
      for (int i = 0; i < distances.length; i++) {
        distances[i] = (float) random.nextGaussian();
        best.offer(i, distances[i]);
      }
      best.sort();
      var sorted = distances.clone();
      Arrays.sort(sorted);
      assertEquals(Math.min(k, distances.length), best.size());
      for (int i = 0; i < best.size(); i++) {
        assertEquals(sorted[i], best.distance(i));
        assertEquals(sorted[i], distances[best.number(i)]);
      }
    }
  }

  @Test
  void neverTakesWhatIsNotANumber() {
    var best = new TopK().reset(2);
    best.offer(1, Float.NaN);
    assertEquals(0, best.size());
  }

  @Test
  void refusesToKeepNothing() {
    assertThrows(IllegalArgumentException.class, () -> new TopK().reset(0));
  }
}
